import CommandLine
import Git
import History
import Measurements
import Trends

/// The places of a line of commits in which known changes of level lie: between the last commit of
/// the old level and the first of the new one nothing was measured on this machine.
struct ChangeGaps {
  /// The places between both, ascending as those of the line.
  let ranges: [Range<Int>]

  /// - Parameter line: The commits, the newest first.
  init(
    in line: [Commit], _ call: CommandContext<RecordSettings>, _ workspace: Workspace
  ) throws {
    let store = try workspace.store()
    guard let tip = line.first, !store.isEmpty else {
      ranges = []
      return
    }
    var settings = LogSettings()
    settings.common = call.settings.common
    settings.machine = "this"
    let log = CommandContext(
      settings: settings, operands: [], command: nil, process: call.process, tool: call.tool)
    let index = try HistoryIndex.open(store, branch: tip, usesFile: true, warn: call.warn)
    let key = workspace.machine.key
    guard index.origins.contains(where: { $0.environment?.key == key }) else {
      ranges = []
      return
    }
    let range = LogRange(name: tip.id.short, tip: tip, excluded: nil)
    let history = try ChangeHistory(.commit, range, index, log, workspace)
    let places = Dictionary(
      line.enumerated().map { ($1.id.description, $0) }, uniquingKeysWith: { one, _ in one })
    ranges = history.events.all.compactMap { event in
      guard event.kind != .creep, let old = places[history.axis.places[event.last].name],
        let new = places[history.axis.places[event.first].name], new + 1 < old
      else { return nil }
      return new + 1..<old
    }
  }
}
