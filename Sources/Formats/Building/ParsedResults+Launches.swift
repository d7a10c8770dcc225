package import Measurements

extension ParsedResults {
  /// The results of a format that knows no benchmarks, under the name of what was launched.
  ///
  /// The labels of the tool stay. Where the tool tells several things apart by name, that name
  /// becomes a label: `command` for a tool that measures commands, `operation` for calls of a model
  /// other than `chat`.
  ///
  /// - Parameters:
  ///   - name: The name; nil to keep that of the format.
  ///   - given: Labels of what was launched.
  ///   - areSummed: True if the calls of models are summed, so that nothing is to be told apart.
  package func named(
    _ name: String?, _ given: [String: String], _ subject: Format.Subject, areSummed: Bool
  ) -> ParsedResults {
    guard name != nil || !given.isEmpty else { return self }
    let names = Set(series.map(\.benchmark.name) + failures.compactMap(\.benchmark?.name))
    return renamed { old in
      var labels = old.labels
      switch subject {
      case _ where name == nil: break
      case .command where names.count > 1: labels["command"] = old.name
      case .modelCalls where old.name != "chat" && !areSummed: labels["operation"] = old.name
      default: break
      }
      return Benchmark(name: name ?? old.name, labels: labels.merging(given) { $1 })
    }
  }

  /// The results with other benchmarks.
  func renamed(_ rename: (Benchmark) -> Benchmark) -> ParsedResults {
    ParsedResults(
      series: series.map { $0.of(rename($0.benchmark)) }, records: records,
      failures: failures.map { Failure($0.benchmark.map(rename), reason: $0.reason) },
      context: context, parseNotes: parseNotes, importSummaries: importSummaries)
  }

  /// True if tokens of several models are counted.
  package var hasSeveralModels: Bool {
    let models = series.lazy.filter { $0.metric.name == "input_tokens" }
      .map { $0.benchmark.labels["model"] }
    return Set(models).count > 1
  }

  /// The results without some metrics, which are measured otherwise.
  package func without(metrics: Set<String>) -> ParsedResults {
    ParsedResults(
      series: series.filter { !metrics.contains($0.metric.name) }, records: records,
      failures: failures, context: context, parseNotes: parseNotes,
      importSummaries: importSummaries)
  }
}

extension Collection<ParsedResults> {
  /// The results of several launches of one task, all of which get the labels that all launches
  /// have: a label `model` stays if the same model answered each time.
  package func aligned() -> [ParsedResults] {
    let benchmarks = Set(flatMap(\.series).map(\.benchmark))
    let common = benchmarks.dropFirst().reduce(benchmarks.first?.labels ?? [:]) { common, other in
      common.filter { other.labels[$0.key] == $0.value }
    }
    return map { $0.renamed { Benchmark(name: $0.name, labels: common) } }.zeroFilled()
  }

  /// The results with zeros where one launch of a benchmark counted something, such as tokens from
  /// a cache, and another one tells nothing of it. So each launch is a round of each of its metrics.
  package func zeroFilled() -> [ParsedResults] {
    let counted = flatMap(\.series).filter { Self.zeroIfSilent.contains($0.metric.name) }
    let byID = Dictionary(
      counted.map { ($0.id, $0.metric) }, uniquingKeysWith: { first, _ in first })
    let metrics = Dictionary(grouping: byID, by: \.key.benchmark).mapValues { $0.map(\.value) }
    guard !metrics.isEmpty else { return Array(self) }
    return map { reading in
      let known = Set(reading.series.map(\.id))
      let zeros = reading.series.filter { $0.metric.name == "input_tokens" }.flatMap { series in
        metrics[series.benchmark, default: []].filter {
          !known.contains(Series.ID(benchmark: series.benchmark, metric: $0.name))
        }.compactMap { series.zeros(of: $0) }
      }
      return zeros.isEmpty ? reading : reading.adding(zeros)
    }
  }

  private static var zeroIfSilent: Set<String> {
    [
      "cache_read_tokens", "cache_write_tokens", "reasoning_tokens", "failed_requests",
      "tool_calls",
    ]
  }
}

extension ParsedResults {
  /// The results with further series, in the order of usage.
  package func adding(_ more: [Series]) -> ParsedResults {
    ParsedResults(
      series: (series + more).inUsageOrder, records: records, failures: failures, context: context,
      parseNotes: parseNotes, importSummaries: importSummaries)
  }
}

extension Series {
  /// A series of another metric that has a zero for each sample of this one.
  fileprivate func zeros(of metric: Metric) -> Series? {
    let rounds = rounds.compactMap { try? Round($0.samples.map { _ in 0 }) }
    return Series(benchmark: benchmark, metric: metric, rounds: rounds, source: source)
  }
}
