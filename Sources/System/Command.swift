/// A program and its arguments, as typed; no shell interprets them.
package struct Command: Hashable, Sendable {
  package let program: String
  package let arguments: [String]

  package init(_ program: String, _ arguments: [String] = []) {
    self.program = program
    self.arguments = arguments
  }
}

extension Command: CustomStringConvertible {
  /// The words in the quotation that a POSIX shell needs, for display and for copying.
  package var description: String {
    ([program] + arguments).map(Self.quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let plain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
    if plain { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }

  /// True if a shell never treats the byte as special.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "@%+=:,./-_".utf8.contains(byte)
    }
  }
}

/// The directory and the environment in which a command runs.
package struct Surroundings: Hashable, Sendable {
  package let directory: String
  /// All variables that the program sees; its `PATH` is also searched for the program.
  package let environment: [String: String]

  package init(directory: String, environment: [String: String]) {
    self.directory = directory
    self.environment = environment
  }

  /// The variables in the form that a program gets them; sorted, so that every launch finds them in
  /// the same order.
  var variables: [String] {
    environment.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// The folder for temporary files, such as output until it is read. The path is absolute, because
  /// a program may run in another directory.
  package var temporaryDirectory: String {
    guard let folder = environment["TMPDIR"], !folder.isEmpty else { return "/tmp" }
    return folder.hasPrefix("/") ? folder : "\(Platform.currentDirectory ?? "")/\(folder)"
  }
}
