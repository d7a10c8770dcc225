import Measurements

/// A benchmark that has a new name and keeps its history.
package struct Alias: Hashable, Sendable {
  package let old: String
  package let new: String
  /// The file and line that declare the alias: `.perfconfig:12`.
  package let place: String

  package init(old: String, new: String, place: String = "") {
    self.old = old
    self.new = new
    self.place = place
  }
}

/// The present names of the benchmarks of a baseline.
struct Names {
  private let new: [String: String]

  init(_ aliases: [Alias]) { new = Dictionary(aliases.map { ($0.old, $0.new) }) { $1 } }

  /// Returns the present name of a benchmark, after all renames. No chain of renames is longer than
  /// the number of aliases.
  func name(of benchmark: String) -> String {
    var name = benchmark
    for _ in new {
      guard let next = new[name] else { break }
      name = next
    }
    return name
  }

  func id(of series: Series) -> Series.ID {
    let benchmark = series.benchmark
    let name = name(of: benchmark.name)
    return Series.ID(
      benchmark: Benchmark(name: name, labels: benchmark.labels), metric: series.metric.name)
  }
}
