import CommandLine
import History
import Measurements
import Reports
import Trends

extension LogSession {
  /// `perf-log stats`: the figures of each group.
  func statsAnswer() throws -> Answer {
    try checkRuns()
    let reader = try StrandReader(scope, call, patterns: question.patterns)
    let isTimed = settings.groupings.contains(where: \.isAxis)
    let axis = isTimed ? try self.axis() : nil
    let wanted = scope.index.runs.indices.map(scope.isWanted)
    let places = try axis?.axis ?? windowed(wanted)
    let counted = try countedValues()
    var rows: [StatsRow] = []
    var names = StrandNames()
    try forEachGroup(reader, &names) { group in
      try check(group)
      for (place, values) in CollectedValues.of(group.strands, on: places, counting: counted) {
        guard let summary = ValueSummary(values.values, isThinned: values.isThinned) else {
          continue
        }
        let row = StatsRow(
          group: group.withoutValues, place: axis?.places[place], summary: summary,
          values: values, classes: classes(of: values.values, group.metric),
          percentiles: settings.percentiles)
        if row.figures.fulfil(settings.conditions) { rows.append(row) }
      }
    }
    rows = rows.firstAndLast(settings.top, settings.bottom)
    for index in rows.indices { rows[index].group.name(by: names) }
    return try answer(
      tables: [StatsRow.table(rows, isTimed: isTimed, percentiles: settings.percentiles)],
      rows: rows.map { $0.json(runs) }, notices: axis?.notices ?? [])
  }

  /// The axis of one place for the newest commits that `--last` and `--skip` leave.
  private func windowed(_ wanted: [Bool]) throws -> Axis {
    guard settings.last != nil || settings.skip > 0 else { return .single(of: wanted) }
    let commits = try LogAxis(.commit, scope, last: settings.last, skip: settings.skip)
    return .single(of: commits.axis.places.map { $0 != nil })
  }

  private func countedValues() throws -> CountedValues {
    switch settings.counted {
    case .rounds: .rounds
    case .samples: .samples
    case .commits: .places(try LogAxis(.commit, scope, last: nil, skip: 0).axis)
    }
  }

  /// The strands by `--by`; without it each is a group of its own.
  func groups(_ reader: StrandReader) throws -> [StrandGroup] {
    var groups: [StrandGroup] = []
    var names = StrandNames()
    try forEachGroup(reader, &names) { groups.append($0) }
    for index in groups.indices { groups[index].name(by: names) }
    return groups
  }

  /// Calls a body with each group, in their order. Without `--by` the numbers of one group at a time
  /// are in memory.
  ///
  /// - Parameter names: Learns the names of strands that are groups of their own; they are known
  ///   after the last.
  private func forEachGroup(
    _ reader: StrandReader, _ names: inout StrandNames, _ body: (StrandGroup) throws -> Void
  ) throws {
    let others = settings.groupings.filter { !$0.isAxis }
    guard others.isEmpty else {
      for (key, strands) in try GroupKeys(others, self).groups(of: reader.strands()) {
        try body(StrandGroup(name: key.description, json: key.json, strands: strands))
      }
      return
    }
    for place in reader.series {
      for strand in try reader.strands(of: place) {
        names.note(strand)
        try body(StrandGroup(name: nil, json: strand.json, strands: [strand]))
      }
    }
  }

  /// The benchmark of a strand without the labels that `--by` names: what the groups have in common.
  func subject(of strand: Strand) -> Benchmark {
    let named = Set(settings.groupings.compactMap(\.labelName))
    let labels = strand.benchmark.labels.filter { !named.contains($0.key) }
    return Benchmark(name: strand.benchmark.name, labels: labels)
  }

  /// Refuses to join what cannot be joined.
  private func check(_ group: StrandGroup) throws(UsageError) {
    guard group.strands.joinedKind == .size else { return }
    let benchmarks = Set(group.strands.map(subject)).sorted()
    guard benchmarks.count < 2 else {
      let label =
        benchmarks[0].name == benchmarks[1].name
        ? benchmarks[0].labels.keys.sorted().first {
          benchmarks[0].labels[$0] != benchmarks[1].labels[$0]
        }
        : nil
      throw UsageError(
        "'\(group.name.visible())' would join \(group.strands[0].metric.name.visible()) of "
          + "\(benchmarks.count) benchmarks, such as \(benchmarks[0].description.visible()) and "
          + "\(benchmarks[1].description.visible())",
        hint:
          "keep them apart with `--by \(label.map { "label:\($0)" } ?? "benchmark")`, or narrow with "
          + "`--benchmark <pattern>`")
    }
    guard Set(group.strands.map(\.suite)).count < 2 else {
      throw UsageError(
        "'\(group.name.visible())' would join \(group.strands[0].metric.name.visible()) of several "
          + "suites", hint: "name one with `--suite`")
    }
    guard Set(group.strands.map(\.machine)).count < 2 else {
      throw UsageError(
        "'\(group.name.visible())' would join \(group.strands[0].metric.name.visible()) of several "
          + "machines", hint: "keep them apart with `--by machine`, or name one with `--machine`")
    }
  }
}

/// Strands that are looked at together, all of one metric and unit.
struct StrandGroup {
  /// The name; that of a strand by itself is given when all strands are known.
  private var given: String?
  let json: JSONValue
  let strands: [Strand]

  init(name: String?, json: JSONValue, strands: [Strand]) {
    given = name
    self.json = json
    self.strands = strands
  }

  var name: String { given ?? strands[0].benchmark.description }
  var metric: Metric { strands[0].metric }

  mutating func name(by names: StrandNames) { given = given ?? names.name(of: strands[0]) }

  /// The group without its numbers.
  var withoutValues: StrandGroup {
    StrandGroup(name: given, json: json, strands: strands.map(\.withoutValues))
  }
}

