import Measurements

/// A metric of package-benchmark, by both of the names that it writes.
///
/// https://github.com/ordo-one/package-benchmark
struct PackageBenchMetric {
  /// In file names and thresholds: `mallocCountTotal`.
  let raw: String
  /// In exports: `Malloc (total)`.
  let description: String
  /// As this project calls it.
  let name: String
  let kind: Kind

  enum Kind {
    /// In nanoseconds.
    case time
    /// Per second.
    case rate
    case bytes
    /// Of things that are not the same number every time, such as context switches.
    case count
    /// Of things that a program does the same number of times whenever it runs.
    case exactCount
  }

  private init(_ raw: String, _ description: String, _ kind: Kind, as name: String? = nil) {
    self.raw = raw
    self.description = description
    self.name = name ?? raw
    self.kind = kind
  }

  /// One that somebody added to a benchmark.
  static func custom(_ name: String) -> Self { Self(name, name, .count) }

  /// The unit that its raw numbers have.
  var unit: String {
    switch kind {
    case .time: "ns"
    case .rate: "1/s"
    case .bytes: "B"
    case .count, .exactCount: "1"
    }
  }

  /// Which direction is better, where that is known.
  var better: DirectionSource? {
    switch kind {
    case .rate: nil
    case .count where raw == description: nil
    case .time, .bytes, .count, .exactCount: .cost(by: "package-benchmark")
    }
  }

  /// Whether nothing else calls a metric so.
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
    // By a counter of the processor, which interrupts disturb.
    .init("instructions", "Instructions", .count),
    .init("objectAllocCount", "Object allocs", .exactCount),
    .init("retainCount", "Retains", .exactCount),
    .init("releaseCount", "Releases", .exactCount),
    .init("retainReleaseDelta", "(Alloc + Retain) - Release Δ", .exactCount),
  ]

  /// By its name in thresholds and file names.
  static func called(_ raw: String) -> Self? { all.first { $0.raw == raw } }

  /// By its name in exports.
  static func described(_ description: String) -> Self? {
    all.first { $0.description == description }
  }
}

/// How often a number of an export was divided before it was written.
struct PackageBenchScale {
  let factor: Double
  /// Whether the number is as it was counted.
  var isWhole: Bool { factor == 1 }

  /// - Parameter unit: `#`, `K`, `# / s`, `μs`; or what the metric is called, or nothing, for a
  ///   number that was not divided.
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
  /// Adds the samples of a histogram, which are by size and have three digits.
  ///
  /// - Parameter samples: As the export has them, divided by the scale.
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
