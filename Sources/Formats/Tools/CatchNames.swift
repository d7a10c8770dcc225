import Measurements

/// Follows Catch2 through test cases and sections, and so knows what a benchmark is.
///
/// A name is unique inside of its section only. Catch2 starts a test case anew for each of its
/// sections, so what stands before a section is measured again each time: several samples of one
/// benchmark. The same name again without a section in between is something else: another benchmark
/// of that name, or another value of a generator.
struct CatchNames {
  private var path: [String] = []
  private var measured: Set<Benchmark> = []

  /// Enters a test case, then its sections, outermost first.
  mutating func enter(_ names: [String]) {
    let isDeeper = names.count > path.count
    path = names
    guard isDeeper else { return }
    for depth in 1..<max(names.count, 1) {
      let outer = Self.labels(of: Array(names.prefix(depth)))
      measured = measured.filter { $0.labels != outer }
    }
  }

  mutating func enter(_ name: String) { enter(path + [name]) }

  mutating func leave() { path = path.dropLast() }

  func benchmark(_ name: String) -> Benchmark {
    Benchmark(name: name, labels: Self.labels(of: path))
  }

  /// Whether a benchmark may be measured here: not when it was, and nothing but itself came since.
  mutating func admits(_ benchmark: Benchmark) -> Bool {
    measured.insert(benchmark).inserted
  }

  static let hint =
    "give each benchmark a name of its own, with the value of a generator in it"

  private static func labels(of path: [String]) -> [String: String] {
    guard let test = path.first else { return [:] }
    let sections = path.dropFirst().joined(separator: "/")
    return sections.isEmpty ? ["test": test] : ["test": test, "section": sections]
  }
}

extension ResultBuilder {
  /// Says so when a benchmark took no time at all.
  mutating func warnOfNothing(_ mean: Double, of benchmark: Benchmark, at place: Place) {
    guard mean == 0 else { return }
    warn("'\(benchmark)' took no time: see whether the compiler left anything of it", at: place)
  }
}
