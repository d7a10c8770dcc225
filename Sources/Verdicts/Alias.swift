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

  /// The name by now, after all that it had since; no chain is longer than there are aliases.
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
