import CommandLine
import Configuration
import Git
import History
import Measurements
import Trends
import Verdicts

/// The changes of level of all series of a branch and machine, and the events that they make.
///
/// Everything is searched, whatever a question filters, so that all questions about a branch agree on
/// events and their ids.
struct ChangeHistory {
  let events: ChangeEvents
  let axis: LogAxis
  let scope: LogScope
  /// The tag of the newest release on the branch, and its place on the axis; nil if there is none.
  let release: Release?
  /// False if no series has the six commits with numbers without which no change can be seen.
  let isSearchable: Bool

  /// A tagged commit of the branch.
  struct Release {
    let name: String
    /// The newest measured place that is not after the tag.
    let place: Int
  }

  /// Searches the branch of a scope.
  ///
  /// - Parameters:
  ///   - grouping: `commit`, or a period.
  ///   - settings: Those of the question, of which machine, branch and `--all` count.
  init(
    _ grouping: Grouping, _ range: LogRange, _ index: HistoryIndex,
    _ call: CommandContext<LogSettings>, _ workspace: Workspace
  ) throws {
    var settings = LogSettings()
    settings.common = call.settings.common
    settings.machine = call.settings.machine
    settings.all = call.settings.all
    let whole = CommandContext(
      settings: settings, operands: [], command: nil, process: call.process, tool: call.tool)
    let branch = try LogBranch(range.whole, index, workspace)
    scope = try LogScope(index, branch, whole, workspace, verb: .changes)
    axis = try LogAxis(grouping, scope, last: nil, skip: 0)
    release = try Self.release(on: axis, branch, workspace)
    let found = try KeptChanges(scope, axis, since: release?.place, named: "\(grouping)").found()
    isSearchable = !found.spans.isEmpty
    var policies: [String: Policy] = [:]
    let creeps = try found.sums.creeps(besides: found.changes) { series in
      let policy =
        try policies[series.suite] ?? workspace.configuration.policy(for: series.suite)
      policies[series.suite] = policy
      return policy.threshold(for: series.id).value
    }
    events = ChangeEvents(
      found.changes, among: found.spans, creeps: creeps,
      statements: workspace.configuration.changeStatements,
      in: try Self.surroundings(axis, scope, workspace))
  }

  /// The newest release on the branch.
  private static func release(
    on axis: LogAxis, _ branch: LogBranch, _ workspace: Workspace
  ) throws -> Release? {
    guard !axis.isOfTime else { return nil }
    let placed = try workspace.releases().compactMap { tag in
      CompactID(tag.commit.id.description).flatMap(branch.place(ofCommit:)).map { ($0, tag.name) }
    }
    guard let newest = placed.min(by: { $0 < $1 }) else { return nil }
    let place = axis.places.lastIndex { ($0.position ?? -1) >= newest.0 }
    return place.map { Release(name: newest.1, place: $0) }
  }

  private static func surroundings(
    _ axis: LogAxis, _ scope: LogScope, _ workspace: Workspace
  ) throws -> ChangeSurroundings {
    let oldest =
      Timestamp.now.secondsSince1970 - Int64(workspace.configuration.historyDays) * 86_400
    let nowhere = [Int?](repeating: nil, count: axis.places.count)
    var environments: [String?: [Int?]] = [:]
    var numbers: [String: Int] = [:]
    for run in scope.runs {
      guard let place = axis.axis.places[run], let machine = scope.index.runs[run].environment
      else { continue }
      let text = machine.appearance
      let number = numbers[text] ?? numbers.count
      numbers[text] = number
      environments[machine.key, default: nowhere][place] = number
    }
    var places: [String: Int] = [:]
    for statement in workspace.configuration.changeStatements {
      places[statement.commit] = try place(of: statement.commit, axis, scope, workspace)
    }
    return ChangeSurroundings(
      names: axis.places.map(\.name), environments: environments,
      isRecent: axis.places.map { ($0.firstTime ?? .min) >= oldest }, places: places)
  }

  /// The place of a commit, or of the one that has its content since history was rewritten; else of
  /// the first one after it that was measured.
  private static func place(
    of name: String, _ axis: LogAxis, _ scope: LogScope, _ workspace: Workspace
  ) throws -> Int? {
    guard let commit = try workspace.repository.commitIfPresent(name),
      let position = CompactID(commit.id.description).flatMap(scope.branch.place(ofCommit:))
        ?? CompactID(commit.tree.description).flatMap(scope.branch.place(ofTree:))
    else { return nil }
    guard axis.isOfTime else {
      return axis.places.firstIndex { ($0.position ?? .max) <= position }
    }
    return scope.runs.filter { scope.places[$0] == position }.compactMap { axis.axis.places[$0] }
      .min()
  }
}

extension Environment {
  /// Everything that describes the machine. What differs in it may be why its times do.
  fileprivate var appearance: String {
    let labels = self.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([key, cpu, "\(cores)", "\(memory)", os, kernel, arch] + labels).joined(separator: "\n")
  }
}
