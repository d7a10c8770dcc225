/// The arguments that a process was started with, as C's `main` gets them.
///
/// Swift's own `CommandLine` reads `/proc/self/cmdline` on Linux. If that file is missing, as in
/// chroots and build sandboxes, it has no arguments and reports no error.
package struct ProcessArguments {
  /// The arguments, without the name of the program.
  package let texts: [String]
  /// The number of the first argument that is no UTF-8 text, counted from 1; nil if there is none.
  /// Swift repairs such an argument, so another file than the typed one would be measured.
  package let broken: Int?

  /// The type of `argv`.
  package typealias Pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Copies the arguments.
  ///
  /// - Parameters:
  ///   - count: The number of pointers, including the name of the program.
  ///   - pointers: The pointers, each to a null-terminated text.
  @unsafe
  package init(count: Int32, _ pointers: Pointers) {
    var texts: [String] = []
    var broken: Int?
    for index in 1..<max(1, Int(count)) {
      // SAFETY: there are as many arguments as the count says, all of them null-terminated.
      guard let argument = unsafe pointers[index] else { break }
      let text = unsafe String(validatingCString: argument)
      if text == nil && broken == nil { broken = index }
      unsafe texts.append(text ?? String(cString: argument))
    }
    self.texts = texts
    self.broken = broken
  }
}
