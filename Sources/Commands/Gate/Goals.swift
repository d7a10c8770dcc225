import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

extension Gate {
  /// Returns the states of the policy's goals for a part of a candidate. A goal of which neither
  /// side has a series is left out.
  ///
  /// - Parameters:
  ///   - subject: The revision or file that is judged. Files of goals are those of its tree.
  ///   - only: The benchmarks to judge; nil for all.
  /// - Throws: ``Diagnostic`` for a goal that names nothing.
  func goals(
    of comparison: PartComparison, _ part: RecordedPart, _ candidate: SelectedRuns,
    for subject: RevisionOrFile, under policy: Policy, in workspace: Workspace,
    _ resolver: inout SideResolver<GateSettings>
  ) throws -> [GoalResult] {
    guard !policy.goals.isEmpty else { return [] }
    let tree = try (subject.commit ?? candidate.stand ?? workspace.commit("HEAD")).tree
    var known: [String: GoalSide] = [:]
    return try policy.goals.compactMap { goal in
      let side =
        try known[goal.against]
        ?? GoalSide(
          goal, in: tree, of: part, candidate, for: subject, call, workspace, policy, &resolver)
      known[goal.against] = side
      return try side.result(of: goal, comparison, under: policy, only: call.settings.only)
    }
  }
}

/// The fixed point that goals are held against.
private struct GoalSide {
  let series: [Series]
  /// The reason why there is nothing to compare with; nil if there is something.
  let trouble: String?
  let isFile: Bool

  /// Finds the fixed point: a file of the tree, else a revision.
  init(
    _ goal: Goal, in tree: ObjectID, of part: RecordedPart, _ candidate: SelectedRuns,
    for subject: RevisionOrFile, _ call: CommandContext<GateSettings>, _ workspace: Workspace,
    _ policy: Policy, _ resolver: inout SideResolver<GateSettings>
  ) throws {
    let file = try Self.file(goal, in: tree, call, workspace)
    isFile = file != nil
    let side: RevisionOrFile
    if let file {
      side = .file(file)
    } else if let commit = try workspace.repository.commitIfPresent(goal.against) {
      side = .commit(commit, name: goal.against)
    } else {
      throw Diagnostic(
        .usage,
        "\(goal.section) in \(goal.place): '\(goal.against)' is no file of the judged commit and no revision",
        hint: "a file must be committed, like 'baselines/all.json'; a revision is like 'v1.2'")
    }
    do {
      series = try resolver.comparison(
        of: part, candidate, against: side, NameHistory(policy.aliases)
      ).old
      trouble = nil
    } catch {
      let why = Diagnostic(error)
      guard why.status == .nothingToCompare else { throw why }
      series = []
      trouble = why.message
    }
  }

  /// Returns the file that a goal names; nil if the tree has none.
  private static func file(
    _ goal: Goal, in tree: ObjectID, _ call: CommandContext<GateSettings>, _ workspace: Workspace
  ) throws -> ReadFile? {
    switch try workspace.repository.file(goal.against, inTree: tree) {
    case .absent: return nil
    case .unusable(let why):
      throw Diagnostic(
        .usage, "\(goal.section) in \(goal.place): cannot read '\(goal.against)': \(why)")
    case .file(let blob):
      return try ReadFile(
        bytes: workspace.repository.text(ofBlob: blob), name: goal.against,
        suite: call.suite(workspace.configuration), prices: workspace.configuration.prices,
        tool: call.tool)
    }
  }

  /// - Returns: nil if neither side has a series of the goal.
  func result(
    of goal: Goal, _ comparison: PartComparison, under policy: Policy, only: String?
  ) throws -> GoalResult? {
    let only = only.map { Pattern($0) }
    func wanted(_ series: [Series]) -> [Series] {
      series.filter { only?.matches($0.benchmark.name) ?? true }
    }
    let new = wanted(comparison.evidence)
    let isMeasured = new.contains { goal.isFor($0.id) }
    if let trouble {
      return isMeasured ? GoalResult(goal: goal, rows: [], trouble: trouble) : nil
    }
    if isFile, isMeasured, !series.contains(where: { goal.metric.matches($0.metric.name) }) {
      let names = Set(series.map(\.metric.name)).sorted()
      throw Diagnostic(
        .usage,
        "\(goal.section) in \(goal.place): '\(goal.against)' has no metric like '\(goal.metric.text)'",
        hint: names.isEmpty
          ? "it has no numbers" : "it has \(names.prefix(5).joined(separator: ", "))")
    }
    let result = goal.result(
      old: wanted(series), new: new, failures: comparison.failures, under: policy)
    return result.rows.isEmpty ? nil : result
  }
}

extension Goal {
  fileprivate var section: String { "[goal \"\(metric.text)\"]" }
}
