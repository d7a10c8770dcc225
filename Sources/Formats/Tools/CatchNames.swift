import Measurements

/// Follows Catch2 through test cases and sections to tell which benchmark a name means.
///
/// A name is unique only inside its section. Catch2 starts a test case anew for each of its
/// sections, so a benchmark before a section is measured again each time: it gets several samples.
/// If a name occurs again without a section in between, it means something else: another benchmark
/// of that name, or another value of a generator.
struct CatchNames {
  private var path: [String] = []
  private var measured: Set<Benchmark> = []

  /// Enters a test case and its sections, the outermost first.
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

  /// True if a benchmark may be measured here: it was not measured before, or another section
  /// began since.
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
  /// Warns if a benchmark took no time.
  mutating func warnOfNothing(_ mean: Double, of benchmark: Benchmark, at place: Place) {
    guard mean == 0 else { return }
    warn("'\(benchmark)' took no time: see whether the compiler left anything of it", at: place)
  }
}
