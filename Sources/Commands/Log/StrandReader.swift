import CommandLine
import History
import Measurements
import Trends
import Verdicts

/// Reads the series that a question is about.
struct StrandReader {
  private let scope: LogScope
  /// The series that fit all filters, as places in the list of the index.
  let series: [Int]

  /// Creates a reader of certain series, whatever the filters are.
  init(_ scope: LogScope, series: [Int]) {
    self.scope = scope
    self.series = series
  }

  /// - Parameters:
  ///   - patterns: Patterns of benchmarks, besides those of the options.
  ///   - typedMetrics: The metrics in place of those of the options; nil for these.
  /// - Throws: ``UsageError`` with a near miss for a name that no series has.
  init(
    _ scope: LogScope, _ call: CommandContext<LogSettings>, patterns: [String],
    metrics typedMetrics: [String]? = nil
  ) throws(UsageError) {
    self.scope = scope
    let all = scope.index.series
    let names = Set(all.map(\.benchmark.name))
    let typed = call.settings.benchmarks + patterns
    let wanted = typed.map { Pattern(typed: $0, among: names) }
    for pattern in wanted where !names.contains(where: pattern.matches) {
      throw UsageError(
        "no benchmark '\(pattern.text)' was ever recorded",
        hint: Suggestion.hint(for: pattern.text, among: names.sorted())
          ?? "`perf-log show HEAD` lists them")
    }
    let metricNames = Set(all.map(\.metric.name))
    let metrics = (typedMetrics ?? call.settings.metrics).map {
      Pattern(typed: $0, among: metricNames)
    }
    for pattern in metrics where !metricNames.contains(where: pattern.matches) {
      throw UsageError(
        "no metric '\(pattern.text)' was ever recorded",
        hint: Suggestion.hint(for: pattern.text, among: metricNames.sorted()))
    }
    let labels = Set(all.flatMap { $0.benchmark.labels.keys })
    let named = call.settings.labels.map(\.name) + call.settings.groupings.compactMap(\.labelName)
    for name in named where !labels.contains(name) {
      throw UsageError(
        "no series has a label '\(name)'", hint: Suggestion.hint(for: name, among: labels.sorted()))
    }
    let filters = call.settings.labels
    series = all.indices.filter { place in
      let (benchmark, metric) = all[place]
      return (wanted.isEmpty || wanted.contains { $0.matches(benchmark.name) })
        && (metrics.isEmpty || metrics.contains { $0.matches(metric.name) })
        && filters.allSatisfy { benchmark.labels[$0.name] == $0.value }
    }
    try call.settings.conditions.check(against: Set(series.map { all[$0].metric.unit }))
  }

  /// The strands of one series, those of each suite and machine apart, in the order of their names.
  func strands(of place: Int) throws -> [Strand] {
    let values = try scope.index.values(of: place, where: scope.isWanted)
    guard !values.entries.isEmpty else { return [] }
    let kind = MetricKind(values.metric, values: values.rounds)
    let first = scope.homes[values.entries[0].run]
    let isOfOne = values.entries.allSatisfy { scope.homes[$0.run] == first }
    let homes = isOfOne ? [first] : Set(values.entries.map { scope.homes[$0.run] }).sorted()
    return homes.map { home in
      Strand(
        values: homes.count == 1 ? values : values.keeping { scope.homes[$0] == home ? $0 : nil },
        suite: scope.homeNames[home].suite, machine: scope.homeNames[home].machine, kind: kind)
    }
  }

  func strands() throws -> [Strand] { try series.flatMap(strands) }
}

extension Grouping {
  /// The label that is named; nil for another grouping.
  var labelName: String? { if case .label(let name) = self { name } else { nil } }
}
