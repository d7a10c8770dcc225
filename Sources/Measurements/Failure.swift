/// A benchmark that failed instead of being measured; it has no numbers, never zeros.
package struct Failure: Hashable, Sendable, CustomStringConvertible {
  /// The benchmark; nil if none is named, for example if a package does not build.
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
