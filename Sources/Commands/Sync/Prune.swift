import Git
import History
import Intake
import Measurements
import Reports
import Statistics
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes the notes smaller: what is old and of no use any more goes.
struct Prune {
  let call: Call<SyncSettings>
  let workspace: Workspace

  func run() throws {
    try refuseParts()
    let today = try Self.day(before: 0)
    let store = try workspace.store()
    guard !call.settings.isDryRun else {
      let pruning = try store.pruning(by: retention())
      pruning.listing.forEach(call.out.line)
      return tell(pruning, isDryRun: true)
    }
    let (pruning, before) = try store.prune(
      by: retention(), on: today, pause: Pause.afterLostRace)
    if call.settings.common.verbosity == .verbose { pruning.listing.forEach(call.out.line) }
    tell(pruning, isDryRun: false)
    guard !pruning.isEmpty, let before, call.settings.common.verbosity != .quiet else { return }
    let hasRemotes = try !workspace.repository.remotes().isEmpty
    call.out.line(
      "others follow \(hasRemotes ? "after `perf-sync push`" : "when they fetch"), and `git gc` brings "
        + "the space back")
    call.out.line(
      "until then `git update-ref \(workspace.notesRef.visible()) \(before)` undoes it here")
  }

  /// What is not here may only not have been fetched.
  private func refuseParts() throws {
    guard !workspace.repository.isShallow else {
      throw Complaint(
        .failure, "this clone is shallow: which commits are gone cannot be told",
        hint: "prune in a whole one, or after `git fetch --unshallow`")
    }
    if let remote = try workspace.repository.remotesInPart().first {
      throw Complaint(
        .failure, "not all branches of '\(remote)' are here: which commits are gone cannot be told",
        hint:
          "prune in a whole clone, or after `git remote set-branches \(remote) '*'` and `git fetch`"
      )
    }
  }

  private func retention() throws -> Retention {
    let (settings, configuration) = (call.settings, workspace.configuration)
    let keeps = settings.keepDays ?? configuration.keepDays
    let summarizes = settings.summarizeDays ?? configuration.summarizeDays
    guard summarizes >= keeps else {
      throw UsageError(
        "runs cannot become summaries after \(summarizes) days and be kept for \(keeps)",
        hint: "give --summarize-days at least as many as --keep-days")
    }
    return Retention(
      keepsSince: try Self.time(before: keeps), summarizesBefore: try Self.time(before: summarizes),
      pinned: try pinned(), summary: \.summary)
  }

  /// The anchor that the gate is told of, as far as it is a commit.
  private func pinned() throws -> Set<ObjectID> {
    guard let name = workspace.configuration.anchor,
      let commit = try workspace.repository.commitIfPresent(name)
    else { return [] }
    return [commit.id, commit.tree]
  }

  private static func day(before days: Int) throws -> Day {
    let seconds = Date.now.timeIntervalSince1970 - Double(days) * 86_400
    guard let day = Day(secondsSince1970: max(0, seconds)) else {
      throw Complaint(.failure, "the clock of this machine is wrong")
    }
    return day
  }

  /// The beginning of a day, in UTC.
  private static func time(before days: Int) throws -> Timestamp {
    guard let time = try Timestamp("\(day(before: days))T00:00:00Z") else {
      throw Complaint(.failure, "the clock of this machine is wrong")
    }
    return time
  }

  private func tell(_ pruning: Pruning, isDryRun: Bool) {
    guard isDryRun || call.settings.common.verbosity != .quiet else { return }
    let counts = Dictionary(grouping: pruning.departures, by: \.fate.words).mapValues(\.count)
    for (words, count) in counts.sorted(by: { $0.key < $1.key }) {
      call.out.line(
        "\(Sync.Words.runs(count)) \(isDryRun ? "would be " : "")\(words.done): \(words.why)")
    }
    if pruning.strangeLines > 0 {
      call.out.line("\(pruning.strangeLines) lines that are not understood are kept")
    }
    let (before, after) = (pruning.bytes.before / 1000, pruning.bytes.after / 1000)
    call.out.line(
      pruning.isEmpty
        ? "nothing to prune: \(before) kB of notes"
        : "\(after) kB of notes \(isDryRun ? "would be left of" : "are left of") \(before) kB")
  }
}

extension Pruning {
  /// A line for each run that goes or changes, the oldest first.
  fileprivate var listing: [String] {
    departures.sorted { a, b in
      (a.header.recordedAt?.description ?? "", a.id.description)
        < (b.header.recordedAt?.description ?? "", b.id.description)
    }.map { departure in
      let time = departure.header.recordedAt?.description ?? "at no time"
      return "\(departure.id.short) \(time) \(departure.header.suite.visible(limit: 100)) "
        + "of \(departure.home.short): \(departure.fate.words.done), \(departure.fate.words.why)"
    }
  }
}

extension Fate {
  struct Words: Hashable, Comparable {
    let done: String
    let why: String

    static func < (a: Words, b: Words) -> Bool { (a.done, a.why) < (b.done, b.why) }
  }

  fileprivate var words: Words {
    switch self {
    case .kept: Words(done: "kept", why: "it is not old")
    case .superseded:
      Words(done: "dropped", why: "newer runs of the same commit have all that was measured")
    case .vanished: Words(done: "dropped", why: "the commit is gone")
    case .summarized: Words(done: "summarized", why: "one number is left of each series")
    }
  }
}

extension RunRecord {
  /// The same with the median of the rounds in place of each series' rounds; of an exact metric that never
  /// differed nothing is lost.
  fileprivate var summary: RunRecord {
    changingSeries { series, fields in
      guard let median = (try? Sample(series.values))?.median else { return }
      fields["rounds"] = .array([.array([.number(median)])])
      let isExact = series.metric.exact && series.values.allSatisfy { $0 == median }
      if !isExact { fields["summary"] = .bool(true) }
    }
  }
}
