import CommandLine
import Git
import Measurements

/// The commits of a branch that a question is about, and the places of runs on it.
struct LogBranch {
  /// The name of the branch, or the range, as it is shown.
  let name: String
  /// The commits, the newest first.
  let commits: [Commit]
  /// The commit at which a shallow clone ends; nil if all are here.
  let cut: ObjectID?
  /// The place of each commit, from the newest.
  private let places: [CompactID: Int]
  /// The place of each tree: of the oldest commit that has it.
  private let trees: [CompactID: Int]

  /// - Parameter range: `a..b`, `a...b`, or a revision, as git log takes it; nil for the branch.
  init(_ range: String?, branch: String?, _ workspace: Workspace) throws {
    let (tipName, excluded) = try Self.ends(range, branch, workspace)
    let tip = try workspace.commit(tipName)
    let head = Self.name(ofHead: try workspace.repository.branch())
    name = range ?? branch ?? head
    (commits, cut) = try workspace.repository.firstParents(from: tip, excluding: excluded)
    var places: [CompactID: Int] = Dictionary(minimumCapacity: commits.count)
    var trees: [CompactID: Int] = Dictionary(minimumCapacity: commits.count)
    for (place, commit) in commits.enumerated() {
      if let id = CompactID(commit.id.description) { places[id] = place }
      if let tree = CompactID(commit.tree.description) { trees[tree] = place }
    }
    self.places = places
    self.trees = trees
  }

  /// The place of the commit that a run stands at, from the newest: the commit that it measured, or
  /// the one with the same content, as after a squash or a rebase; nil for a run of neither.
  func place(of run: RecordedRun) -> Int? {
    run.commit.flatMap { places[$0] } ?? run.tree.flatMap { trees[$0] }
  }

  /// True if an object is a commit of the branch or the tree of one.
  func has(_ object: ObjectID) -> Bool {
    CompactID(object.description).map { places[$0] != nil || trees[$0] != nil } ?? false
  }

  private static func name(ofHead branch: String?) -> String {
    let prefix = "refs/heads/"
    return branch.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 } ?? "HEAD"
  }

  private static func ends(
    _ range: String?, _ branch: String?, _ workspace: Workspace
  ) throws -> (tip: String, excluded: [ObjectID]) {
    guard let range else { return (branch ?? "HEAD", []) }
    let dots = range.firstRange(of: "...") ?? range.firstRange(of: "..")
    guard let dots else {
      guard branch == nil else {
        throw UsageError(
          "--branch and '\(range)' both name a tip", hint: "name one, or a range such as v1.0..")
      }
      return (range, [])
    }
    let old = range[..<dots.lowerBound]
    let new = range[dots.upperBound...]
    guard branch == nil || new.isEmpty else {
      throw UsageError("--branch and '\(range)' both name a tip", hint: "leave one of them out")
    }
    let tip = new.isEmpty ? branch ?? "HEAD" : String(new)
    let first = try workspace.commit(old.isEmpty ? "HEAD" : String(old))
    guard range[dots] == "..." else { return (tip, [first.id]) }
    let base = try workspace.repository.mergeBase(first.id, workspace.commit(tip).id)
    return (tip, [base?.id ?? first.id])
  }
}
