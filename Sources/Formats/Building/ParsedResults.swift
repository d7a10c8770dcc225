package import Measurements

/// The results that a format found in an input.
package struct ParsedResults: Hashable, Sendable {
  /// The numbers of a tool. Each benchmark and metric occurs once.
  package let series: [Series]
  /// Runs with their own provenance, from files that this project wrote.
  package let records: [RunRecord]
  /// Benchmarks that the tool reports as failed. They have no numbers, never zeros.
  package let failures: [Failure]
  /// Properties of the machine and the build that the input names. They show that two inputs differ
  /// in something that nobody asked about.
  package let context: [String: String]
  /// Sentences about what was skipped or assumed, and why.
  package let parseNotes: [ParseNote]
  /// The summaries of the import; each file has one.
  package private(set) var importSummaries: [ImportSummary]

  package init(
    series: [Series] = [], records: [RunRecord] = [], failures: [Failure] = [],
    context: [String: String] = [:], parseNotes: [ParseNote] = [],
    importSummaries: [ImportSummary] = []
  ) {
    self.series = series.pooled()
    self.records = records
    self.failures = failures
    self.context = context
    self.parseNotes = parseNotes
    self.importSummaries = importSummaries
  }

  /// The results with a summary.
  func with(_ importSummary: ImportSummary) -> ParsedResults {
    var copy = self
    copy.importSummaries = [importSummary]
    return copy
  }

  /// The results with the definition of what was launched for each series. The prices of a cost stay
  /// a part of it.
  package func defined(by define: (Series) -> Definition?) -> ParsedResults {
    ParsedResults(
      series: series.map { series in
        let known = series.definition
        return series.defined(by: define(series)?.adding(known?.prices ?? []) ?? known)
      }, records: records, failures: failures,
      context: context, parseNotes: parseNotes, importSummaries: importSummaries)
  }

  /// All series, including those of the records. Each benchmark and metric occurs once.
  package var measured: [Series] {
    records.isEmpty ? series : (series + records.flatMap(\.run.series)).pooled()
  }

  package var isEmpty: Bool {
    series.isEmpty && failures.isEmpty && records.allSatisfy { $0.run.series.isEmpty }
  }
}

/// A sentence about how an input was read.
package struct ParseNote: Hashable, Sendable, CustomStringConvertible {
  package let weight: Weight
  /// The text, such as `bench.txt:12: 'BenchmarkFoo' has no result`.
  package let description: String

  package enum Weight: Sendable {
    /// A note for users who ask for details.
    case importSummary
    /// A note for all users: a number may be missing or misread.
    case warning
  }

  package init(_ weight: Weight, _ description: String) {
    self.weight = weight
    self.description = description
  }
}
