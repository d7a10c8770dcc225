import Measurements

/// A metric of package-benchmark, with both names that it writes.
///
/// Definition: https://github.com/ordo-one/package-benchmark
struct PackageBenchMetric {
  /// The name in file names and thresholds, such as `mallocCountTotal`.
  let raw: String
  /// The name in exports, such as `Malloc (total)`.
  let description: String
  /// The name in this project.
  let name: String
  let kind: Kind

  enum Kind {
    /// A time in nanoseconds.
    case time
    /// A number per second.
    case rate
    case bytes
    /// A count that differs from run to run, such as that of context switches.
    case count
    /// A count that is the same in every run of a program.
    case exactCount
  }

  private init(_ raw: String, _ description: String, _ kind: Kind, as name: String? = nil) {
    self.raw = raw
    self.description = description
    self.name = name ?? raw
    self.kind = kind
  }

  /// A metric that a user added to a benchmark.
  static func custom(_ name: String) -> Self { Self(name, name, .count) }

  /// The unit of its raw numbers.
  var unit: String {
    switch kind {
    case .time: "ns"
    case .rate: "1/s"
    case .bytes: "B"
    case .count, .exactCount: "1"
    }
  }

  /// The better direction; nil if it is unknown.
  var better: DirectionSource? {
    switch kind {
    case .rate: nil
    case .count where raw == description: nil
    case .time, .bytes, .count, .exactCount: .cost(by: "package-benchmark")
    }
  }

  /// True if no other tool has this name for a metric.
  var isUnmistakable: Bool { raw.contains { $0.isUppercase } }

  static let all: [Self] = [
    .init("cpuUser", "Time (user CPU)", .time, as: "user_time"),
    .init("cpuSystem", "Time (system CPU)", .time, as: "system_time"),
    .init("cpuTotal", "Time (total CPU)", .time, as: "cpu_time"),
    .init("wallClock", "Time (wall clock)", .time, as: "wall_time"),
    .init("throughput", "Throughput (# / s)", .rate, as: "operations"),
    .init("peakMemoryResident", "Memory (resident peak)", .bytes, as: "max_rss"),
    .init("peakMemoryResidentDelta", "Memory Δ (resident peak)", .bytes),
    .init("peakMemoryVirtual", "Memory (virtual peak)", .bytes),
    .init("mallocCountTotal", "Malloc (total)", .exactCount, as: "allocations"),
    .init("mallocCountSmall", "Malloc (small)", .exactCount),
    .init("mallocCountLarge", "Malloc (large)", .exactCount),
    .init("freeCountTotal", "Free (total)", .exactCount),
    .init("mallocBytesCount", "Malloc (bytes total)", .bytes, as: "allocated_bytes"),
    .init("allocatedResidentMemory", "Memory (allocated resident)", .bytes),
    .init("memoryLeaked", "Malloc / free Δ", .exactCount),
    .init("syscalls", "Syscalls (total)", .exactCount),
    .init("contextSwitches", "Context switches", .count),
    .init("threads", "Threads (peak)", .count),
    .init("threadsRunning", "Threads (running)", .count),
    .init("readSyscalls", "Syscalls (read)", .exactCount),
    .init("writeSyscalls", "Syscalls (write)", .exactCount),
    .init("readBytesLogical", "Bytes (read logical)", .bytes),
    .init("writeBytesLogical", "Bytes (write logical)", .bytes),
    .init("readBytesPhysical", "Bytes (read physical)", .bytes),
    .init("writeBytesPhysical", "Bytes (write physical)", .bytes),
    // A counter of the processor, which interrupts disturb.
    .init("instructions", "Instructions", .count),
    .init("objectAllocCount", "Object allocs", .exactCount),
    .init("retainCount", "Retains", .exactCount),
    .init("releaseCount", "Releases", .exactCount),
    .init("retainReleaseDelta", "(Alloc + Retain) - Release Δ", .exactCount),
  ]

  /// The metric with a name of thresholds and file names.
  static func called(_ raw: String) -> Self? { all.first { $0.raw == raw } }

  /// The metric with a name of exports.
  static func described(_ description: String) -> Self? {
    all.first { $0.description == description }
  }
}

/// The factor by which a number of an export was divided before it was written.
struct PackageBenchScale {
  let factor: Double
  /// True if the number was not divided.
  var isWhole: Bool { factor == 1 }

  /// Reads a unit.
  ///
  /// - Parameter unit: `#`, `K`, `# / s` or `μs`. For a number that was not divided, it may be the
  ///   name of the metric or empty.
  /// - Returns: nil for a unit that the metric cannot have.
  init?(_ unit: String, of metric: PackageBenchMetric) {
    let unit = unit.trimmed
    let scales = metric.kind == .time ? Self.times : Self.counts
    let symbol = unit.hasSuffix(" / s") && metric.kind == .rate ? String(unit.dropLast(4)) : unit
    if symbol == metric.description || symbol.isEmpty {
      factor = 1
    } else if symbol == "ops/s", metric.kind == .rate {
      factor = 1
    } else if let scale = scales[symbol] {
      factor = scale
    } else {
      return nil
    }
  }

  private static let times = ["ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9]
  private static let counts = ["#": 1, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15]
}

extension ResultBuilder {
  /// Adds the samples of a histogram, which are sorted by size and have three digits.
  ///
  /// - Parameter samples: The samples as the export has them, divided by the scale.
  mutating func add(
    _ samples: [Double], to benchmark: Benchmark, _ metric: PackageBenchMetric,
    _ scale: PackageBenchScale, at place: Place
  ) throws(InputError) {
    let isSame = samples.allSatisfy { $0 == samples.first }
    try add(
      samples.map { $0 * scale.factor }, to: benchmark, metric.name, in: metric.unit,
      better: metric.better, isExact: metric.kind == .exactCount && scale.isWhole && isSame,
      at: place)
  }
}
