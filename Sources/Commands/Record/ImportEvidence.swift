import Git
import History
import Measurements
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Checks whether imported files have anything new.
struct ImportEvidence {
  let call: CommandContext<RecordSettings>
  let place: RecordTarget

  /// The run of the same files that the commit, or another one with its content, already has. It is
  /// nil if there is none, and with `--again` or `--output`.
  func known(of runs: [RunToStore]) throws -> RunToStore? {
    guard !call.settings.isAgain, call.settings.output == nil else { return nil }
    for run in runs {
      guard let digest = run.run.imported, let commit = run.commit else { continue }
      let line = try place.store().lines(of: commit).first { line in
        // Most lines are of other files, and reading their headers takes far longer than looking.
        guard line.mentions(digest), let header = line.knownHeader, header.imported == digest else {
          return false
        }
        // Two shards may have the same numbers, and both are needed.
        return header.suite == run.run.suite && header.shard == run.run.shard
          && header.tree == commit.tree.description
      }
      if let line { return RunToStore(try RunRecord(line.bytes), at: commit) }
    }
    return nil
  }

  func words(_ known: RunToStore) throws -> String {
    "already there: run \(try known.line.id().short) of \(known.run.commit?.prefix(10) ?? "no commit"); "
      + "--again stores it once more"
  }

  /// Warns of runs with the numbers of another commit, and of times more than a day in the future.
  func warn(of runs: [RunToStore]) throws {
    for run in runs where run.run.imported != nil { try warnOfOldFile(run) }
    guard let tomorrow = Timestamp((Date.now + 86_400).formatted(.iso8601)) else { return }
    for run in runs where Timestamp.isLater(run.run.recordedAt, than: tomorrow) {
      call.warn(
        "run \(try run.line.id().short) was recorded at \(run.run.recordedAt?.description ?? ""), says "
          + "the file: more than a day from now, so it counts as the oldest",
        hint: "see whether the clock was right where it was measured")
    }
  }

  private func warnOfOldFile(_ run: RunToStore) throws {
    guard call.settings.output == nil, let commit = run.commit else { return }
    let others = try place.runs(before: commit, of: run.run.suite, within: Self.reach)
    guard let other = StaleImport.source(of: run.run, among: others) else { return }
    let home = other.commit?.prefix(10) ?? ""
    call.warn(
      "the same numbers as \(home): an old file?",
      hint: "let the tool write it anew; `perf-sync remove \(try run.line.id().short) --reason "
        + "'an old file'` takes these out")
  }

  /// The number of commits before the run's in which the same numbers are searched.
  private static let reach = 50
}
