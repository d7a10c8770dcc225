import Git
import History
import Intake
import Measurements
import Reports

/// Storing what a tool collected of many commits, each result with its own.
struct Backfill {
  let call: Call<RecordSettings>
  let place: Place

  func run() throws -> ExitStatus {
    let recording = Recording(call: call)
    let chronicles = try Source(call: call, place: place, plan: nil).chronicles()
    let entries = chronicles.flatMap(\.entries)
    let homes = try homes(of: entries)
    let known = entries.filter { homes[$0.commit] != nil }
    guard !known.isEmpty else { throw strange(entries) }
    let runs = try known.map { try run(of: $0, at: homes[$0.commit]) }
    let new = try unstored(runs)
    let goal = try new.isEmpty ? nil : recording.keep(new, at: place)
    recording.report(chronicles.map(\.audit))
    recording.report(chronicles.flatMap(\.remarks))
    if known.count < entries.count {
      call.warn(warning(entries.filter { homes[$0.commit] == nil }))
    }
    if call.settings.common.verbosity != .quiet {
      call.out.line(sentence(new: new.count, of: runs.count, goal))
    }
    try call.pushIfAsked()
    return .success
  }

  /// The commits that are here, by what the file calls them.
  private func homes(of entries: [Chronicle.Entry]) throws -> [String: Commit] {
    var homes: [String: Commit] = [:]
    for name in Set(entries.map(\.commit)) { homes[name] = try place.commit(ofHistory: name) }
    return homes
  }

  /// The same result is the same run whenever it is read: its session is made of it.
  private func run(of entry: Chronicle.Entry, at commit: Commit?) throws -> PlacedRun {
    func run(session: String?, tool: String) -> Run {
      Run(
        commit: commit?.id.description, tree: commit?.tree.description, recordedAt: entry.time,
        session: session, suite: call.suite(place.configuration), tool: tool,
        environment: entry.environment, series: entry.reading.series,
        failures: entry.reading.failures)
    }
    let id = try RunLine(run(session: nil, tool: "")).id()
    return try PlacedRun(
      run(session: String(id.description.prefix(16)), tool: call.tool), at: commit)
  }

  /// Those that are not there yet, each once.
  private func unstored(_ runs: [PlacedRun]) throws -> [PlacedRun] {
    let store = try call.settings.output == nil ? place.store() : nil
    var sessions: [Commit: Set<String>] = [:]
    return try runs.filter { run in
      let commit = try run.home()
      let session = run.run.session ?? ""
      let stored = try sessions[commit] ?? store?.sessions(of: commit) ?? []
      sessions[commit] = stored.union([session])
      return !stored.contains(session)
    }
  }

  private func sentence(new: Int, of all: Int, _ goal: String?) -> String {
    guard let goal else { return "nothing new: \(results(all)) stored before" }
    let old = all == new ? "" : ", \(all - new) stored before"
    return "\(results(new)) \(goal)\(old)"
  }

  private func results(_ count: Int) -> String { count == 1 ? "1 result" : "\(count) results" }

  private func warning(_ strangers: [Chronicle.Entry]) -> String {
    let first = strangers.first.map { ", such as '\($0.commit.visible())' of \($0.time)" } ?? ""
    let way = place.isShallow ? "; this clone is shallow: `git fetch --unshallow` brings more" : ""
    return "\(results(strangers.count)) left out, of commits that are not here\(first)\(way)"
  }

  private func strange(_ entries: [Chronicle.Entry]) -> Complaint {
    let first = entries.first.map { ", such as '\($0.commit.visible())'" } ?? ""
    return Complaint(
      .failure,
      "no commit of the history is in this repository\(first)",
      hint: place.isShallow
        ? "this clone is shallow: `git fetch --unshallow` brings the rest of history"
        : "see whether it is the history of this repository, and fetch what is missing")
  }
}
