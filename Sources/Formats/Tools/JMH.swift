import Measurements

extension Format {
  /// JSON of JMH's option `-rf json`.
  ///
  /// Fixtures: JMH 1.18, 1.29 and 1.37. That of 1.18 is from `jmh-core/src/test/resources`
  /// of https://github.com/openjdk/jmh.
  package static let jmh = Format(
    name: "jmh", summary: "JSON of JMH, `-rf json`", carries: .rounds,
    recognizes: { looksLikeJMH($0) && !$0.mentions(swiftBenchmarkPrefix) }, read: readJMH)
}

/// The prefix of each name that package-benchmark writes, which uses the form of JMH, too. No Java
/// name can begin so, because `package` is a keyword.
let swiftBenchmarkPrefix = "package.benchmark."

/// True if the input has the form of JMH, whatever tool wrote it.
func looksLikeJMH(_ input: Input) -> Bool {
  input.outline?.has("[].benchmark", "[].mode", "[].primaryMetric.scoreUnit") ?? false
}

@Sendable
private func readJMH(_ input: Input) throws(InputError) -> ParsedResults {
  let entries = try input.jsonNode().elements()
  var reader = JMHReader(ResultBuilder(input, as: "jmh"))
  try reader.read(all: entries)
  return reader.builder.reading(context: entries.sharedLabels(contextKeys))
}

private let contextKeys = ["jdkVersion", "jmhVersion", "vmName", "vmVersion"]

extension [JSONNode] {
  /// The members that are equal in all entries.
  fileprivate func sharedLabels(_ keys: [String]) -> [String: String] {
    var shared = first?.labels(keys) ?? [:]
    for node in dropFirst() {
      let labels = node.labels(keys)
      shared = shared.filter { labels[$0.key] == $0.value }
    }
    return shared
  }
}

/// Reads one benchmark after another. Each fork is a process of its own, so it is a round.
private struct JMHReader: RowReader {
  var builder: ResultBuilder

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ entry: JSONNode) throws(InputError) {
    let mode = try JMHMode(entry.member("mode"))
    let benchmark = Benchmark(
      name: try entry.member("benchmark").string(), labels: try labels(of: entry, mode))
    guard try builder.isFirst(benchmark, at: entry.place) else { return }
    let primary = JMHMetric(try entry.member("primaryMetric"))
    if let field = try primary.firstNonFinite() {
      return builder.fail(benchmark, "\(field) is not a number")
    }
    try primary.checkSigns()
    try add(primary, to: benchmark, mode.metric, mode.better)
    for (name, node) in try entry["secondaryMetrics"]?.members() ?? [] {
      try read(JMHMetric(node), named: JMHName(name), of: benchmark)
    }
  }

  /// The labels of an entry. Another mode, or another number of threads, makes another benchmark.
  private func labels(of entry: JSONNode, _ mode: JMHMode) throws(InputError) -> [String: String] {
    var labels = try entry["params"]?.parameters() ?? [:]
    labels[labels["mode"] == nil ? "mode" : "jmh.mode"] = mode.rawValue
    if let threads = entry["threads"]?.label, threads != "1" {
      labels[labels["threads"] == nil ? "threads" : "jmh.threads"] = threads
    }
    return labels
  }

  private mutating func read(
    _ metric: JMHMetric, named name: JMHName, of benchmark: Benchmark
  ) throws(InputError) {
    if name.isPercentile {
      builder.skip("percentile of what is read as samples", at: metric.place)
    } else if try metric.firstNonFinite() != nil {
      builder.skip("secondary metric that is not a number", at: metric.place)
    } else {
      try add(metric, to: benchmark, name.metric, try metric.unit().better(of: name.metric))
    }
  }

  private mutating func add(
    _ metric: JMHMetric, to benchmark: Benchmark, _ name: String, _ better: DirectionSource?
  ) throws(InputError) {
    let unit = try metric.unit()
    let forks = try metric.forks()
    for fork in forks where !fork.samples.isEmpty {
      try builder.add(
        fork.samples.map(unit.scaled), to: benchmark, name, in: unit.symbol, better: better,
        at: fork.place)
    }
    let empty = forks.filter(\.samples.isEmpty)
    guard empty.count < forks.count else {
      let score = try metric.score()
      return try builder.add(
        [unit.scaled(score)], to: benchmark, name, in: unit.symbol, better: better,
        isSummary: true, at: metric.place)
    }
    for fork in empty { builder.skip("fork without values", at: fork.place) }
    for fork in forks where fork.total > fork.samples.count {
      builder.parseNote("\(fork.samples.count) of \(fork.total) samples are kept", at: fork.place)
    }
  }
}
