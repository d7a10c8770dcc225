/// A program and its arguments, as typed; no shell ever sees them.
package struct Command: Hashable, Sendable {
  package let program: String
  package let arguments: [String]

  package init(_ program: String, _ arguments: [String] = []) {
    self.program = program
    self.arguments = arguments
  }
}

extension Command: CustomStringConvertible {
  /// The words as a POSIX shell would need them typed, for display and for copying.
  package var description: String {
    ([program] + arguments).map(Self.quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let plain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
    if plain { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }

  /// Whether a shell takes the byte for itself wherever it stands.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "@%+=:,./-_".utf8.contains(byte)
    }
  }
}

/// Where a command runs.
package struct Surroundings: Hashable, Sendable {
  package let directory: String
  /// All variables that the program sees; its `PATH` is searched for the program too.
  package let environment: [String: String]

  package init(directory: String, environment: [String: String]) {
    self.directory = directory
    self.environment = environment
  }

  /// As a program is given them; sorted, so that every launch finds the same in the same place.
  var variables: [String] {
    environment.map { "\($0.key)=\($0.value)" }.sorted()
  }

  /// Where things are for the time being, such as output until it is read: an absolute path, as a program
  /// may run elsewhere.
  package var temporaryDirectory: String {
    guard let folder = environment["TMPDIR"], !folder.isEmpty else { return "/tmp" }
    return folder.hasPrefix("/") ? folder : "\(Platform.currentDirectory ?? "")/\(folder)"
  }
}
