/// The files that a launched program prints into: without a name, and gone with this object.
final class Streams: Sendable {
  let output: Descriptor
  let messages: Descriptor

  init(output: consuming Descriptor, messages: consuming Descriptor) {
    self.output = output
    self.messages = messages
  }

  /// How many bytes they hold so far, the longer one of them.
  var written: Int { max(output.size, messages.size) }
}
