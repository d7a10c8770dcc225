import CommandLine
import Git
import History
import Measurements
import Reports
import Trends

extension LogSession {
  /// `perf-log trend`: the way of each series over commits or periods.
  func trendAnswer() throws -> Answer {
    try checkRuns()
    let reader = try StrandReader(scope, call, patterns: question.patterns)
    let axis = try self.axis()
    let trends = try trends(reader, axis).filter { !$0.trend.points.isEmpty }
    var kept: [NamedTrend] = []
    for trend in trends where trend.figures.fulfil(settings.conditions) { kept.append(trend) }
    kept = kept.firstAndLast(settings.top, settings.bottom)
    let isOfMachines = Set(kept.map(\.machine)).count > 1
    let isOfSuites = Set(kept.map(\.suite)).count > 1
    let rows = kept.map { trend -> [AnswerTable.Cell] in
      [.name(trend.name)] + (isOfSuites ? [.name(trend.suite ?? "")] : [])
        + (isOfMachines ? [.name(trend.machine ?? "")] : []) + trend.cells(on: axis)
    }
    let columns: [AnswerTable.Column] =
      [.init("benchmark", flexible: true)] + (isOfSuites ? [.init("suite")] : [])
      + (isOfMachines ? [.init("machine")] : [])
      + [
        .init("metric"), .init("points", right: true, optional: true), .init("first", right: true),
        .init("last", right: true), .init("change", right: true),
        .init(axis.words, flexible: true),
      ]
    let table = AnswerTable(columns: columns, rows: rows, emptiness: "no numbers")
    let isOfSeries = kept.contains { $0.benchmark != nil }
    let events = isOfSeries ? TrendEvents(try changeHistory(axis.grouping)) : nil
    let details =
      kept.count == 1 ? [kept[0].table(on: axis, events, try releases(on: axis), self)] : []
    return try answer(
      tables: [table] + details, rows: kept.map { $0.json(on: axis, events) },
      notices: axis.notices)
  }

  /// The axis that `--by` names: commits unless it is a period.
  func axis() throws -> LogAxis {
    let axes = settings.groupings.filter(\.isAxis)
    guard axes.count < 2 else {
      throw UsageError(
        "--by \(axes[0]) and --by \(axes[1]) exclude each other", hint: "name one of them")
    }
    return try LogAxis(
      axes.first ?? .commit, scope, last: settings.last ?? question.verb.last, skip: settings.skip)
  }

  /// The names of the tags of each commit of an axis.
  private func releases(on axis: LogAxis) throws -> [CompactID: [String]] {
    guard !axis.isOfTime else { return [:] }
    let commits = Set(axis.places.compactMap(\.commit))
    var names: [CompactID: [String]] = [:]
    for tag in try workspace.repository.tags(named: { _ in true }) {
      guard let id = CompactID(tag.commit.id.description), commits.contains(id) else { continue }
      names[id, default: []].append(tag.name)
    }
    return names.mapValues { $0.sorted() }
  }

  /// The strands, or where a label is named the strands of each of its values joined.
  private func trends(_ reader: StrandReader, _ axis: LogAxis) throws -> [NamedTrend] {
    let others = settings.groupings.filter { !$0.isAxis }
    guard !others.isEmpty else {
      return try reader.strands().map { NamedTrend($0, on: axis) }
    }
    return try GroupKeys(others, self).groups(of: reader.strands()).map {
      NamedTrend($0.key, $0.strands, on: axis)
    }
  }
}

/// A trend with the name of what it is of.
private struct NamedTrend {
  let name: String
  let benchmark: Benchmark?
  let metric: Metric
  let suite: String?
  let machine: String?
  let trend: JointTrend
  private let group: JSONValue
  private let values: [Double?]
  private let isOfOutcomes: Bool

  init(_ strand: Strand, on axis: LogAxis) {
    self.init(
      name: strand.benchmark.description, benchmark: strand.benchmark, metric: strand.metric,
      suite: strand.suite, machine: strand.machine, group: .null, [strand], axis)
  }

  init(_ key: GroupKeys.Key, _ strands: [Strand], on axis: LogAxis) {
    self.init(
      name: key.description, benchmark: nil, metric: strands[0].metric, suite: nil, machine: nil,
      group: key.json, strands, axis)
  }

  private init(
    name: String, benchmark: Benchmark?, metric: Metric, suite: String?, machine: String?,
    group: JSONValue, _ strands: [Strand], _ axis: LogAxis
  ) {
    self.name = name
    self.benchmark = benchmark
    self.metric = metric
    self.suite = suite
    self.machine = machine
    self.group = group
    isOfOutcomes = strands.joinedKind == .rate
    trend = JointTrend(strands, on: axis.axis, addsUp: axis.isOfTime)
    var values = [Double?](repeating: nil, count: axis.axis.count)
    for point in trend.points { values[point.place] = point.value }
    self.values = values
  }

  private var first: Double? { trend.points.first?.value }
  private var last: Double? { trend.points.last?.value }
  private var change: Double? {
    guard let first, let last, first != 0, trend.points.count > 1 else { return nil }
    return last / first - 1
  }

  var figures: RowFigures {
    var figures = RowFigures()
    figures.unit = trend.unit
    figures.values[.median] = last
    figures.values[.min] = trend.points.map(\.value).min()
    figures.values[.max] = trend.points.map(\.value).max()
    figures.values[.n] = Double(trend.points.reduce(0) { $0 + $1.n })
    figures.values[.change] = change
    if isOfOutcomes { figures.values[.success] = last }
    if trend.unit == .dollars { figures.values[.cost] = last }
    return figures
  }

