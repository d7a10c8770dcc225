import CommandLine
import Git
import History
import Measurements

/// The commits of a branch that a question is about, and the places of runs on it.
final class LogBranch {
  /// The name of the branch, or the range, as it is shown.
  let name: String
  /// The commits, the newest first.
  let commits: ArraySlice<IndexedCommit>
  /// The commit at which a shallow clone ends; nil if all are here.
  let cut: CompactID?
  /// The place of each commit, from the newest.
  private let places: IDTable
  /// The place of each tree: of the oldest commit that has it.
  private lazy var trees = IDTable(commits.enumerated().map { (id: $1.tree, number: $0) })

  init(_ range: LogRange, _ index: HistoryIndex, _ workspace: Workspace) throws {
    name = range.name
    let all = index.branch.commits
    var end = all.count
    if let excluded = range.excluded {
      let id = CompactID(excluded.id.description)
      // Of an excluded commit that is no first parent, all ancestors are left out.
      let isOnBranch = all.firstIndex { $0.id == id }
      end =
        try isOnBranch
        ?? workspace.repository.firstParents(from: range.tip, excluding: [excluded.id]).commits
        .count
    }
    commits = all.prefix(end)
    cut = end == all.count ? index.branch.cut : nil
    places = IDTable(commits.enumerated().map { (id: $1.id, number: $0) })
  }

  /// The place of the commit that a run stands at, from the newest: the commit that it measured, or
  /// the one with the same content, as after a squash or a rebase; nil for a run of neither.
  func place(of run: RecordedRun) -> Int? {
    run.commit.flatMap { places[$0] } ?? run.tree.flatMap { trees[$0] }
  }

  /// The place of a commit, from the newest; nil for one that is not on the branch.
  func place(ofCommit id: CompactID) -> Int? { places[id] }

  /// The place of the oldest commit with a content; nil if none has it.
  func place(ofTree id: CompactID) -> Int? { trees[id] }

  /// True unless a line says that it is of a commit and a content off the branch.
  func mayHave(_ line: SkippedLine) -> Bool {
    guard line.commit != nil || line.tree != nil else { return true }
    return line.commit.map { places[$0] != nil } ?? false
      || line.tree.map { trees[$0] != nil } ?? false
  }

  /// True if an object is a commit of the branch or the tree of one.
  func has(_ object: ObjectID) -> Bool {
    CompactID(object.description).map { places[$0] != nil || trees[$0] != nil } ?? false
  }
}

/// The ends of a range as they are typed: `a..b`, `a...b`, a revision, or nothing for the branch.
struct LogRange {
  /// The name of the branch, or the range, as it is shown.
  let name: String
  let tip: Commit
  /// The commit whose ancestors, and which itself, are left out; nil for none.
  let excluded: Commit?

  /// - Parameters:
  ///   - range: As git log takes it; nil for the branch.
  ///   - branch: The branch that was typed; nil for HEAD.
  init(_ range: String?, branch: String?, _ workspace: Workspace) throws {
    let head = Self.name(ofHead: try workspace.repository.branch())
    name = range ?? branch ?? head
    let dots = range?.firstRange(of: "...") ?? range?.firstRange(of: "..")
    guard let range, let dots else {
      if let range, branch != nil { throw Self.error(range) }
      tip = try workspace.commit(range ?? branch ?? "HEAD")
      excluded = nil
      return
    }
    let (old, new) = (range[..<dots.lowerBound], range[dots.upperBound...])
    guard branch == nil || new.isEmpty else { throw Self.error(range) }
    tip = try workspace.commit(new.isEmpty ? branch ?? "HEAD" : String(new))
    let first = try workspace.commit(old.isEmpty ? "HEAD" : String(old))
    let isSymmetric = range[dots] == "..."
    excluded = isSymmetric ? try workspace.repository.mergeBase(first.id, tip.id) : first
  }

  /// The branch of the range, from its tip to its first commit.
  var whole: LogRange { LogRange(name: name, tip: tip, excluded: nil) }

  init(name: String, tip: Commit, excluded: Commit?) {
    self.name = name
    self.tip = tip
    self.excluded = excluded
  }

  private static func error(_ range: String) -> UsageError {
    UsageError(
      "--branch and '\(range)' both name a tip", hint: "name one, or a range such as v1.0..")
  }

  private static func name(ofHead branch: String?) -> String {
    let prefix = "refs/heads/"
    return branch.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 } ?? "HEAD"
  }
}
