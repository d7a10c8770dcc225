package import Measurements

/// What a format found in an input.
package struct ParsedResults: Hashable, Sendable {
  /// The numbers of a tool, each benchmark and metric once.
  package let series: [Series]
  /// Runs with their own provenance, from files that this project wrote.
  package let records: [RunRecord]
  /// Benchmarks that the tool reports as failed; they have no numbers, never zeros.
  package let failures: [Failure]
  /// What the input says of machine and build, for noticing that two inputs differ in something
  /// nobody asked about.
  package let context: [String: String]
  /// What was skipped or assumed, and why.
  package let parseNotes: [ParseNote]
  /// What was made of each file.
  package let importSummaries: [ImportSummary]

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

  /// The same, with an account of it.
  func with(_ importSummary: ImportSummary) -> ParsedResults {
    ParsedResults(
      series: series, records: records, failures: failures, context: context,
      parseNotes: parseNotes,
      importSummaries: [importSummary])
  }

  /// The same, each series with what was launched for it.
  package func defined(by define: (Series) -> Definition?) -> ParsedResults {
    ParsedResults(
      series: series.map { $0.defined(by: define($0)) }, records: records, failures: failures,
      context: context, parseNotes: parseNotes, importSummaries: importSummaries)
  }

  /// All numbers, those of the records included, each benchmark and metric once.
  package var measured: [Series] {
    (series + records.flatMap(\.run.series)).pooled()
  }

  package var isEmpty: Bool {
    series.isEmpty && failures.isEmpty && records.allSatisfy { $0.run.series.isEmpty }
  }
}

/// A sentence about how an input was read.
package struct ParseNote: Hashable, Sendable, CustomStringConvertible {
  package let weight: Weight
  /// `bench.txt:12: 'BenchmarkFoo' has no result`.
  package let description: String

  package enum Weight: Sendable {
    /// For whoever asks what was done.
    case importSummary
    /// For everybody: a number may be missing or misread.
    case warning
  }

  package init(_ weight: Weight, _ description: String) {
    self.weight = weight
    self.description = description
  }
}
