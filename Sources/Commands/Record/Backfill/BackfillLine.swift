import CommandLine
import Git

/// The commits that a range asks to be measured: first parents, the newest first.
struct BackfillLine {
  let commits: [Commit]

  /// Finds the commits of a range as git log takes it.
  ///
  /// The commit with which `a..b` begins is part of the line, because a change right after it can
  /// only be seen beside its numbers. A lone revision means all commits up to it.
  ///
  /// - Parameter step: With 3, only every third commit counts, from the newest on. The oldest always
  ///   counts.
  /// - Throws: ``UsageError`` if the range is empty or does not lead from one end to the other,
  ///   ``Diagnostic`` if a shallow clone ends before the range does.
  init(_ range: String, every step: Int = 1, in workspace: Workspace) throws {
    let ends = try LogRange(range, branch: nil, workspace)
    let repository = workspace.repository
    var (commits, cut) = try repository.firstParents(
      from: ends.tip, excluding: ends.excluded.map { [$0.id] } ?? [])
    if let excluded = ends.excluded {
      let fork = try repository.mergeBase(excluded.id, ends.tip.id)
      guard !commits.isEmpty else {
        throw UsageError(
          "no commit is in '\(range)'",
          hint: fork == ends.tip && excluded != ends.tip
            ? "the older commit stands before the dots"
            : "name an older commit before the dots, or one revision for all commits up to it")
      }
      guard fork == excluded || cut != nil else {
        let hint = fork.map { ": `--backfill \($0.id.short)..` begins where both were one" } ?? ""
        throw UsageError(
          "'\(range)' is no line of commits: the first is no ancestor of the last",
          hint: "name an ancestor before the dots\(hint)")
      }
      if cut == nil, let oldest = commits.last {
        try repository.firstParent(of: oldest.id).map { commits.append($0) }
      }
    }
    if let cut {
      throw Diagnostic(
        .failure, "this clone is shallow and ends at \(cut.short), before '\(range)' does",
        hint: "deepen it with `git fetch --deepen=50`, or `git fetch --unshallow`")
    }
    self.commits = commits.enumerated().filter { place, _ in
      place.isMultiple(of: step) || place == commits.count - 1
    }.map(\.element)
  }
}
