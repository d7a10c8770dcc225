import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Reports
import Statistics
import System
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes the notes smaller: removes or summarizes old runs that are of no use any more.
struct Prune {
  let call: CommandContext<SyncSettings>
  let workspace: Workspace

  func run() throws {
    let (retention, store) = (try retention(), try workspace.store())
    guard !call.settings.isDryRun else {
      let pruning = try store.pruning(by: retention)
      pruning.listing.forEach(call.out.line)
      return tell(pruning, isDryRun: true)
    }
    let (pruning, moved) = try store.prune(
      by: retention, on: Day.ago(0), pause: Pause.afterLostRace)
    if call.settings.common.verbosity == .verbose { pruning.listing.forEach(call.out.line) }
    tell(pruning, isDryRun: false)
    guard let moved, call.settings.common.verbosity != .quiet else { return }
    let follow = try remote == nil ? "when they fetch" : "after `perf-sync push`"
    call.out.line("others follow \(follow), and `git gc` brings the space back")
    let undo = Command(
      "git", ["update-ref", workspace.notesRef, "\(moved.from)", "\(moved.to)"])
    call.out.line("until then `\(undo.description.visible(limit: 500))` undoes it here")
  }

  /// The remote whose branches and tags decide which commits stay; nil if there is no remote.
  private var remote: Remote? {
    get throws {
      guard call.operands.count > 1 else {
        return try workspace.repository.remotes().isEmpty ? nil : Remote(nil, workspace, call)
      }
      return try Remote(call.operands[1], workspace, call)
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
    guard !workspace.repository.isShallow else {
      throw Diagnostic(
        .failure, "this clone is shallow: which commits are gone cannot be told",
        hint: "prune in a whole one, or after `git fetch --unshallow`")
    }
    try refuseDamage()
    let (branches, tags) = try tips()
    let whole = try tags + [anchor()].compactMap(\.self)
    return Retention(
      keepsSince: try Timestamp(startOf: .ago(keeps)),
      summarizesBefore: try Timestamp(startOf: .ago(summarizes)),
      tips: Set((branches + tags).map(\.id)), pinned: Set(whole.flatMap { [$0.id, $0.tree] }),
      summary: \.summary)
  }

  /// Throws an error if git reports damaged references, which libgit2 skips silently.
  private func refuseDamage() throws {
    let list = try GitProgram(call).untranslated.launch(["for-each-ref", "--format=%(refname)"])
    guard list.ending != .exited(0) || list.messages.contains("broken ref") else { return }
    throw Diagnostic(
      .failure, "references are damaged: which commits are gone cannot be told",
      hint: "`git fsck` tells more; `git update-ref` sets one, `git update-ref -d` removes it",
      details: list.lastWords)
  }

  /// The commits of the remote's branches and tags.
  ///
  /// - Throws: ``Diagnostic`` if one is not in this repository: its commits would look as if they
  ///   were gone.
  private func tips() throws -> (branches: [Commit], tags: [Commit]) {
    guard let remote = try remote else { return ([], []) }
    let all = try remote.tips().map { ($0, try find($0)) }
    let absent = all.filter { $0.1 == .absent }.map(\.0.name)
    guard let first = absent.first else {
      let commits = all.map { (isTag: $0.0.isTag, commit: $0.1.commit) }
      return (
        commits.filter { !$0.isTag }.compactMap(\.commit),
        commits.filter(\.isTag).compactMap(\.commit)
      )
    }
    throw Diagnostic(
      .failure,
      "'\(first)'\(absent.count > 1 ? " and \(absent.count - 1) more" : "") of '\(remote.label)' "
        + "is not here: which commits are gone cannot be told",
      hint: "`git fetch \(remote.label) '+refs/heads/*:refs/remotes/\(remote.label)/*' "
        + "'+refs/tags/*:refs/tags/*'` brings it")
  }

  private enum Found: Equatable {
    /// The commit in this repository; nil for a tag of another object.
    case here(Commit?)
    case absent

    var commit: Commit? { if case .here(let commit) = self { commit } else { nil } }
  }

  private func find(_ tip: Remote.Tip) throws -> Found {
    do {
      return .here(try workspace.repository.commit(peeling: tip.id))
    } catch {
      guard [.notFound, .missing].contains(error.kind) else { throw error }
      return .absent
    }
  }

  /// The commit of the configured anchor; nil if there is none, or if it is a file or a pattern.
  private func anchor() throws -> Commit? {
    guard let name = workspace.configuration.anchor, !Pattern(name).hasWildcards else {
      return nil
    }
    let path = workspace.repository.workTree.map { "\($0)/\(name)" }
    if let path, OutputFile.exists(path), !OutputFile.isDirectory(path) { return nil }
    guard let commit = try workspace.repository.commitIfPresent(name) else {
      throw Diagnostic(
        .usage,
        "gate.anchor '\(name)' in \(workspace.configuration.place(of: "gate.anchor")) is no "
          + "revision and no file here, so its runs cannot be told from others",
        hint: "fetch it, or leave the anchor out")
    }
    return commit
  }

  private func tell(_ pruning: PrunePlan, isDryRun: Bool) {
    guard isDryRun || call.settings.common.verbosity != .quiet else { return }
    let counts = Dictionary(grouping: pruning.prunedRuns, by: \.action.words).mapValues(\.count)
    for (words, count) in counts.sorted(by: { $0.key < $1.key }) {
      call.out.line(
        "\(Sync.Words.runs(count)) \(isDryRun ? "would be " : "")\(words.done): \(words.why)")
    }
    if pruning.foreignLines > 0 {
      call.out.line("\(pruning.foreignLines) lines that are not understood are kept")
    }
    let (before, after) = (pruning.bytes.before / 1000, pruning.bytes.after / 1000)
    call.out.line(
      pruning.isEmpty
        ? "nothing to prune: \(before) kB of notes"
        : "\(after) kB of notes \(isDryRun ? "would be left of" : "are left of") \(before) kB")
  }
}

extension PrunePlan {
  /// A line for each run that is removed or changed, the oldest first.
  fileprivate var listing: [String] {
    prunedRuns.sorted { a, b in
      (a.header.recordedAt?.description ?? "", a.id.description)
        < (b.header.recordedAt?.description ?? "", b.id.description)
    }.map { prunedRun in
      let time = prunedRun.header.recordedAt?.description ?? "at no time"
      return "\(prunedRun.id.short) \(time) \(prunedRun.header.suite.visible(limit: 100)) "
        + "of \(prunedRun.home.short): \(prunedRun.action.words.done), \(prunedRun.action.words.why)"
    }
  }
}

extension PruneAction {
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
  /// The run with the median of the rounds in place of each series' rounds. An exact metric whose
  /// values are all equal loses nothing, and so is not called a summary. Outcomes stay: their median
  /// says nothing, and they are short.
  fileprivate var summary: RunRecord {
    changingSeries { series, fields in
      guard !series.metric.isOutcome else { return }
      guard let median = (try? Sample(series.values))?.median else { return }
      fields["rounds"] = .array([.array([.number(median)])])
      let isExact = series.metric.exact && series.values.allSatisfy { $0 == median }
      if !isExact { fields["summary"] = .bool(true) }
    }
  }
}
