import Measurements

/// Names the benchmarks of a file whose tool writes parameters into the names.
///
/// If two names would become one benchmark, both stay as they are: no number is taken for that of
/// another benchmark.
struct NameDisambiguation {
  /// The names that would become the same benchmark as another name.
  private let ambiguous: Set<String>

  /// Finds the ambiguous names.
  ///
  /// - Parameters:
  ///   - nodes: All elements of the file that name a benchmark.
  ///   - read: Returns the name in the file and the benchmark that it means. An element for which
  ///     this fails is left out here; reading its numbers then reports the error.
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

  /// The benchmark of a name; if the name is ambiguous, the benchmark has the whole name.
  func benchmark(_ benchmark: Benchmark, of name: String) -> Benchmark {
    guard ambiguous.contains(name) else { return benchmark }
    return Benchmark(name: name, labels: benchmark.labels)
  }
}
