/// A mistake in a configuration, found in its text, its keys or their values.
///
/// If it is in the file of an earlier commit, the rules of that commit do not count.
package struct ConfigurationError: Error {
  package let message: String
  package let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
