import CommandLine
import History
import Measurements
import Reports
import Trends

extension LogSession {
  /// `perf-log rank`: groups in the order of one metric.
  func rankAnswer() throws -> Answer {
    try checkRuns()
    guard settings.groupings.contains(where: { !$0.isAxis }),
      !settings.groupings.contains(where: \.isAxis)
    else {
      throw UsageError(
        "rank needs to know what of", hint: "such as `--by benchmark` or `--by label:agent`")
    }
    if let score = try score() { return try scoreAnswer(score) }
    let reader = try StrandReader(scope, call, patterns: question.patterns)
    let metrics = Set(reader.series.map { scope.index.series[$0].metric.name }).sorted()
    guard metrics.count < 2 else {
      throw UsageError(
        "rank is by one metric, and there are \(metrics.count)",
        hint:
          "name it with `--metric`: \(metrics.prefix(8).map { $0.visible(limit: 40) }.joined(separator: ", "))"
      )
    }
    let groups = try groups(reader)
    let units = Set(groups.map(\.metric.unit.symbol)).sorted()
    guard units.count < 2 else {
      throw UsageError(
        "the metric is in \(units.joined(separator: " and in ").visible())",
        hint: "narrow with `--since` or `--benchmark` to one unit")
    }
    let axis = Axis.single(of: scope.index.runs.indices.map(scope.isWanted))
    let ranked = try RankedStrands(groups, axis, self)
    let order = RankedGroups(
      ranked.figures.map(\.figure), better: groups.first?.metric.better ?? .lower)
    let rows = order.groups.map { RankRow($0, ranked) }.filter { row in
      row.figures.fulfil(settings.conditions)
    }.firstAndLast(settings.top, settings.bottom)
    return try answer(
      tables: [RankRow.table(rows)], rows: rows.map(\.json),
      notices: ranked.isOfRatios
        ? ["each value is the median of ratios to the median of a benchmark over all groups"] : [])
  }
}

/// The figures of groups that are ranked.
struct RankedStrands {
  let figures: [(group: StrandGroup, figure: RankedGroups.Figure)]
  let isOfRatios: Bool
  let names: [String]

  /// Numbers that can be compared with each other.
  private struct Home: Hashable {
    let benchmark: Benchmark
    let suite: String
    let machine: String?
  }

  /// - Throws: ``UsageError`` for groups of different benchmarks that have none in common.
  init(_ groups: [StrandGroup], _ axis: Axis, _ session: LogSession) throws(UsageError) {
    let all = groups.flatMap(\.strands)
    let kind = all.isEmpty ? MetricKind.size : all.joinedKind
    let isOfSizes = kind == .size
    let comparesMachines = session.settings.groupings.contains(.machine)
    func home(_ strand: Strand) -> Home {
      Home(
        benchmark: session.subject(of: strand), suite: strand.suite,
        machine: comparesMachines ? nil : strand.machine)
    }
    let isJoined = groups.contains { Set($0.strands.map(home)).count > 1 }
    let isOfRatios = isOfSizes && isJoined
    self.isOfRatios = isOfRatios
    var references: [Home: Double] = [:]
    if isOfRatios {
      // A ratio says something of a group only where another group has the same benchmark.
      let holders = groups.map { Set($0.strands.map(home)) }
      for (home, strands) in Dictionary(grouping: all, by: home)
      where groups.count < 2 || holders.count(where: { $0.contains(home) }) > 1 {
        references[home] =
          RankedGroups.Figure(strands, kind, on: axis, reference: { _ in 1 })?.value
      }
      guard !references.isEmpty else {
        throw UsageError(
          "the groups have no benchmark in common by which to compare \(all[0].metric.name.visible())",
          hint: "narrow with `--benchmark` or `--label`, or add `--by label:<name>`")
      }
    }
    figures = groups.compactMap { group in
      RankedGroups.Figure(
        group.strands, kind, on: axis, reference: { isOfRatios ? references[home($0)] : 1 }
      ).map { (group, $0) }
    }
    names = figures.map(\.group.name)
  }
}

/// A line of `perf-log rank`.
private struct RankRow {
  private let ranked: RankedGroups.Group
  private let group: StrandGroup
  private let unit: Unit
  private let tied: [String]

  init(_ ranked: RankedGroups.Group, _ all: RankedStrands) {
    self.ranked = ranked
    group = all.figures[ranked.index].group
    unit = all.isOfRatios ? .one : group.metric.unit
    tied = ranked.tied.map { all.names[$0] }
  }

  var figures: RowFigures {
    var figures = RowFigures()
    figures.unit = unit
    figures.values = [.median: ranked.value, .n: Double(ranked.n)]
    if group.strands.joinedKind == .rate { figures.values[.success] = ranked.value }
    if unit == .dollars { figures.values[.cost] = ranked.value }
    return figures
  }

  private func text(_ value: Double) -> String {
    group.strands.joinedKind == .rate
      ? percentage(value) : Scale(unit, for: [ranked.value]).text(value)
  }

  static func table(_ rows: [RankRow]) -> AnswerTable {
    AnswerTable(
      columns: [
        .init("place", right: true), .init("group", flexible: true), .init("value", right: true),
        .init("95 % interval"), .init("n", right: true), .init("tied with", flexible: true),
      ],
      rows: rows.map { row in
        [
          .count(row.ranked.place), .name(row.group.name),
          .number(row.text(row.ranked.value), row.ranked.value),
          .words(
            row.ranked.interval.map { "\(row.text($0.lowerBound)) to \(row.text($0.upperBound))" }
              ?? "unknown: fewer than 6"),
          .count(row.ranked.n), .name(row.tiedNames),
        ]
      }, emptiness: "no numbers")
  }

  private var tiedNames: String {
    let shown = tied.prefix(4).joined(separator: ", ")
    return tied.count > 4 ? "\(shown) and \(tied.count - 4) more" : shown
  }

  var json: JSONValue {
    .object([
      "place": .integer(Int64(ranked.place)), "tiedWith": .array(tied.map(JSONValue.string)),
      "group": group.json, "metric": .string(group.metric.name), "unit": .string(unit.symbol),
      "value": .number(ranked.value), "interval": .interval(ranked.interval),
      "n": .integer(Int64(ranked.n)), "score": .null,
    ])
  }
}
