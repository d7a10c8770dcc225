import Measurements

extension Collection<ParsedResults> {
  /// Several files of one tool as one reading: the rounds of a series follow one another in the
  /// order of the files.
  ///
  /// Where a metric changes its unit or direction between files, the series stay apart; where
  /// the files differ in their context, they are merged all the same; both are warned of.
  ///
  /// - Parameter areFiles: Whether what most of them have, and some have not, is warned of.
  package func merged(areFiles: Bool = false) -> ParsedResults {
    let series = flatMap(\.series).pooled()
    return ParsedResults(
      series: series, records: flatMap(\.records), failures: flatMap(\.failures),
      context: sharedContext,
      parseNotes: flatMap(\.parseNotes).distinct + conflicts(in: series) + differences
        + (areFiles ? Attendance(of: self).notesOnFiles : []),
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
  /// Each once, in the order in which they come: what holds for every file, launch or entry is said once.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
