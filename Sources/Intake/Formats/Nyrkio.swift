import Measurements

extension Format {
  package static let nyrkio = Format(
    name: "nyrkio", summary: "JSON for Nyrkiö: the newest entry",
    carries: .summary, recognizes: recognizesNyrkio, read: readNyrkio)
}

@Sendable
private func recognizesNyrkio(_ input: Input) -> Bool {
  input.outline?.has("[].timestamp", "[].metrics[].name", "[].metrics[].value", "[].attributes")
    ?? false
}

/// The name of the test is part of the address that the file is sent to, so it is that of the file
/// here, unless the entry has an attribute `test_name`.
@Sendable
private func readNyrkio(_ input: Input) throws(IntakeError) -> Reading {
  var harvest = Harvest(input, as: "nyrkio")
  let runs = try input.jsonNode().elements()
  guard
    let newest = try runs.newest({ (run) throws(IntakeError) in
      try run.member("timestamp").number()
    })
  else { return harvest.reading() }
  let attributes = newest["attributes"]
  harvest.warnOfOlder(runs.count - 1, attributes?["git_commit"]?.label, at: newest.place)
  let benchmark = Benchmark(name: attributes?["test_name"]?.label ?? input.stem)
  guard newest["passed"]?.value != .bool(false) else {
    harvest.fail(benchmark, "the entry says 'passed: false'")
    return harvest.reading()
  }
  for metric in try newest.member("metrics").elements() { try harvest.add(metric, to: benchmark) }
  return harvest.reading()
}

extension Harvest {
  fileprivate mutating func add(
    _ metric: JSONNode, to benchmark: Benchmark
  ) throws(IntakeError) {
    let name = try metric.member("name").string()
    let unit = (try metric["unit"]?.string() ?? "").unitSymbol
    let value = try metric.member("value")
    let better: Better
    switch try metric["direction"]?.string() {
    case nil: better = .assumed(in: unit)
    case "higher_is_better": better = Better(.higher, by: "the file")
    case "lower_is_better": better = Better(.lower, by: "the file")
    case let other?: return try reject("unknown direction '\(other)'", at: metric.place)
    }
    guard try isFirst(benchmark, name, at: metric.place) else { return }
    let isTime = UnitConversion(from: unit).unit == .nanoseconds
    let number = try isTime ? value.amount() : value.number()
    try add(
      [number], to: benchmark, name, in: unit, better: better, isSummary: true, at: value.place)
  }
}
