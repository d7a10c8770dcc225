/// A benchmark that was to be measured and failed; it has no numbers, never zeros.
package struct Failure: Hashable, Sendable, CustomStringConvertible {
  /// Nil where nobody says which, as for a package that does not build.
  package let benchmark: Benchmark?
  package let reason: String

  package init(_ benchmark: Benchmark?, reason: String) {
    self.benchmark = benchmark
    self.reason = reason
  }

  package var description: String {
    benchmark.map { "'\($0)' failed: \(reason)" } ?? reason
  }
}
