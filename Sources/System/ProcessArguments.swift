/// What a process was started with, as C's `main` is given it.
///
/// Swift's own `CommandLine` reads `/proc/self/cmdline` on Linux: where that is missing, as in chroots
/// and build sandboxes, it has no arguments, and says nothing of it.
package struct ProcessArguments {
  /// Without the name of the program.
  package let texts: [String]
  /// Which one is no UTF-8 text, counted from 1; nil for none. Swift repairs such a one, and another
  /// file would be measured than was typed.
  package let broken: Int?

  /// The type of `argv`.
  package typealias Pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// - Parameters:
  ///   - count: Of the pointers, the name of the program among them.
  ///   - pointers: Each to a null-terminated text.
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
