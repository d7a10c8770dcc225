import Measurements
import Verdicts

extension Rendering {
  package static let openMetrics = Rendering(
    name: "openmetrics", summary: "gauges for Prometheus and GitLab's metrics reports"
  ) { report, _ in OpenMetrics(report).text }
}

/// The report in OpenMetrics 1.0 as gauges: the numbers of the comparison with the baseline, and
/// the gate's decisions about them.
///
/// https://prometheus.io/docs/specs/om/open_metrics_spec/
private struct OpenMetrics {
  private let parts: [(labels: MetricLabels, report: SuiteReport)]
  private let series: [(labels: MetricLabels, seriesResult: SeriesResult)]
  private let budgets: [(labels: MetricLabels, state: BudgetRuling.State.Kind)]

  init(_ report: Report) {
    var suites = FreeNames(numberedBy: "_")
    var names: [String: String] = [:]
    for part in report.parts where names[part.suite] == nil {
      names[part.suite] = suites.take(part.suite.labelText)
    }
    // The machine is named only if a suite was measured on several, so that the series of a single
    // one keep their names.
    parts = report.parts.map { part in
      let labels: MetricLabels = ["suite": names[part.suite] ?? ""]
      let alike = report.parts.count { $0.suite == part.suite }
      return (
        alike > 1 ? labels.with("machine", (part.machine?.key ?? "").labelText) : labels, part
      )
    }
    let seriesResults = report.parts.flatMap(\.familyResult.seriesResults)
    let rulings = report.parts.flatMap(\.decision.budgets)
    let ids = SeriesNames(of: seriesResults.map(\.id) + rulings.map(\.id))
    func labels(_ id: Series.ID, _ part: MetricLabels) -> MetricLabels {
      part.with("benchmark", ids[id.benchmark]).with("metric", ids[metric: id.metric])
    }
    series = parts.flatMap { part in
      part.report.familyResult.seriesResults.map { (labels($0.id, part.labels), $0) }
    }
    budgets = parts.flatMap { part in
      part.report.decision.budgets.map {
        (labels($0.id, part.labels).with($0.budget.figure), $0.state.kind)
      }
    }
  }

  var text: String { (verdicts + changes + medians).map(\.text).joined() + "# EOF\n" }

  private var verdicts: [MetricFamily] {
    let statuses = parts.compactMap { part in
      part.report.outcome.map { MetricSample(part.labels, Double($0.status)) }
    }
    return [
      MetricFamily(
        "perf_gate_status", "Exit status of the gate.", statuses),
      MetricFamily(
        "perf_verdict", "1 for the verdict on a series.",
        series.map {
          MetricSample($0.labels.with("verdict", $0.seriesResult.verdict.kind.rawValue), 1)
        }),
      MetricFamily(
        "perf_budget", "1 for what a series makes of its budget.",
        budgets.map { MetricSample($0.labels.with("state", $0.state.rawValue), 1) }),
    ]
  }

  private var changes: [MetricFamily] {
    [
      MetricFamily(
        "perf_change_ratio", unit: "ratio", "Head against base, less 1.",
        series.compactMap { labels, seriesResult in
          seriesResult.comparison?.effect.change.map { MetricSample(labels, $0) }
        }),
      MetricFamily(
        "perf_change_interval_ratio", unit: "ratio", "Ends of the interval of the change.",
        series.flatMap { labels, seriesResult in
          Self.ends(of: seriesResult.comparison?.effect.interval, labels)
        }),
      MetricFamily(
        "perf_p_value", "Of the test, corrected over all series.",
        series.compactMap { labels, seriesResult in
          seriesResult.significance.map { MetricSample(labels, $0.p) }
        }),
    ]
  }

  private static func ends(
    of interval: ClosedRange<Double>?, _ labels: MetricLabels
  ) -> [MetricSample] {
    guard let interval else { return [] }
    return [
      MetricSample(labels.with("end", "lower"), interval.lowerBound),
      MetricSample(labels.with("end", "upper"), interval.upperBound),
    ]
  }

  /// The medians: a family for each unit, because the unit is a part of its name.
  private var medians: [MetricFamily] {
    let groups = Dictionary(grouping: series) { BaseUnit($0.seriesResult.metric.unit) }
    let known = BaseUnit.allCases.map { unit in
      MetricFamily(
        "perf_median_\(unit.rawValue)", unit: unit.rawValue, "Median of a side.",
        (groups[unit] ?? []).flatMap { Self.medians($0.seriesResult, $0.labels, in: unit.size) })
    }
    let others = (groups[nil] ?? []).flatMap { labels, seriesResult in
      Self.medians(
        seriesResult, labels.with("unit", seriesResult.metric.unit.symbol.labelText), in: 1)
    }
    return known + [MetricFamily("perf_median", "Median of a side, in its own unit.", others)]
  }

  private static func medians(
    _ seriesResult: SeriesResult, _ labels: MetricLabels, in size: Double
  ) -> [MetricSample] {
    guard let comparison = seriesResult.comparison else { return [] }
    return [
      MetricSample(labels.with("side", "base"), comparison.old.median / size),
      MetricSample(labels.with("side", "head"), comparison.new.median / size),
    ]
  }
}

/// A unit that OpenMetrics has a name for.
private enum BaseUnit: String, CaseIterable {
  case seconds, bytes
  case bytesPerSecond = "bytes_per_second"

  init?(_ unit: Unit) {
    switch unit {
    case .nanoseconds: self = .seconds
    case .bytes: self = .bytes
    case .bytesPerSecond: self = .bytesPerSecond
    default: return nil
    }
  }

  /// The number of stored units that make one of these.
  var size: Double { self == .seconds ? 1e9 : 1 }
}

/// The names of benchmarks and metrics in labels, no two alike: the same labels twice are an error.
private struct SeriesNames {
  private var benchmarks: [Benchmark: String] = [:]
  private var metrics: [String: String] = [:]

  init(of ids: [Series.ID]) {
    var (benchmarkNames, metricNames) = (FreeNames(numberedBy: "_"), FreeNames(numberedBy: "_"))
    for id in ids {
      if benchmarks[id.benchmark] == nil {
        benchmarks[id.benchmark] = benchmarkNames.take(id.benchmark.description.labelText)
      }
      if metrics[id.metric] == nil { metrics[id.metric] = metricNames.take(id.metric.labelText) }
    }
  }

  subscript(benchmark: Benchmark) -> String { benchmarks[benchmark] ?? "" }
  subscript(metric metric: String) -> String { metrics[metric] ?? "" }
}

extension String {
  /// The text on one line, and without the characters that GitLab takes for the beginning of a
  /// comment, wherever they stand.
  fileprivate var labelText: String {
    visible(limit: Rendering.longest).escaping { $0 == "#" ? #"\u{23}"# : nil }
  }
}

extension MetricLabels {
  /// Returns the labels with the figure that a budget limits. A plain budget has no such label, so
  /// that its series keep their names.
  fileprivate func with(_ figure: Budget.Figure) -> MetricLabels {
    let words = [figure.percentile.map { "p\($0)" }, figure.isWarning ? "warning" : nil]
      .compactMap(\.self)
    return words.isEmpty ? self : with("budget", words.joined(separator: " "))
  }
}
