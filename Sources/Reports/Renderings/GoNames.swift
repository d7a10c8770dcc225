import Measurements

/// The names of benchmarks and metrics in Go's format, where neither may have a space; no two
/// things get one name.
struct GoNames {
  private var benchmarks: [Benchmark: String] = [:]
  private var units: [Quality: Unit] = [:]

  /// The properties that make two metrics the same.
  private struct Quality: Hashable {
    let name: String
    let unit: String
    let better: Direction

    init(_ metric: Metric) {
      name = metric.name
      unit = metric.unit.symbol
      better = metric.better
    }
  }

  private struct Unit {
    let name: String
    let better: Direction
    var isExact: Bool
  }

  /// - Parameter formerly: The benchmarks that have another benchmark's name.
  init(of series: [Series], formerly: [Benchmark: Benchmark]) {
    // Names are numbered as package testing numbers them.
    var names = FreeNames(numberedBy: "#")
    for benchmark in Set(series.map { formerly[$0.benchmark] ?? $0.benchmark }).sorted() {
      benchmarks[benchmark] = names.take(benchmark.goName)
    }
    for (old, now) in formerly { benchmarks[old] = benchmarks[now] }
    names = FreeNames(numberedBy: "#")
    for metric in series.map(\.metric) {
      let quality = Quality(metric)
      if let known = units[quality] {
        units[quality]?.isExact = known.isExact && metric.exact
      } else {
        units[quality] = Unit(
          name: names.take(metric.goUnit), better: metric.better, isExact: metric.exact)
      }
    }
  }

  subscript(benchmark: Benchmark) -> String { benchmarks[benchmark] ?? benchmark.goName }

  func unit(of metric: Metric) -> String { units[Quality(metric)]?.name ?? metric.goUnit }

  /// The lines that state the better direction and exactness, if they are not what the unit says.
  var unitLines: [String] {
    units.values.sorted { $0.name < $1.name }.compactMap { unit in
      let isRate = unit.name.hasSuffix("/s")
      let better = isRate == (unit.better == .higher) ? "" : " better=\(unit.better.rawValue)"
      let words = better + (unit.isExact ? " assume=exact" : "")
      return words.isEmpty ? nil : "Unit \(unit.name)\(words)"
    }
  }
}

extension Benchmark {
  /// The name of the benchmark in Go's format. The part behind `Benchmark` begins with a capital,
  /// or else the line would be prose; then come the labels, and last the number of processors,
  /// which Go keeps at the end.
  fileprivate var goName: String {
    var labels = labels
    let processors = labels.removeValue(forKey: "gomaxprocs").flatMap(Int.init)
    if let other = self.labels["gomaxprocs"], processors == nil { labels["gomaxprocs"] = other }
    let parts = labels.sorted { $0.key < $1.key }.map { label in
      "/\(label.key.goPart(besides: "/="))=\(label.value.goPart(besides: "/"))"
    }
    let word = name.goPart()
    let capital = word.prefix(1).uppercased()
    let start = capital.first?.isLowercase == true ? "_" + word : capital + word.dropFirst()
    let name = start + parts.joined()
    return processors.map { "\(name)-\($0)" } ?? name.withoutProcessors
  }
}

extension Metric {
  /// The unit of the metric in Go's format: that of package testing, else the name with the unit.
  fileprivate var goUnit: String {
    switch (name, unit.symbol) {
    case ("wall_time", "ns"): "ns/op"
    case ("allocated_bytes", "B"): "B/op"
    case ("allocations", "1"): "allocs/op"
    case ("throughput", "B/s"): "B/s"
    case (_, "1"), (_, name): name.goPart()
    case (_, "1/s"): name.goPart() + "/s"
    default: "\(name)-\(unit.symbol)".goPart()
    }
  }
}

extension String {
  /// Returns the text as a part of a Go name: without white space, and without characters that have
  /// another meaning in that place.
  fileprivate func goPart(besides meaningful: String = "") -> String {
    let word = String(
      visible(limit: Rendering.longest)
        .map { $0.isWhitespace || meaningful.contains($0) ? "_" : $0 })
    return word.isEmpty ? "_" : word
  }

  /// The name without an ending that Go would read as a number of processors: `size-1024` would be
  /// `size` on so many processors.
  fileprivate var withoutProcessors: String {
    guard let dash = lastIndex(of: "-"), index(after: dash) != endIndex,
      self[index(after: dash)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return self }
    return self[..<dash] + "_" + self[index(after: dash)...]
  }
}
