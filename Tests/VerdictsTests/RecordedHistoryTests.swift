import Foundation
import Measurements
import TestSupport
import Testing
import Verdicts

/// Real histories of one number a recording, each judged against the one before it, among those before.
///
/// The data lie beside the package, not in it.
@Suite(
  "real histories",
  .enabled(if: RecordedHistory.exists, "\(RecordedHistory.folder.path()) is not there"))
struct RecordedHistoryTests {
  /// How often a recording is a regression against the one before, in per cent.
  private func flagged(
    _ histories: [[Double]], from first: Int, times factor: Double = 1, _ metric: Metric
  ) throws -> (percent: Double, judged: Int) {
    var (flagged, judged) = (0, 0)
    for history in histories {
      let all = try history.map { try series([$0], metric: metric, isSummary: true) }
      for place in history.indices.dropFirst(first) {
        let new = try series([history[place] * factor], metric: metric, isSummary: true)
        var standing = Standing(baseline: 0)
        standing.past = PastRecordings(
          all[..<place].suffix(20).reversed().map { .init($0, on: nil) }, candidateSessions: 1)
        let seriesResult = try #require(
          FamilyResult(
            old: [all[place - 1]], new: [new],
            context: BaselineContext(standings: [new.id: standing]), policy: Policy()
          ).seriesResults.first)
        judged += 1
        flagged += seriesResult.verdict.kind == .regression ? 1 : 0
      }
    }
    return (100 * Double(flagged) / Double(judged), judged)
  }

  /// Statistics.md has 20.9 % for the number before, 1.2 % by this rule.
  @Test("of hosted runners: hardly any neighbour is a regression")
  func hosted() throws {
    let found = try flagged(
      RecordedHistory.hosted(), from: 9, Metric("time", .nanoseconds, better: .lower))
    #expect(found.judged > 7000)
    #expect(found.percent <= 1.5, "\(found)")
  }

  /// Statistics.md has .31 to .39 % of what did not change, and 96 to 98 % of +15 % found.
  @Test("of nights on one machine: what did not change is none, and 15 % more is found")
  func nightly() throws {
    let unchanged = try RecordedHistory.unchangedNights()
    #expect(unchanged.count == 300)
    let quiet = try flagged(unchanged, from: 5, .wallTime)
    #expect(quiet.percent <= 0.4, "\(quiet)")
    let slower = try flagged(unchanged, from: 10, times: 1.15, .wallTime)
    #expect(slower.percent >= 95, "\(slower)")
  }
}

private enum RecordedHistory {
  static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/data")
    .standardizedFileURL

  static var exists: Bool {
    FileManager.default.fileExists(
      atPath: folder.appending(path: "nightly/series.csv.gz").path())
  }

  /// The values of each series, in the order of recording.
  static func hosted() throws -> [[Double]] {
    let file = folder.appending(path: "ci-history/hosted-runners.csv")
    return try values(String(contentsOf: file, encoding: .utf8), isWanted: { _ in true }) {
      ($0.dropLast(2).joined(separator: ","), $0[$0.count - 1])
    }
  }

  static func unchangedNights() throws -> [[Double]] {
    let csv = try Subprocess.run(
      "/usr/bin/gzip", ["-dc", "series.csv.gz"], in: folder.appending(path: "nightly")
    ).out
    return try values(csv, isWanted: { $0[0] == "unchanged" }) { ($0[1], $0[3]) }
  }

  private static func values(
    _ csv: String, isWanted: ([String]) -> Bool, entry: ([String]) -> (String, String)
  ) throws -> [[Double]] {
    var names: [String] = []
    var values: [String: [Double]] = [:]
    for line in csv.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard isWanted(fields) else { continue }
      let (name, value) = entry(fields)
      if values[name] == nil { names.append(name) }
      values[name, default: []].append(try #require(Double(value)))
    }
    return names.compactMap { values[$0] }
  }
}
