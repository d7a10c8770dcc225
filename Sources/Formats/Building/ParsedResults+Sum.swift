import Measurements

extension Benchmark {
  /// The label that tells the launches of a file apart until their calls are summed.
  static let launchLabel = "perf-launch"
}

extension ParsedResults {
  /// The results in which all calls of language models of a launch are summed into one round.
  ///
  /// A launch has one benchmark. It keeps the labels that all calls have, so that the label `model`
  /// is there if one model answered all of them, and missing if there were several. A cost is kept
  /// only if each model has one: a sum never leaves a model out. Calls that failed are counted as
  /// `failed_requests` if another call succeeded; else the launch has failed.
  ///
  /// - Parameter areOneLaunch: True if all is of one launch; false for a file that tells launches
  ///   apart.
  package func summed(areOneLaunch: Bool = false) throws(InputError) -> ParsedResults {
    guard !areOneLaunch, series.contains(where: { $0.benchmark.launch != nil }) else {
      return counted(try renamed(\.withoutLaunch).launchSum())
    }
    var launches: [String] = []
    var parts: [String: [Series]] = [:]
    for series in series {
      let launch = series.benchmark.launch ?? ""
      if parts[launch] == nil { launches.append(launch) }
      parts[launch, default: []].append(series)
    }
    let failures = Dictionary(grouping: failures) { $0.benchmark?.launch ?? "" }
    var sums: [ParsedResults] = []
    for launch in launches {
      sums.append(
        try ParsedResults(series: parts[launch] ?? [], failures: failures[launch] ?? [])
          .renamed(\.withoutLaunch).launchSum())
    }
    let silent = failures.filter { parts[$0.key] == nil }.flatMap(\.value)
    sums.append(ParsedResults(failures: silent).renamed(\.withoutLaunch))
    let names = Dictionary(grouping: sums) { $0.series.first?.benchmark.name ?? "" }
    let all = names.keys.sorted().flatMap { names[$0, default: []].aligned() }.merged()
    return counted(
      ParsedResults(
        series: all.series, failures: all.failures, context: context,
        parseNotes: parseNotes + all.parseNotes))
  }

  /// Other results of the same file, with a summary of what they hold.
  private func counted(_ result: ParsedResults) -> ParsedResults {
    guard let summary = importSummaries.first else { return result }
    return result.with(
      ImportSummary(
        of: result, input: summary.input, format: summary.format, skipped: summary.skipped,
        metrics: summary.metrics))
  }

  /// The sum of one launch.
  private func launchSum() throws(InputError) -> ParsedResults {
    guard !series.isEmpty else { return self }
    let calls = Set(series.filter { Self.countsTokens($0) }.map(\.benchmark))
    let benchmark = Benchmark(summing: calls.isEmpty ? Set(series.map(\.benchmark)) : calls)
    var sums = try Dictionary(grouping: series, by: \.metric.name).values
      .filter { !Self.costs.contains($0[0].metric.name) || Self.isWhole($0, calls) }
      .map { (series) throws(InputError) in try summed(series, benchmark) }
    sums += try total(of: sums, benchmark).map { [$0] } ?? []
    var notes = parseNotes
    if !failures.isEmpty {
      sums.append(try failedRequests(benchmark, like: sums[0]))
      notes += failures.map(\.reason).distinct.map {
        ParseNote(.warning, "a request failed: \($0)")
      }
    }
    return ParsedResults(series: sums.inUsageOrder, context: context, parseNotes: notes)
  }

  private static let costs: Set = ["cost", ResultBuilder.reportedCost]
  private static let tokens = [
    "input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens",
  ]

  private static func countsTokens(_ series: Series) -> Bool { tokens.contains(series.metric.name) }

  /// True if costs leave no call out: there is one for every model, or one for the whole session.
  private static func isWhole(_ costs: [Series], _ calls: Set<Benchmark>) -> Bool {
    let known = Set(costs.map(\.benchmark))
    return calls.isSubset(of: known) || known.isDisjoint(with: calls)
  }

  private func summed(
    _ series: [Series], _ benchmark: Benchmark
  ) throws(InputError) -> Series {
    let sum = series.lazy.flatMap(\.rounds).flatMap(\.samples).reduce(0, +)
    return try Series(of: benchmark, series[0].metric, sum, source: series[0].source)
      .defined(by: series.lazy.compactMap(\.definition).joined)
  }

  /// The series `total_tokens`; nil if it is there already, or no tokens are.
  private func total(of sums: [Series], _ benchmark: Benchmark) throws(InputError) -> Series? {
    let parts = sums.filter { Self.countsTokens($0) }
    guard let first = parts.first, !sums.contains(where: { $0.metric.name == "total_tokens" })
    else { return nil }
    let sum = parts.reduce(0) { $0 + $1.rounds[0].samples[0] }
    return try Series(of: benchmark, Metric("total_tokens", .one), sum, source: first.source)
  }

  private func failedRequests(
    _ benchmark: Benchmark, like other: Series
  ) throws(InputError) -> Series {
    try Series(
      of: benchmark, Metric("failed_requests", .one), Double(failures.count), source: other.source)
  }
}

extension Benchmark {
  fileprivate var launch: String? { labels[Self.launchLabel] }

  fileprivate var withoutLaunch: Benchmark {
    launch == nil
      ? self : Benchmark(name: name, labels: labels.filter { $0.key != Self.launchLabel })
  }

  /// The benchmark of a launch that made calls of these ones, at least one.
  fileprivate init(summing calls: Set<Benchmark>) {
    let names = Set(calls.map(\.name))
    let common = calls.dropFirst().reduce(calls.first?.labels ?? [:]) { common, call in
      common.filter { call.labels[$0.key] == $0.value }
    }
    self.init(name: names.count == 1 ? names.first ?? "chat" : "chat", labels: common)
  }
}

extension Series {
  fileprivate init(
    of benchmark: Benchmark, _ metric: Metric, _ sum: Double, source: String
  ) throws(InputError) {
    guard let round = try? Round([sum]) else {
      throw InputError("the sum of '\(metric.name)' is too large for a number", input: source)
    }
    self.init(benchmark: benchmark, metric: metric, rounds: [round], source: source)
  }
}

extension ParsedResults {
  /// The results with the metrics of each benchmark together.
  func inUsageOrder() -> ParsedResults {
    ParsedResults(
      series: series.inUsageOrder, records: records, failures: failures, context: context,
      parseNotes: parseNotes, importSummaries: importSummaries)
  }
}

extension [Series] {
  /// The series of each benchmark in the order in which a reader expects the metrics of usage.
  var inUsageOrder: [Series] {
    sorted { a, b in
      guard a.benchmark == b.benchmark else { return a.benchmark < b.benchmark }
      let (first, second) = (Self.rank(of: a), Self.rank(of: b))
      return first == second ? a.metric.name < b.metric.name : first < second
    }
  }

  private static func rank(of series: Series) -> Int {
    usageMetrics.firstIndex(of: series.metric.name) ?? usageMetrics.count
  }

  private static var usageMetrics: [String] {
    [
      "success", "score", "wall_time", "requests", "failed_requests", "input_tokens",
      "cache_read_tokens", "cache_write_tokens",
      "output_tokens", "reasoning_tokens", "total_tokens", "cost", "reported_cost",
    ]
  }
}
