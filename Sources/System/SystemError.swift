#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The number of a system error, with the system's message for it: `no such file or directory`.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  package let number: Int32

  package init(_ number: Int32) {
    self.number = number
  }

  package var description: String {
    // SAFETY: strerror answers with a null-terminated text for any number, copied at once.
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    let words = unsafe String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  package static let noFile = SystemError(ENOENT)
  static let tooLong = SystemError(E2BIG)
  static let brokenPipe = SystemError(EPIPE)
  static let timedOut = SystemError(ETIMEDOUT)
  static let exists = SystemError(EEXIST)
  static let isNoFolder = SystemError(ENOTDIR)
  /// A part of the bytes found no room.
  package static let fileTooLarge = SystemError(EFBIG)
  static let notRegular = SystemError(EINVAL)
  package static let isFolder = SystemError(EISDIR)
  /// The file is executable, but the system does not know its format.
  package static let noFormat = SystemError(ENOEXEC)
}
