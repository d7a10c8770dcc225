import Measurements
import System

extension Format {
  /// JSON of BenchmarkDotNet, full or brief.
  ///
  /// Definition: https://benchmarkdotnet.org/articles/configs/exporters.html
  ///
  /// Fixtures: BenchmarkDotNet 0.12.1 and 0.14.0, and the expected exports in the tests
  /// of https://github.com/dotnet/BenchmarkDotNet.
  package static let benchmarkDotNet = Format(
    name: "benchmarkdotnet", summary: "JSON of BenchmarkDotNet, full or brief",
    carries: .samples,
    recognizes: { $0.outline?.has("HostEnvironmentInfo", "Benchmarks") ?? false },
    read: readBenchmarkDotNet)
}

/// Reads all benchmarks of a file.
@Sendable
private func readBenchmarkDotNet(_ input: Input) throws(InputError) -> ParsedResults {
  let file = try input.jsonNode()
  let nodes = try file.member("Benchmarks").elements()
  let naming = NameDisambiguation(of: nodes) {
    (name: try $0.fullName(), benchmark: try Benchmark(dotNet: $0))
  }
  var reader = DotNetReader(ResultBuilder(input, as: "benchmarkdotnet"), naming)
  try reader.read(all: nodes)
  return reader.builder.reading(context: file["HostEnvironmentInfo"]?.labels(contextKeys) ?? [:])
}

private let contextKeys = [
  "Architecture", "BenchmarkDotNetVersion", "Configuration", "LogicalCoreCount", "OsVersion",
  "ProcessorName", "RuntimeVersion",
]

/// Reads one benchmark after another. Each launch is a round if the file distinguishes launches.
private struct DotNetReader: RowReader {
  var builder: ResultBuilder
  private let naming: NameDisambiguation

  init(_ builder: ResultBuilder, _ naming: NameDisambiguation) {
    self.builder = builder
    self.naming = naming
  }

  mutating func read(_ node: JSONNode) throws(InputError) {
    let name = try node.fullName()
    let benchmark = naming.benchmark(try Benchmark(dotNet: node), of: name)
    builder.keep(original: name, of: benchmark)
    guard try builder.isFirst(benchmark, at: node.place) else { return }
    guard let statistics = node["Statistics"] else {
      return builder.fail(benchmark, "has no statistics: it did not run to its end")
    }
    try readTimes(node, statistics, of: benchmark)
    let memory = try readMemory(node, of: benchmark)
    for metric in try node["Metrics"]?.elements() ?? [] {
      try read(metric, of: benchmark, besidesMemory: memory)
    }
  }

  /// Reads the times of one operation, in nanoseconds.
  private mutating func readTimes(
    _ node: JSONNode, _ statistics: JSONNode, of benchmark: Benchmark
  ) throws(InputError) {
    let launches = try node["Measurements"]?.launches() ?? []
    if launches.count > 1 {
      for launch in launches {
        try builder.add(launch.samples, to: benchmark, "wall_time", in: "ns", at: launch.place)
      }
    } else if let values = statistics["OriginalValues"] {
      try builder.add(values.amounts(), to: benchmark, "wall_time", in: "ns", at: values.place)
    } else {
      let median =
        if let median = statistics["Median"] { median } else { try statistics.member("Mean") }
      try builder.add(
        [median.amount()], to: benchmark, "wall_time", in: "ns", isSummary: true, at: median.place)
    }
  }

  /// Reads the allocated memory of one operation, in bytes.
  ///
  /// - Returns: True if it was measured.
  private mutating func readMemory(
    _ node: JSONNode, of benchmark: Benchmark
  ) throws(InputError) -> Bool {
    guard let bytes = node["Memory"]?["BytesAllocatedPerOperation"] else { return false }
    try builder.add(
      [bytes.amount()], to: benchmark, "allocated_bytes", in: "B", isExact: true, isSummary: true,
      at: bytes.place)
    return true
  }

