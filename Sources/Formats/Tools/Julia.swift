import Measurements

extension Format {
  /// JSON of `BenchmarkTools.save` of Julia.
  ///
  /// Fixtures: BenchmarkTools 1.0.0 with Julia 1.7.0-rc3, from the tests of
  /// github-action-benchmark, and BenchmarkTools 1.6.0 with Julia 1.11.2.
  package static let julia = Format(
    name: "julia", summary: "JSON of Julia's BenchmarkTools.save",
    carries: .samples, recognizes: { $0.outline?.has("[].Julia", "[].BenchmarkTools") ?? false },
    read: readJulia)
}

/// Reads `[{versions}, [value, …]]`. Each value is a pair of its type and its fields.
@Sendable
private func readJulia(_ input: Input) throws(InputError) -> ParsedResults {
  let root = try input.jsonNode()
  let parts = try root.elements()
  guard parts.count == 2 else { throw root.expected("versions and values") }
  var report = JuliaReport(builder: ResultBuilder(input, as: "julia"))
  let values = try parts[1].elements()
  for (index, value) in values.enumerated() {
    try report.read(value, path: values.count > 1 ? ["[\(index + 1)]"] : [])
  }
  let versions = try parts[0].members().compactMap { key, node in
    node.label.map { (key.lowercased(), $0) }
  }
  return report.builder.reading(context: Dictionary(versions) { first, _ in first })
}

/// Reads the values. A trial is one round; its times are already nanoseconds of a
/// single evaluation.
private struct JuliaReport {
  var builder: ResultBuilder

  mutating func read(_ node: JSONNode, path: [String]) throws(InputError) {
    let pair = try node.elements()
    guard pair.count == 2 else { throw node.expected("a type and its fields") }
    let name = try pair[0].string()
    let prefix = "BenchmarkTools."
    let type = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    let benchmark = Benchmark(name: path.isEmpty ? type : path.joined(separator: "/"))
    switch type {
    case "BenchmarkGroup":
      for (key, member) in try pair[1].member("data").members() {
        try read(member, path: path + [key])
      }
    case "Trial":
      try add(try pair[1].member("times"), of: pair[1], to: benchmark, isSummary: false)
    case "TrialEstimate":
      try add(try pair[1].member("time"), of: pair[1], to: benchmark, isSummary: true)
    case "TrialJudgement", "TrialRatio", "Parameters", "TagFilter":
      builder.skip(type, at: node.place)
    default: try builder.reject("unknown type '\(name)'", at: node.place)
    }
  }

  private mutating func add(
    _ times: JSONNode, of sequentialTest: JSONNode, to benchmark: Benchmark, isSummary: Bool
  ) throws(InputError) {
    guard try builder.isFirst(benchmark, "wall_time", at: sequentialTest.place) else { return }
    let samples = isSummary ? [try times.amount()] : try times.amounts()
    try builder.add(
      samples, to: benchmark, "wall_time", in: "ns", isSummary: isSummary, at: times.place)
    for (field, metric, unit) in [
      ("memory", "allocated_bytes", "B"), ("allocs", "allocations", "1"),
    ] {
      guard let count = sequentialTest[field] else { continue }
      try builder.add(
        [count.amount()], to: benchmark, metric, in: unit, isSummary: isSummary, at: count.place)
    }
  }
}