/// The names of strands: with the suite and the machine where there are several.
struct StrandNames {
  private var suites: Set<String> = []
  private var machines: Set<String?> = []

  mutating func note(_ strand: Strand) {
    suites.insert(strand.suite)
    machines.insert(strand.machine)
  }

  func name(of strand: Strand) -> String {
    let home =
      (suites.count > 1 ? [strand.suite] : [])
      + (machines.count > 1 ? [strand.machine ?? ""] : [])
    return ([strand.benchmark.description] + home).joined(separator: ", ")
  }
}

extension Strand {
  fileprivate var json: JSONValue {
    .object([
      "benchmark": .string(benchmark.name), "labels": .strings(benchmark.labels),
      "suite": .string(suite), "machine": .text(machine),
    ])
  }
}

/// A line of `perf-log stats`.
private struct StatsRow {
  var group: StrandGroup
  let place: LogAxis.Place?
  let summary: ValueSummary
  let values: CollectedValues
  /// The number of values in each class; nil where the metric has no classes.
  let classes: [(name: String, count: Int)]?
  let percentiles: [Int]

  var figures: RowFigures {
    var figures = RowFigures()
    figures.unit = group.metric.unit
    figures.values = [.median: summary.median, .n: Double(summary.n)]
    figures.values[.min] = summary.spread?.minimum
    figures.values[.max] = summary.spread?.maximum
    figures.values[.p95] = summary.spread?.percentile(95)
    if group.strands.joinedKind == .rate { figures.values[.success] = summary.mean }
    if group.metric.unit == .dollars { figures.values[.cost] = summary.sum }
    return figures
  }

  static func table(_ rows: [StatsRow], isTimed: Bool, percentiles: [Int]) -> AnswerTable {
    let hasRemarks = rows.contains { !$0.remarks.isEmpty }
    func number(_ title: String) -> AnswerTable.Column {
      .init(title, right: true, optional: !["n", "median", "p95"].contains(title))
    }
    let columns: [AnswerTable.Column] =
      (isTimed ? [.init("when")] : []) + [.init("group", flexible: true), .init("metric")]
      + ["n", "min", "p25", "median", "p75", "p95", "p99", "max"].map(number)
      + percentiles.map { .init("p\($0)", right: true) }
      + ["mean", "sd", "sum", "> 3 sd", "z > 3.5"].map(number)
      + (hasRemarks ? [.init("remarks", flexible: true)] : [])
    return AnswerTable(
      columns: columns,
      rows: rows.map { row in
        row.cells(isTimed: isTimed)
          + (hasRemarks ? [.words(row.remarks)] : [])
      }, emptiness: "no numbers")
  }

  private var remarks: String {
    let classes = classes?.map { "\($0.count) \($0.name.visible(limit: 40))" } ?? []
    return (classes + (values.isThinned ? ["summarized"] : [])).joined(separator: ", ")
  }

  private func cells(isTimed: Bool) -> [AnswerTable.Cell] {
    let scale = Scale(group.metric.unit, for: [summary.median])
    let sums = Scale(group.metric.unit, for: [summary.sum])
    let spread = summary.spread
    let when = place.map { $0.commit?.short ?? $0.name } ?? ""
    func percentile(_ percent: Int) -> AnswerTable.Cell {
      .value(spread?.percentile(percent), scale)
    }
    return (isTimed ? [.words(when)] : [])
      + [
        .name(group.name), .name(group.metric.name), .count(summary.n),
        .value(spread?.minimum, scale),
        percentile(25), .value(summary.median, scale), percentile(75), percentile(95),
        percentile(99),
        .value(spread?.maximum, scale),
      ] + percentiles.map(percentile)
      + [
        .value(summary.mean, scale), .value(spread?.deviation, scale), .value(summary.sum, sums),
        spread.map { .count($0.outliers.count(where: \.isFarByDeviation)) } ?? .empty,
        spread.map { .count($0.outliers.count(where: \.isFarByMedian)) } ?? .empty,
      ]
  }

  /// The most outliers that are listed one by one.
  private static let mostOutliers = 100

  private var classesJSON: JSONValue {
    guard let classes else { return .null }
    return .object(
      Dictionary(
        classes.map { ($0.name, .integer(Int64($0.count))) }, uniquingKeysWith: { one, _ in one }))
  }

  func json(_ runs: [RecordedRun]) -> JSONValue {
    let spread = summary.spread
    let outliers = spread.map { spread in
      JSONValue.array(
        spread.outliers.prefix(Self.mostOutliers).map { one in
          .object([
            "run": .string(runs[values.run(of: one.place)].id.description),
            "value": .number(one.value),
            "z": .number(one.z), "deviations": .number(one.deviations),
          ])
        })
    }
    func percentile(_ percent: Int) -> JSONValue { .optional(spread?.percentile(percent)) }
    var members: [String: JSONValue] = [
      "group": group.json, "metric": .string(group.metric.name),
      "unit": .string(group.metric.unit.symbol), "n": .integer(Int64(summary.n)),
      "min": .optional(spread?.minimum), "p25": percentile(25), "median": .number(summary.median),
      "p75": percentile(75), "p95": percentile(95), "p99": percentile(99),
      "max": .optional(spread?.maximum), "mean": .number(summary.mean),
      "sd": .optional(spread?.deviation), "sum": .number(summary.sum),
      "outliers": outliers ?? .null, "classes": classesJSON, "summarized": .bool(values.isThinned),
      "percentiles": .object(
        Dictionary(percentiles.map { ("\($0)", percentile($0)) }, uniquingKeysWith: { a, _ in a })),
    ]
    members["when"] = place.map { .string($0.name) } ?? .null
    return .object(members)
  }
}