  /// Reads a metric of a diagnoser: one number for one operation.
  private mutating func read(
    _ metric: JSONNode, of benchmark: Benchmark, besidesMemory hasMemory: Bool
  ) throws(InputError) {
    let descriptor = try metric.member("Descriptor")
    let id = try descriptor.member("Id").string()
    let name = metricNames[id] ?? id
    if name == "allocated_bytes", hasMemory {
      return builder.skip("allocated memory, which stands below Memory", at: metric.place)
    }
    guard let value = try metric.member("Value").numberIfFinite() else {
      return builder.skip("metric that is not a number", at: metric.place)
    }
    let unit = try descriptor["Unit"]?.string() ?? ""
    let isGreaterBetter = try descriptor["TheGreaterTheBetter"]?.bool() ?? false
    try builder.add(
      [value], to: benchmark, name, in: unit.isEmpty ? "1" : unit,
      better: DirectionSource(isGreaterBetter ? .higher : .lower, by: "TheGreaterTheBetter"),
      isExact: name == "allocated_bytes", isSummary: true, at: metric.place)
  }
}

private let metricNames = [
  "Allocated Memory": "allocated_bytes", "BranchMispredictions": "branch_misses",
  "CacheMisses": "cache_misses", "InstructionRetired": "instructions", "TotalCycles": "cycles",
]

extension Benchmark {
  /// Takes the full name, which includes the parameters, with the parameters and the job as labels.
  fileprivate init(dotNet node: JSONNode) throws(InputError) {
    var labels: [String: String] = [:]
    for parameter in try node["Parameters"]?.string().split(separator: "&") ?? [] {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      labels[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    if let job = try node.job() { labels[labels["job"] == nil ? "job" : "dotnet.job"] = job }
    var name = try node.fullName()[...]
    // The name is followed by the parameters, whose values may have brackets.
    if let first = try node["Parameters"]?.string().prefix(while: { $0 != "=" }), !first.isEmpty,
      name.last == ")", let start = name.firstRange(of: "(\(first): ")
    {
      name = name[..<start.lowerBound]
    }
    self.init(name: String(name), labels: labels)
  }
}

extension JSONNode {
  /// The full name. If the file lacks it, it is made of namespace, type and method.
  fileprivate func fullName() throws(InputError) -> String {
    if let name = try self["FullName"]?.string() { return name }
    let parts = [self["Namespace"], self["Type"], try member("Method")]
    return parts.compactMap { $0?.label }.joined(separator: ".")
  }

  /// The name of the job, such as `.NET 8.0` in `Sorting.Sort: .NET 8.0(Runtime=.NET 8.0) [N=10]`;
  /// nil for the default job.
  fileprivate func job() throws(InputError) -> String? {
    guard let info = try self["DisplayInfo"]?.string() else { return nil }
    let title = [self["Type"], self["MethodTitle"]].compactMap { $0?.label }.joined(separator: ".")
    var rest = info[...]
    if info.hasPrefix("\(title): ") {
      rest = info.dropFirst(title.count + 2)
    } else if let colon = info.firstRange(of: ": ") {
      rest = info[colon.upperBound...]
    }
    let end = rest.firstRange(of: " [")?.lowerBound ?? rest.endIndex
    let job = rest[..<end].prefix { $0 != "(" }
    guard !job.isEmpty, job != "DefaultJob" else { return nil }
    return String(job)
  }

  /// The results of each launch in `Measurements`, in nanoseconds for one operation. Pilots,
  /// warm-ups, overhead and outliers are left out.
  fileprivate func launches() throws(InputError) -> [(
    samples: [Double], place: ResultBuilder.Place
  )] {
    var launches: [Int64: (samples: [Double], place: ResultBuilder.Place)] = [:]
    for node in try elements() {
      guard try node.member("IterationMode").string() == "Workload",
        try node.member("IterationStage").string() == "Result"
      else { continue }
      let operations = try node.member("Operations").number()
      guard operations > 0 else { throw node.error("no operation") }
      let time = try node.member("Nanoseconds").amount() / operations
      launches[try node.member("LaunchIndex").integer(), default: ([], place)].samples.append(time)
    }
    return launches.sorted { $0.key < $1.key }.map(\.value)
  }
}
