import Measurements

extension Collection<ParsedResults> {
  /// Merges the results of several files of one tool. The rounds of a series follow one another in
  /// the order of the files.
  ///
  /// If a metric has another unit or direction in some files, the series stay apart. If the files
  /// differ in their context, they are merged nevertheless. Both cases give a warning.
  ///
  /// - Parameter areFiles: True to warn of benchmarks and metrics that most files have, and some
  ///   do not.
  package func merged(areFiles: Bool = false) -> ParsedResults {
    let series = flatMap(\.series).pooled()
    return ParsedResults(
      series: series, records: flatMap(\.records), failures: flatMap(\.failures),
      context: sharedContext,
      parseNotes: flatMap(\.parseNotes).distinct + conflicts(in: series) + differences
        + (areFiles ? PresenceCount(of: self).notesOnFiles : []),
      importSummaries: flatMap(\.importSummaries))
  }

  private func conflicts(in series: [Series]) -> [ParseNote] {
    let groups = Dictionary(grouping: series, by: \.id).filter { $0.value.count > 1 }
    return groups.keys.sorted().map { id in
      let units = groups[id, default: []].map { "\($0.metric.unit.symbol), \($0.metric.better)" }
      return ParseNote(
        .warning,
        "metric '\(id.metric)' of '\(id.benchmark)' does not mean the same in all files: "
          + units.joined(separator: " / "))
    }
  }

  private var sharedContext: [String: String] {
    var shared = first?.context ?? [:]
    for reading in self { shared = shared.filter { reading.context[$0.key] == $0.value } }
    return shared
  }

  private var differences: [ParseNote] {
    Set(flatMap(\.context.keys)).sorted().compactMap { key in
      let values = Set(compactMap { $0.context[key] }).sorted()
      guard values.count > 1 else { return nil }
      return ParseNote(.warning, "the files differ in \(key): \(values.joined(separator: " / "))")
    }
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repetitions, in order. A note that applies to several files, launches or
  /// entries is thus printed once.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