  private var scale: Scale { Scale(trend.unit, for: [first, last].compactMap(\.self)) }

  func cells(on axis: LogAxis) -> [AnswerTable.Cell] {
    [
      .name(metric.name + (trend.isOfRatios ? ", ratio" : "")), .count(trend.points.count),
      .value(first, scale), .value(last, scale),
      change.map { .number(signedPercentage($0), $0) } ?? .empty,
      // From the first point on; a gap between two points is a space.
      .picture(Array(values.drop { $0 == nil })),
    ]
  }

  /// A line for each point, the newest first.
  ///
  /// - Parameters:
  ///   - events: The events of the branch; nil for a trend of several series.
  ///   - releases: The names of the tags of commits.
  func table(
    on axis: LogAxis, _ events: TrendEvents?, _ releases: [CompactID: [String]],
    _ session: LogSession
  ) -> AnswerTable {
    var before: [Int: Double] = [:]
    for (one, next) in zip(trend.points, trend.points.dropFirst()) {
      before[next.place] = one.value
    }
    let rows = trend.points.reversed().map { point -> [AnswerTable.Cell] in
      let place = axis.places[point.place]
      let change = before[point.place].flatMap { $0 == 0 ? nil : point.value / $0 - 1 }
      let range = point.interval.map {
        "\(scale.text($0.lowerBound)) to \(scale.text($0.upperBound))"
      }
      return [
        .words(place.commit?.short ?? place.name),
        place.commit == nil ? .empty : .words(LogAxis.day(place.time)), .count(point.n),
        .value(point.value, scale), .words(range ?? ""),
        change.map { .number(signedPercentage($0), $0) } ?? .empty,
        .words(
          ([
            events?.event(of: self, at: place.name).map {
              "\($0.isWorse ? "worse" : "better"), \($0.id)"
            }
          ]
            + (place.commit.flatMap { releases[$0] } ?? []).map { $0.visible(limit: 40) }
            + [point.isThinned ? "summarized" : nil]).compactMap(\.self).joined(separator: "; ")),
        .name(session.subject(of: place.commit) ?? ""),
      ]
    }
    return AnswerTable(
      columns: [
        .init(axis.isOfTime ? "period" : "commit"), .init("recorded"), .init("rounds", right: true),
        .init(trend.isOfRatios ? "ratio" : "value", right: true), .init("95 % interval"),
        .init("change", right: true), .init("remarks"), .init("subject", flexible: true),
      ], rows: rows)
  }

  func json(on axis: LogAxis, _ events: TrendEvents?) -> JSONValue {
    var points: [Int: TrendPoint] = [:]
    for point in trend.points { points[point.place] = point }
    let all = axis.places.indices.map { place -> JSONValue in
      let (named, point) = (axis.places[place], points[place])
      return .object([
        axis.isOfTime ? "period" : "commit": .string(named.name), "time": .time(named.time),
        "n": .integer(Int64(point?.n ?? 0)), "median": .optional(point?.value),
        "low": .optional(point?.interval?.lowerBound),
        "high": .optional(point?.interval?.upperBound),
        "summarized": .bool(point?.isThinned ?? false),
        "event": point == nil ? .null : .text(events?.event(of: self, at: named.name)?.id),
      ])
    }
    return .object([
      "benchmark": .text(benchmark?.name), "labels": benchmark.map { .strings($0.labels) } ?? .null,
      "group": group, "metric": .string(metric.name), "unit": .string(trend.unit.symbol),
      "better": .string(metric.better.rawValue), "suite": .text(suite), "machine": .text(machine),
      "ratio": .bool(trend.isOfRatios), "points": .array(all),
    ])
  }
}

/// The events at the places of series.
private struct TrendEvents {
  private struct Key: Hashable {
    let series: Series.ID
    let suite: String?
    let machine: String?
    let place: String
  }

  private var events: [Key: ChangeEvent] = [:]

  init(_ history: ChangeHistory) {
    for event in history.events.all where event.kind != .creep {
      for change in event.changes {
        let key = Key(
          series: change.series.id, suite: change.series.suite, machine: change.series.machine,
          place: history.axis.places[change.first].name)
        events[key] = event
      }
    }
  }

  func event(of trend: NamedTrend, at place: String) -> ChangeEvent? {
    trend.benchmark.flatMap { benchmark in
      events[
        Key(
          series: Series.ID(benchmark: benchmark, metric: trend.metric.name), suite: trend.suite,
          machine: trend.machine, place: place)]
    }
  }
}

extension LogAxis {
  /// The title of the pictures.
  var words: String {
    guard let first = places.first, let last = places.last else { return "" }
    func short(_ place: Place) -> String { place.commit?.short ?? place.name }
    return first.name == last.name ? short(first) : "\(short(first)) to \(short(last))"
  }

  var notices: [String] {
    withoutPlace == 0
      ? []
      : [
        "\(LogScope.runs(withoutPlace)) \(withoutPlace == 1 ? "has" : "have") no place in time: "
          + "recorded in the future, or without a time"
      ]
  }
}

/// A change as a percentage with its sign: `+20.2 %`.
func signedPercentage(_ change: Double) -> String { (change > 0 ? "+" : "") + percentage(change) }

extension Array {
  /// The first and the last elements, as `--top` and `--bottom` say; all without them.
  func firstAndLast(_ top: Int?, _ bottom: Int?) -> [Element] {
    guard top != nil || bottom != nil else { return self }
    let (top, bottom) = (Swift.min(top ?? 0, count), Swift.min(bottom ?? 0, count))
    guard top + bottom < count else { return self }
    return Array(prefix(top) + suffix(bottom))
  }
}
