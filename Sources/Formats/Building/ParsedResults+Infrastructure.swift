import Measurements

extension ParsedResults {
  /// The results with failures for what infrastructure failures leave without a number, and for too
  /// many of them.
  ///
  /// - Parameter limit: The largest part of all attempts that they may be.
  package func limited(toInfrastructureFailures limit: Double) -> ParsedResults {
    let lost = series.filter { $0.metric.name == Metric.infrastructureFailures.name }
    guard !lost.isEmpty else { return self }
    let measured = Dictionary(
      series.filter { $0.metric.name != Metric.infrastructureFailures.name }
        .map { ($0.benchmark, $0.rounds.count) }, uniquingKeysWith: max)
    let failed = Set(failures.map(\.benchmark))
    func count(_ series: Series) -> Int {
      series.rounds.count { $0.samples.contains { $0 != 0 } }
    }
    var more: [Failure] = []
    for one in lost where measured[one.benchmark] == nil && !failed.contains(one.benchmark) {
      more.append(
        Failure(
          one.benchmark,
          reason: "all \(one.rounds.count) attempts were infrastructure failures"))
    }
    let all = lost.reduce(0) { $0 + count($1) }
    let attempts =
      lost.reduce(0) { sum, one in
        sum + max(one.rounds.count, count(one) + (measured[one.benchmark] ?? 0))
      }
      + measured.filter { benchmark, _ in !lost.contains { $0.benchmark == benchmark } }
      .values.reduce(0, +)
    if Double(all) > limit * Double(attempts) {
      let percent = (limit * 1000).rounded() / 10
      more.append(
        Failure(
          nil,
          reason: "\(all) of \(attempts) attempts were infrastructure failures, more than "
            + "\(percent) %"))
    }
    return ParsedResults(
      series: series, records: records, failures: failures + more, context: context,
      parseNotes: parseNotes, importSummaries: importSummaries)
  }
}
