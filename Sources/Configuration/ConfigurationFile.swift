import CommandLine
import Formats
import Git

/// `.perfconfig` of a tree or of the work tree, as it was written: its keys mean nothing yet.
package struct ConfigurationFile: Sendable {
  package let settings: [Setting]
  /// Whether there is one; an empty one is one.
  package let isPresent: Bool

  private init(settings: [Setting], isPresent: Bool) {
    self.settings = settings
    self.isPresent = isPresent
  }

  package static let absent = ConfigurationFile(settings: [], isPresent: false)
  /// One that is there and says nothing that anybody can read.
  package static let unreadable = ConfigurationFile(settings: [], isPresent: true)

  /// - Parameter name: As messages call it.
  /// - Throws: ``Diagnostic`` for what git itself would refuse, and for what names other files.
  package init(_ bytes: [UInt8], name: String) throws {
    let lines: [ConfigurationText.Line]
    do {
      lines = try ConfigurationText(bytes).lines
    } catch {
      let isNull = bytes.contains(0)
      throw Diagnostic(
        .usage,
        "bad line \(error.number) in \(name)"
          + (isNull ? ": it has null bytes, as a crash of the machine leaves them" : ""),
        hint: "it is written like `.gitconfig`, in sections with `key = value`: "
          + "`git config -f .perfconfig -l` reads it")
    }
    if let line = lines.first(where: { ["include", "includeif"].contains($0.entry.section) }) {
      throw Diagnostic(
        .usage, "an include in \(name):\(line.number): other files are not read",
        hint:
          "write what it says into \(ProjectConfiguration.fileName), or into git config under `perf.`"
      )
    }
    self.init(settings: lines.map { Setting($0, in: name) }, isPresent: true)
  }

  /// Most bytes that a file may have which a person writes.
  static let most = 16_000_000
}
