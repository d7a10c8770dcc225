import Foundation
import Measurements
import TestSupport
import Testing
import Verdicts

/// Real measurements of Go benchmarks with slow-downs of known size put in, three machines and three
/// processes each: nine rounds a side, the five iterations of a process being its samples.
///
/// The data lie beside the package, not in it. What is expected was worked out apart from this code,
/// with scipy's exact Mann-Whitney, all 81 ratios sorted, and Benjamini and Hochberg over the 21
/// benchmarks of a severity; true changes are those of the data's labels.csv.
@Suite(
  "real benchmarks with injected slow-downs",
  .enabled(if: InjectedGo.exists, "\(InjectedGo.folder.path()) is not there"))
struct InjectedGoTests {
  private let series: [InjectedGo.Labelled]

  init() throws { series = try InjectedGo.judged() }

  private func verdicts(
    _ isWanted: (InjectedGo.Labelled) -> Bool
  ) -> [Verdict: Int] {
    series.filter(isWanted).reduce(into: [:]) {
      $0[$1.seriesResult.verdict.summary, default: 0] += 1
    }
  }

  /// The documented rate of false alarms at this noise is 0.01 %, so of 189 there should be none.
  @Test("code that did not change is never a regression")
  func unchanged() {
    #expect(
      verdicts { $0.label == "unchanged" }
        == [.unchanged: 181, .inconclusive(.tooNoisy(need: nil)): 1])
    #expect(verdicts { $0.label == "almost-unchanged" } == [.unchanged: 7])
  }

  @Test("every slow-down of more than a fifth is a certain regression")
  func large() {
    #expect(
      verdicts { $0.label == "slowed" && $0.change > 0.2 } == [.regression(certain: true): 44])
  }

  /// The one that is missed measured 12 % slower by the mean of all iterations, but 4 % by its
  /// rounds: it is left open, not passed.
  @Test("slow-downs beyond the threshold are flagged or left open, never passed")
  func medium() {
    #expect(
      verdicts { $0.label == "slowed" && $0.change > 0.1 && $0.change <= 0.2 } == [
        .regression(certain: true): 4, .regression(certain: false): 2,
        .inconclusive(.tooNoisy(need: nil)): 1,
      ])
  }

  @Test("slow-downs inside the threshold are not flagged")
  func small() {
    #expect(
      verdicts { $0.label == "slowed" && $0.change <= 0.1 }
        == [.unchanged: 30, .inconclusive(.tooNoisy(need: nil)): 3])
  }
}

extension Verdict {
  /// Without the number of rounds needed, which the independent calculation does not have.
  var summary: Verdict {
    guard case .inconclusive(.tooNoisy) = self else { return self }
    return .inconclusive(.tooNoisy(need: nil))
  }
}

/// The measurements and what is known of them.
enum InjectedGo {
  struct Labelled {
    let label: String
    /// The true change, new / old - 1.
    let change: Double
    let seriesResult: SeriesResult
  }

  /// `shared/data/injected-go` beside the package.
  static let folder = URL(filePath: #filePath).appending(
    path: "../../../../shared/data/injected-go"
  )
  .standardizedFileURL

  static var exists: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "samples.csv.gz").path())
  }

  /// Each severity is a gate of its own.
  ///
  /// - Parameter judge: The gate, of all rounds of both sides; process by process, each on all
  ///   machines.
  static func judged(
    by judge: (_ old: [Series], _ new: [Series]) -> FamilyResult = {
      FamilyResult(old: $0, new: $1, policy: Policy())
    }
  ) throws -> [Labelled] {
    let labels = try Dictionary(
      lines(String(contentsOf: folder.appending(path: "labels.csv"), encoding: .utf8)).map {
        ("\($0[0]) \($0[1])", $0)
      }, uniquingKeysWith: { first, _ in first })
    return try measured().sorted { $0.key < $1.key }.flatMap { severity, sides in
      try judge(sides["old"] ?? [], sides["new"] ?? []).seriesResults.map { seriesResult in
        let row = try #require(labels["\(severity) \(seriesResult.id.benchmark.name)"])
        return Labelled(
          label: row[2], change: try #require(Double(row[3])), seriesResult: seriesResult)
      }
    }
  }

  /// Series by severity and side.
  private static func measured() throws -> [String: [String: [Series]]] {
    let csv = try Subprocess.run("/usr/bin/gzip", ["-dc", "samples.csv.gz"], in: folder).out
    // severity, side, benchmark, process and machine
    var samples: [String: [String: [String: [String: [Double]]]]] = [:]
    for row in lines(csv) {
      samples[row[0], default: [:]][row[4], default: [:]][row[3], default: [:]][
        row[2] + row[1], default: []
      ].append(try #require(Double(row[6])))
    }
    return try samples.mapValues { sides in
      try sides.mapValues { benchmarks in
        try benchmarks.map { name, rounds in
          try VerdictsTests.series(
            rounds: rounds.sorted { $0.key < $1.key }.map(\.value), name: name)
        }
      }
    }
  }

  /// The fields of all lines but the first.
  private static func lines(_ csv: String) -> [[String]] {
    csv.split(whereSeparator: \.isNewline).dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
