import Measurements

/// What benchmarks were called before.
package struct NameHistory: Hashable, Sendable {
  private let present: [String: String]
  private let past: [String: [String]]

  /// - Parameter aliases: The next name of each old one.
  package init(_ aliases: [String: String] = [:]) {
    present = aliases
    past = Dictionary(grouping: aliases.keys.sorted()) { aliases[$0] ?? $0 }
  }

  /// The name by now, after all that it had since; no chain is longer than there are aliases.
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

  /// A series by its name and by all that it had before.
  func past(_ id: Series.ID) -> [Series.ID] {
    guard past[id.benchmark.name] != nil else { return [id] }
    return spellings(of: id.benchmark.name).map {
      Series.ID(benchmark: Benchmark(name: $0, labels: id.benchmark.labels), metric: id.metric)
    }
  }

  /// What finds lines that may have some series under any name.
  func scan(for ids: some Sequence<Series.ID>) -> NameScan {
    NameScan(Set(ids.map(\.benchmark.name)).flatMap(spellings))
  }

  /// A name and all that it had before.
  func spellings(of name: String) -> Set<String> {
    var names: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      for old in past[next] ?? [] where names.insert(old).inserted { open.append(old) }
    }
    return names
  }
}
