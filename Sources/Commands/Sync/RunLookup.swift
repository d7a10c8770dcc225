import CommandLine
import Git
import History
import Measurements

/// The search for a run by the first digits of its id, as users type them.
struct RunLookup {
  let workspace: Workspace
  let store: RunStore
  /// At least four hexadecimal digits, in lower case.
  let digits: String

  init(_ typed: String, in workspace: Workspace) throws {
    guard typed.count >= 4, typed.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
      throw UsageError(
        "'\(typed)' is no id of a run", hint: "write at least four of its hexadecimal digits")
    }
    self.workspace = workspace
    store = try workspace.store()
    digits = typed.lowercased()
  }

  func fits(_ id: ObjectID) -> Bool { id.description.hasPrefix(digits) }

  /// The only run that is meant.
  ///
  /// - Parameter hint: The hint if there is no such run.
  /// - Throws: ``Diagnostic`` if there is none, or more than one.
  func only(otherwise hint: String? = nil) throws -> NotedLine {
    let found = try store.lines(withPrefix: digits)
    guard let first = found.first else {
      throw Diagnostic(
        .usage, "no run in \(workspace.notesRef) begins with '\(digits)'",
        hint: hint ?? "`perf-log` lists the runs with their ids")
    }
    guard found.count == 1 else {
      throw Diagnostic(
        .usage, "\(found.count) runs begin with '\(digits)'", hint: "write more of the id",
        details: found.prefix(5).map(\.words))
    }
    return first
  }
}

extension NotedLine {
  /// The id of the run with its suite, commit and time, for messages.
  var words: String {
    guard let header else { return id.short }
    let time = header.recordedAt.map { " at \($0)" } ?? ""
    let home = header.commit.map { " of \($0.prefix(10))" } ?? ""
    return "\(id.short): \(header.suite.visible(limit: 100))\(home)\(time)"
  }

  /// True if the line sets or lifts marks, and so is no run.
  var isMark: Bool {
    header.map { !$0.rejects.isEmpty || !$0.marks.isEmpty || !$0.unmarks.isEmpty } ?? false
  }
}
