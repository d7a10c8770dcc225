import Measurements

/// What the benchmarks of a file are called here, where the tool has parameters in their names.
///
/// Where two names would become one benchmark, both stay as they are: no number is taken for that of
/// another benchmark.
struct Naming {
  /// The names that say the same as another.
  private let ambiguous: Set<String>

  /// - Parameter names: All those of the file, as it has them, with what each says.
  init(_ names: some Sequence<(name: String, benchmark: Benchmark)>) {
    var first: [Benchmark: String] = [:]
    var ambiguous: Set<String> = []
    for (name, benchmark) in names {
      let other = first[benchmark] ?? name
      first[benchmark] = other
      if other != name { ambiguous.formUnion([other, name]) }
    }
    self.ambiguous = ambiguous
  }

  /// The benchmark of a name.
  func benchmark(_ benchmark: Benchmark, of name: String) -> Benchmark {
    guard ambiguous.contains(name) else { return benchmark }
    return Benchmark(name: name, labels: benchmark.labels)
  }
}
