import Measurements

/// A benchmark that has a new name, and keeps its history.
package struct Alias: Hashable, Sendable {
  package let old: String
  package let new: String
  /// Where it was written: `.perfconfig:12`.
  package let place: String

  package init(old: String, new: String, place: String = "") {
    self.old = old
    self.new = new
    self.place = place
  }
}

/// What benchmarks of a baseline are called now.
struct Names {
  private let new: [String: String]

  init(_ aliases: [Alias]) { new = Dictionary(aliases.map { ($0.old, $0.new) }) { $1 } }

  func id(of series: Series) -> Series.ID {
    let benchmark = series.benchmark
    guard let name = new[benchmark.name] else { return series.id }
    return Series.ID(
      benchmark: Benchmark(name: name, labels: benchmark.labels), metric: series.metric.name)
  }
}
