import Measurements

/// What the benchmarks of a file are called here, where the tool has parameters in their names.
///
/// Where two names would become one benchmark, both stay as they are: no number is taken for that of
/// another benchmark.
struct NameDisambiguation {
  /// The names that say the same as another.
  private let ambiguous: Set<String>

  /// - Parameters:
  ///   - nodes: All of the file that name a benchmark.
  ///   - read: The name of one as the file has it, and what it says. One that cannot be read names
  ///     nothing; whoever reads its numbers refuses it.
  init<Node>(
    of nodes: some Sequence<Node>, _ read: (Node) throws -> (name: String, benchmark: Benchmark)
  ) {
    var first: [Benchmark: String] = [:]
    var ambiguous: Set<String> = []
    for node in nodes {
      guard let (name, benchmark) = try? read(node) else { continue }
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
