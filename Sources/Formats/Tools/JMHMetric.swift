import Measurements

/// The mode of a measurement, which decides the metric and its better direction.
enum JMHMode: String {
  case throughput = "thrpt"
  case averageTime = "avgt"
  case sampleTime = "sample"
  case singleShot = "ss"

  init(_ node: JSONNode) throws(InputError) {
    guard let mode = JMHMode(rawValue: try node.string()) else {
      throw node.error("not one of thrpt, avgt, sample and ss")
    }
    self = mode
  }

  var metric: String { self == .throughput ? "operations" : "wall_time" }
  var better: DirectionSource {
    DirectionSource(self == .throughput ? .higher : .lower, by: "mode \(rawValue)")
  }
}

/// The name of a secondary metric.
struct JMHName {
  private let name: Substring

  /// Takes a name. Up to JMH 1.35, profilers put a dot before their names.
  init(_ name: String) { self.name = name.hasPrefix("·") ? name.dropFirst() : name[...] }

  /// True for a percentile of mode `sample`: `get:p0.99`, or before JMH 1.36 `get:get·p0.99`.
  var isPercentile: Bool {
    guard let last = name.split(whereSeparator: { $0 == ":" || $0 == "·" }).last,
      last.first == "p", last.count < name.count
    else { return false }
    return Double(last.dropFirst()) != nil
  }

  var metric: String {
    switch name {
    case "gc.alloc.rate.norm": "allocated_bytes"
    case "cache-misses": "cache_misses"
    case "branch-misses": "branch_misses"
    default: String(name)
    }
  }
}

/// A unit such as `ops/ms` or `us/op`, or that of a profiler, with its symbol in this project.
struct JMHUnit {
  let symbol: String
  private let written: String
  private var factor = 1.0
  private var divisor = 1.0

  init(_ written: String) {
    self.written = written
    if written.hasPrefix("ops/"), let scale = Self.perSecond[String(written.dropFirst(4))] {
      symbol = "1/s"
      (factor, divisor) = scale
    } else if let symbol = Self.symbols[written] {
      self.symbol = symbol
    } else if written == "day/op" {
      (symbol, factor) = ("h", 24)
    } else {
      symbol = written.hasSuffix("/op") ? String(written.dropLast(3)) : written
    }
  }

  func scaled(_ number: Double) -> Double { number * factor / divisor }

  /// The better direction of a secondary metric. A metric that a profiler counts is a cost, also
  /// `MB/sec` of allocation. One that a benchmark counts itself may be anything.
  func better(of name: String) -> DirectionSource {
    let known = DirectionTable.better(of: name, in: written == "insns/clk" ? written : symbol)
    let isOfProfiler = written == "#/op" || name.hasPrefix("·") || name.contains(".")
    return known.isGuess && isOfProfiler ? .cost(by: "a profiler") : known
  }

  private static let perSecond: [String: (Double, Double)] = [
    "ns": (1e9, 1), "us": (1e6, 1), "ms": (1e3, 1), "s": (1, 1), "sec": (1, 1),
    "min": (1, 60), "hr": (1, 3600), "day": (1, 86400),
  ]
  private static let symbols = [
    "hr/op": "h", "#/op": "1", "#": "1", "counts": "1", "MB/sec": "MB/s", "KB/sec": "kB/s",
    "B/sec": "B/s",
  ]
}

/// The `primaryMetric` of an entry, or one of its `secondaryMetrics`.
struct JMHMetric {
  private let node: JSONNode
  var place: ResultBuilder.Place { node.place }

  init(_ node: JSONNode) { self.node = node }

  /// The values of a process, in the order of its iterations.
  struct Fork {
    let samples: [Double]
    /// The number of values before some were left out.
    let total: Int
    let place: ResultBuilder.Place
  }

  func unit() throws(InputError) -> JMHUnit { JMHUnit(try node.member("scoreUnit").string()) }

  func score() throws(InputError) -> Double { try node.member("score").number() }

  /// All forks, including those without values; empty if JMH was told to write no raw data.
  func forks() throws(InputError) -> [Fork] {
    var forks: [Fork] = []
    if let histograms = node["rawDataHistogram"] {
      for fork in try histograms.elements() { forks.append(try Fork(histograms: fork)) }
    } else {
      for fork in try node["rawData"]?.elements() ?? [] {
        let samples = try fork.numbers()
        forks.append(Fork(samples: samples, total: samples.count, place: fork.place))
      }
    }
    return forks
  }

  /// Refuses negative times and rates. Counts of profilers are not checked, because they
  /// may decrease.
  func checkSigns() throws(InputError) {
    for fork in try node["rawData"]?.elements() ?? [] { _ = try fork.amounts() }
    if let score = node["score"], try score.numberIfFinite() != nil { _ = try score.amount() }
  }

  /// The field of the first value that is NaN or infinite, as JMH writes what it could not measure.
  /// If there are no values, the score is checked.
  func firstNonFinite() throws(InputError) -> String? {
    var hasValues = false
    for fork in try node["rawData"]?.elements() ?? [] {
      for value in try fork.elements() {
        hasValues = true
        if try value.numberIfFinite() == nil { return value.field }
      }
    }
    guard !hasValues, node["rawDataHistogram"] == nil else { return nil }
    let score = try node.member("score")
    return try score.numberIfFinite() == nil ? score.field : nil
  }
}

extension JMHMetric.Fork {
  /// The number of samples that are kept of a process in mode `sample`, which may have millions.
  private static let limit = 10_000

  /// Reads a list of `[value, count]` for each iteration, sorted by value. If there are too many
  /// samples, evenly spaced ones are kept, so that their distribution stays.
  init(histograms fork: JSONNode) throws(InputError) {
    var steps: [(value: Double, count: Int)] = []
    for iteration in try fork.elements() {
      for step in try iteration.elements() {
        let pair = try step.amounts()
        guard pair.count == 2, let count = Int(exactly: pair[1]), count < 1 << 40 else {
          throw step.error("not a value and how often it was seen")
        }
        steps.append((pair[0], count))
      }
    }
    total = steps.reduce(0) { $0 + $1.count }
    place = fork.place
    let kept = min(total, Self.limit)
    var samples: [Double] = []
    var end = 0
    for step in steps {
      end += step.count
      while samples.count < kept, (2 * samples.count + 1) * total / (2 * kept) < end {
        samples.append(step.value)
      }
    }
    self.samples = samples
  }
}
