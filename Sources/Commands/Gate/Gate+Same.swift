import Git
import History
import Reports

extension Gate {
  /// The judgement of a commit that differs from what it is compared with in nothing that is measured:
  /// it has the numbers that are there, and nothing is launched.
  ///
  /// - Returns: nil where something differs, or what it is compared with is marked.
  func unchangedReport(_ ruling: Ruling) throws -> Report? {
    guard let head = ruling.subject.commit, let base = try ruling.base?.get() else { return nil }
    let workspace = ruling.workspace
    var resolver = try SideResolver(
      call, workspace, rules: workspace.contentRules(tip: base),
      maxDistance: call.settings.maxDistance)
    let start = try WalkStart(
      of: head, isCommitted: true, base: base.commit, in: workspace.repository)
    guard let first = start.first, first.id != head.id else { return nil }
    let suites = Set(call.suites(workspace.configuration))
      .union(workspace.configuration.suites.keys)
    let isSame = try resolver.searching { search throws(HistoryError) in
      let isUnmarked = try search.index.markedSuites(at: first).isEmpty
      return isUnmarked ? try search.isSame(head, first, suites: suites) : false
    }
    guard isSame else { return nil }
    var judging = try Judging(ruling, gate: self, in: workspace)
    return try judging.report()
  }
}
