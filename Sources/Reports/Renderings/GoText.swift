import Measurements
import Verdicts

extension Rendering {
  package static let go = Rendering(
    name: "go", summary: "all rounds, for `benchstat -col side <file>`"
  ) { report, _ in
    report.parts.flatMap { GoText($0, among: report.parts.count).lines }.map { $0 + "\n" }.joined()
  }
}

/// The rounds of both sides as Go's tools write benchmarks, each round as a process of its own.
///
/// https://golang.org/design/14313-benchmark-format
private struct GoText {
  private let report: SuiteReport
  private let names: GoNames
  /// The lines that name the part, if there are several.
  private let part: [(key: String, value: String)]

  /// - Parameter count: The number of parts.
  init(_ report: SuiteReport, among count: Int) {
    self.report = report
    part = count > 1 ? [("suite", report.suite), ("machine", report.machine?.key ?? "")] : []
    names = GoNames(of: report.sides.base + report.sides.head, formerly: report.formerly)
  }

  var lines: [String] {
    part.map { setting($0.key, $0.value) }
      + [setting("baseline", report.baseline.name), setting("candidate", report.candidate.name)]
      + names.unitLines + side("base", report.sides.base) + side("head", report.sides.head)
  }

  /// Returns a line of a setting. Settings that are equal on both sides do not keep benchstat from
  /// comparing them.
  private func setting(_ key: String, _ value: String) -> String {
    let word = value.visible()
    return "\(key): \(word.allSatisfy(\.isWhitespace) ? "(unnamed)" : word)"
  }

  private func side(_ name: String, _ series: [Series]) -> [String] {
    let rows = Dictionary(grouping: series, by: \.benchmark).sorted { $0.key < $1.key }
      .map { benchmark, series in
        GoRow(
          name: names[benchmark],
          columns: series.map { GoRow.Column(unit: names.unit(of: $0.metric), rounds: $0.rounds) })
      }
    guard let count = series.map(\.rounds.count).max() else { return [] }
    return ["side: \(name)"]
      + (0..<count).flatMap { round in rows.flatMap { $0.lines(of: round) } + ["PASS"] }
  }
}

/// A benchmark with its metrics side by side.
private struct GoRow {
  let name: String
  let columns: [Column]

  struct Column {
    let unit: String
    let rounds: [Round]
  }

  /// Returns a line for each sample.
  func lines(of round: Int) -> [String] {
    let columns = columns.filter { round < $0.rounds.count }
      .map { (unit: $0.unit, samples: $0.rounds[round].samples) }
    return (0..<(columns.map(\.samples.count).max() ?? 0)).map { index in
      let values = columns.filter { index < $0.samples.count }
        .map { " \($0.samples[index].plain) \($0.unit)" }
      return "Benchmark\(name) 1\(values.joined())"
    }
  }
}

extension SuiteReport {
  /// The present names of the baseline's benchmarks, if an alias says that they were renamed.
  fileprivate var formerly: [Benchmark: Benchmark] {
    familyResult.seriesResults.reduce(into: [:]) { names, seriesResult in
      let now = seriesResult.id.benchmark
      if let old = seriesResult.formerly { names[Benchmark(name: old, labels: now.labels)] = now }
    }
  }
}
