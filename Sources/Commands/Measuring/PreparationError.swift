import CommandLine

/// A failure of `prepare`. The base of a pair may then be prepared in another way, or left out.
struct PreparationError: Error {
  let diagnostic: Diagnostic
}
