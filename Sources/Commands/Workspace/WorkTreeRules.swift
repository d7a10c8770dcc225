import CommandLine
import Configuration
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The `.perfconfig` of the work tree while sections are written into it, for review in a commit.
struct WorkTreeRules {
  private let workspace: Workspace
  private let path: String
  /// The bytes of the file; nil if there is none.
  private let old: Data?
  /// The text of the file; empty if there is none.
  let text: String
  /// Held from reading to writing, so that two that write at once lose nothing.
  private let lock: FileLock?

  /// - Parameter what: What is to be written, for messages: `the waiver`.
  init(of workspace: Workspace, for what: String) throws {
    self.workspace = workspace
    guard let top = workspace.repository.workTree else {
      throw Diagnostic(
        .usage, "a bare repository has no \(ProjectConfiguration.fileName)",
        hint: "accept it in a clone with a work tree")
    }
    path = "\(top)/\(ProjectConfiguration.fileName)"
    guard OutputFile.target(of: path).hasPrefix(OutputFile.target(of: top) + "/") else {
      throw Diagnostic(
        .usage, "\(ProjectConfiguration.fileName) is a link out of the work tree",
        hint: "put a file in its place, which others can review")
    }
    let folder = "\(workspace.repository.commonDirectory)/perf"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    lock = try? FileLock("\(folder)/rules.lock")
    guard (try? lock?.seize()) != false else {
      throw Diagnostic(
        .failure, "another process is writing \(ProjectConfiguration.fileName)",
        hint: "run it again")
    }
    try OutputFile.check(path, typed: ProjectConfiguration.fileName)
    old = FileManager.default.contents(atPath: path)
    guard let text = String(validating: old ?? Data(), as: UTF8.self) else {
      throw Diagnostic(
        .usage, "\(ProjectConfiguration.fileName) is not UTF-8",
        hint: "write \(what) into it by hand")
    }
    self.text = text
  }

  /// Writes another text. If it does not read as it should, the file is restored.
  ///
  /// - Parameters:
  ///   - section: The kind of sections that differ: all settings of others must stay as they are.
  ///   - isAsMeant: Returns true if the configuration says what was meant.
  func write(
    _ text: String, changing section: String, isAsMeant: (ProjectConfiguration) throws -> Bool
  ) throws {
    let before = try ConfigurationFile(
      Array(self.text.utf8), name: ProjectConfiguration.fileName
    ).settings
    try OutputFile.write(text, to: path)
    do {
      let settings = try workspace.files.fileHere().settings
      let rules = try ProjectConfiguration.saying(settings + workspace.gitSettings)
      guard try isAsMeant(rules),
        settings.filter({ $0.section != section }).map(\.said)
          == before.filter({ $0.section != section }).map(\.said)
      else {
        throw Diagnostic(
          .usage, "\(ProjectConfiguration.fileName) cannot be added to: its last line goes on",
          hint: "end it first; a backslash at the end of a line belongs to the next one too")
      }
    } catch {
      if old == nil { OutputFile.remove(path) } else { try OutputFile.write(self.text, to: path) }
      throw error
    }
  }
}

extension String {
  /// The text with another one behind it, on a line of its own.
  func followed(by section: String) -> String {
    let isWhole = section.isEmpty || isEmpty || last?.isNewline == true
    return self + (isWhole ? "" : "\n") + section
  }

  /// The text in quotation marks, escaped as in git's configuration.
  ///
  /// - Parameters:
  ///   - what: The thing it is, for messages: `the reason`.
  ///   - isTitle: True for the name in a heading, which cannot hold a line break.
  func quotedForConfiguration(_ what: String, isTitle: Bool = false) throws(UsageError) -> String {
    let escapes: [Character: String] =
      isTitle
      ? ["\"": "\\\"", "\\": "\\\\"]
      : ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    let escaped = map { escapes[$0] ?? String($0) }.joined()
    // No text can hold another control character.
    guard escaped.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw UsageError(
        "\(what) has control characters, which a configuration file cannot hold",
        hint: isTitle ? "write `?` in their place" : nil)
    }
    return "\"\(escaped)\""
  }
}
