package import Measurements

/// A way of writing all numbers of a history, for other programs.
///
/// An export is written row by row, so that its length does not matter: ``head``, then for each row
/// ``row`` with what ``series`` and ``run`` made of its series and its run, then ``foot``.
package struct ExportFormat: Sendable {
  package let name: String
  package let kind: Kind
  /// The fields that the rows are written for, one after the other: a format may want all medians
  /// before the first minimum. Most write all fields of a row at once.
  package let passes: @Sendable (_ rounds: Bool) -> [Field]
  package let head: @Sendable (inout ExportBuffer, ExportDocument) -> Void
  package let series: @Sendable (inout ExportBuffer, Benchmark, Metric) -> Void
  /// Writes what the rows of a run have in common in one series.
  package let run: @Sendable (inout ExportBuffer, ExportedRun) -> Void
  /// Writes what comes before the first row of a pass.
  package let begin: @Sendable (inout ExportBuffer, Field) -> Void
  package let row: @Sendable (inout ExportBuffer, Field, ExportRow) -> Void
  package let foot: @Sendable (inout ExportBuffer, ExportDocument) -> Void

  package enum Kind: Sendable {
    /// Rows in the order of series and runs.
    case rows
    /// As ``rows``, each with a time that no other row of its labels has.
    case keyed
    /// Points of a time-series store: the rows of the same labels follow each other, and each has a
    /// time of its own. The run and the commit are no labels.
    case points

    package var needsTime: Bool { if case .rows = self { false } else { true } }
  }

  package enum Field: String, Sendable {
    case all, median, min, max, rounds, value
  }

  package init(
    name: String, kind: Kind, passes: @escaping @Sendable (Bool) -> [Field] = { _ in [.all] },
    head: @escaping @Sendable (inout ExportBuffer, ExportDocument) -> Void = { _, _ in },
    series: @escaping @Sendable (inout ExportBuffer, Benchmark, Metric) -> Void,
    run: @escaping @Sendable (inout ExportBuffer, ExportedRun) -> Void,
    begin: @escaping @Sendable (inout ExportBuffer, Field) -> Void = { _, _ in },
    row: @escaping @Sendable (inout ExportBuffer, Field, ExportRow) -> Void,
    foot: @escaping @Sendable (inout ExportBuffer, ExportDocument) -> Void = { _, _ in }
  ) {
    self.name = name
    self.kind = kind
    self.passes = passes
    self.head = head
    self.series = series
    self.run = run
    self.begin = begin
    self.row = row
    self.foot = foot
  }

  package static let all: [ExportFormat] = [.json, .ndjson, .csv, .openMetrics, .influx, .sql]

  package static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }
}

/// The description of an export in the file that it writes.
package struct ExportDocument: Sendable {
  package let tool: String
  package let query: JSONValue
  package let skipped: [Answer.Skipped]
  /// True if there is a row for each round.
  package let isOfRounds: Bool

  package init(tool: String, query: JSONValue, skipped: [Answer.Skipped], isOfRounds: Bool) {
    self.tool = tool
    self.query = query
    self.skipped = skipped
    self.isOfRounds = isOfRounds
  }
}
