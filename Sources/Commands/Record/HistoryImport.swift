import CommandLine
import Formats
import Git
import History
import Measurements
import Reports

/// Stores the results of many commits that a tool collected in a file, each on its own commit.
struct HistoryImport {
  let call: CommandContext<RecordSettings>
  let place: RecordTarget

  func run() throws -> ExitStatus {
    let recording = Recording(call: call)
    let commitHistories = try Source(call: call, place: place).commitHistories()
    let entries = commitHistories.flatMap(\.entries)
    let homes = try homes(of: entries)
    let known = entries.filter { homes[$0.commit] != nil }
    guard !known.isEmpty else { throw foreign(entries) }
    let (new, old, changed) = try unstored(known, at: homes)
    let goal = try new.isEmpty ? nil : recording.keep(new, at: place)
    try ImportEvidence(call: call, place: place).warn(of: new)
    try call.tellImplausible(in: new.map(\.run), place.configuration)
    recording.report(commitHistories.map(\.importSummary))
    recording.report(commitHistories.flatMap(\.parseNotes))
    if known.count < entries.count {
      call.warn(warning(entries.filter { homes[$0.commit] == nil }))
    }
    if changed > 0 {
      call.warn(
        "\(changed) numbers are not those that were stored before from the same entries: the old stay"
      )
    }
    if call.settings.common.verbosity != .quiet {
      call.out.line(sentence(new: new.count, old: old, goal))
    }
    try call.pushIfAsked()
    return .success
  }

  /// The commits that are in this repository, by their names in the file.
  private func homes(of entries: [CommitHistory.Entry]) throws -> [String: Commit] {
    var homes: [String: Commit] = [:]
    for name in Set(entries.map(\.commit)) { homes[name] = try place.commit(ofHistory: name) }
    return homes
  }

  /// The numbers of the entries that are not stored yet, the number of entries that are stored as a
  /// whole, and the number of series that are stored with other values.
  ///
  /// A number counts as stored if its entry's session has its benchmark and metric. An entry has
  /// the same session whenever it is read, so reading it again is not a second launch.
  private func unstored(
    _ entries: [CommitHistory.Entry], at homes: [String: Commit]
  ) throws -> (new: [RunToStore], old: Int, changed: Int) {
    let store = try call.settings.output == nil ? place.store() : nil
    var known: [String: [Series.ID: Series]] = [:]
    var new: [RunToStore] = []
    var (old, changed) = (0, 0)
    for entry in entries {
      guard let home = homes[entry.commit] else { continue }
      let session = try session(of: entry, at: home)
      var stored =
        try known[session]
        ?? store?.runs(of: home, in: session).reduce(into: [:]) { known, run in
          for series in run.series { known[series.id] = series }
          for failure in run.failures { known[failure.id] = failure.series }
        } ?? [:]
      let read = try call.directed(entry.reading, place.configuration).series
      let series = read.filter { stored[$0.id] == nil }
      let failures = entry.reading.failures.filter { stored[$0.id] == nil }
      changed += entry.reading.series.count { one in
        stored[one.id].map { $0.rounds != one.rounds } ?? false
      }
      for one in series { stored[one.id] = one }
      for one in failures { stored[one.id] = one.series }
      known[session] = stored
      guard !series.isEmpty || !failures.isEmpty else {
        old += 1
        continue
      }
      new.append(
        RunToStore(
          Run(
            commit: home.id.description, tree: home.tree.description, recordedAt: entry.time,
            session: session, suite: call.suite(place.configuration), tool: call.tool,
            environment: entry.environment, series: series, failures: failures), at: home))
    }
    return (new, old, changed)
  }

  /// The session of an entry, which is the same whenever the entry is read.
  private func session(of entry: CommitHistory.Entry, at home: Commit) throws -> String {
    let words = [
      entry.source, home.id.description, call.suite(place.configuration), entry.identity,
    ]
    let id = try ObjectID(hashing: Array(words.joined(separator: "\n").utf8))
    return String(id.description.prefix(16))
  }

  private func sentence(new: Int, old: Int, _ goal: String?) -> String {
    guard let goal else { return "nothing new: \(results(old)) there already" }
    return "\(results(new)) \(goal)" + (old > 0 ? ", \(old) there already" : "")
  }

  private func results(_ count: Int) -> String { count == 1 ? "1 result" : "\(count) results" }

  private func warning(_ foreign: [CommitHistory.Entry]) -> String {
    let first = foreign.first.map { ", such as '\($0.commit.visible())' of \($0.time)" } ?? ""
    let way = place.isShallow ? "; this clone is shallow: `git fetch --unshallow` brings more" : ""
    return "\(results(foreign.count)) left out, of commits that are not here\(first)\(way)"
  }

  private func foreign(_ entries: [CommitHistory.Entry]) -> Diagnostic {
    let first = entries.first.map { ", such as '\($0.commit.visible())'" } ?? ""
    return Diagnostic(
      .failure,
      "no commit of the history is in this repository\(first)",
      hint: place.isShallow
        ? "this clone is shallow: `git fetch --unshallow` brings the rest of history"
        : "see whether it is the history of this repository, and fetch what is missing")
  }
}

extension Failure {
  /// The id that stands for a failure among the ids of series.
  fileprivate var id: Series.ID {
    Series.ID(benchmark: benchmark ?? Benchmark(name: ""), metric: "")
  }

  fileprivate var series: Series {
    Series(benchmark: id.benchmark, metric: Metric("", .one), rounds: [], source: "")
  }
}
