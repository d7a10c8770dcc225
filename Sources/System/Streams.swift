/// The files that a launched program prints into. They have no name and disappear with this object.
final class Streams: Sendable {
  let output: Descriptor
  let messages: Descriptor

  init(output: consuming Descriptor, messages: consuming Descriptor) {
    self.output = output
    self.messages = messages
  }

  /// The number of bytes in the longer of the two files so far.
  var written: Int { max(output.size, messages.size) }
}
