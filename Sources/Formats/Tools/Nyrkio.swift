import Measurements

extension Format {
  /// JSON for Nyrkiö: `[{"timestamp": …, "metrics": [{"name", "unit", "value"}], "attributes":
  /// {"git_repo", "branch", "git_commit"}}]`.
  package static let nyrkio = Format(
    name: "nyrkio", summary: "JSON for Nyrkiö",
    carries: .summary, recognizes: recognizesNyrkio, walk: walkNyrkio)
}

@Sendable
private func recognizesNyrkio(_ input: Input) -> Bool {
  input.outline?.has("[].timestamp", "[].metrics[].name", "[].metrics[].value", "[].attributes")
    ?? false
}

/// Finds all entries.
///
/// The name of a test is part of the address that the file is sent to. So it is the name of the
/// file here, unless the entry has an attribute `test_name`.
@Sendable
private func walkNyrkio(_ input: Input, _ visit: HistoryRecord.Visitor) throws(InputError) {
  for run in try input.jsonNode().elements() { try visit(HistoryRecord(nyrkio: run)) }
}

extension HistoryRecord {
  fileprivate init(nyrkio run: JSONNode) {
    let attributes = run["attributes"]
    self.init(
      commit: attributes?["git_commit"]?.label,
      time: Result { () throws(InputError) in try run.member("timestamp").timestamp() },
      input: run.input, place: run.place,
      read: { (builder) throws(InputError) in
        let benchmark = Benchmark(name: attributes?["test_name"]?.label ?? run.input.stem)
        guard run["passed"]?.value != .bool(false) else {
          return builder.fail(benchmark, "the entry says 'passed: false'")
        }
        for metric in try run.member("metrics").elements() {
          try builder.add(metric, to: benchmark)
        }
      })
  }
}

extension ResultBuilder {
  fileprivate mutating func add(
    _ metric: JSONNode, to benchmark: Benchmark
  ) throws(InputError) {
    let name = try metric.member("name").string()
    let unit = (try metric["unit"]?.string() ?? "").unitSymbol
    let value = try metric.member("value")
    let better: DirectionSource?
    switch try metric["direction"]?.string() {
    case nil: better = nil
    case "higher_is_better": better = DirectionSource(.higher, by: "the file")
    case "lower_is_better": better = DirectionSource(.lower, by: "the file")
    case let other?: return try reject("unknown direction '\(other)'", at: metric.place)
    }
    guard try isFirst(benchmark, name, at: metric.place) else { return }
    let isTime = UnitConversion(from: unit).unit == .nanoseconds
    let number = try isTime ? value.amount() : value.number()
    try add(
      [number], to: benchmark, name, in: unit, better: better, isSummary: true, at: value.place)
  }
}
