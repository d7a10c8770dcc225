import Measurements

/// The former names of benchmarks.
package struct NameHistory: Hashable, Sendable {
  private let present: [String: String]
  private let past: [String: [String]]

  /// Creates a history from renames.
  ///
  /// - Parameter aliases: The next name of each old one.
  package init(_ aliases: [String: String] = [:]) {
    present = aliases
    past = Dictionary(grouping: aliases.keys.sorted()) { aliases[$0] ?? $0 }
  }

  /// The series by its present name, after all renames. A chain of renames is never followed
  /// further than the number of aliases.
  func present(_ id: Series.ID) -> Series.ID {
    guard present[id.benchmark.name] != nil else { return id }
    var name = id.benchmark.name
    for _ in present {
      guard let next = present[name] else { break }
      name = next
    }
    return Series.ID(
      benchmark: Benchmark(name: name, labels: id.benchmark.labels), metric: id.metric)
  }

  /// The series by its name and by all its former names.
  func past(_ id: Series.ID) -> [Series.ID] {
    guard past[id.benchmark.name] != nil else { return [id] }
    return spellings(of: id.benchmark.name).map {
      Series.ID(benchmark: Benchmark(name: $0, labels: id.benchmark.labels), metric: id.metric)
    }
  }

  /// Returns a scan for lines that may hold some series under any of their names.
  func scan(for ids: some Sequence<Series.ID>) -> NameScan {
    NameScan(Set(ids.map(\.benchmark.name)).flatMap(spellings))
  }

  /// A name and all its former names.
  func spellings(of name: String) -> Set<String> {
    var names: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      for old in past[next] ?? [] where names.insert(old).inserted { open.append(old) }
    }
    return names
  }
}
