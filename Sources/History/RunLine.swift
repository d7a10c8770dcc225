package import Git
package import Measurements

/// A run as a note holds it: one line of canonical JSON.
package struct RunLine: Hashable, Sendable {
  /// Ends with a newline.
  package let bytes: [UInt8]

  /// A line without its newline, as it stands in a note.
  package init(_ line: some Sequence<UInt8>) { bytes = Array(line) + [UInt8(ascii: "\n")] }

  /// A note that is one line, with its newline.
  init(note: [UInt8]) { bytes = note }

  /// The canonical line of a new run.
  package init(_ run: Run) { self.init(run.json.line) }

  /// The canonical line of a run that was read from a file, with the fields that are not known here.
  package init(_ record: RunRecord) { self.init(record.json.line) }
}

/// One line of a note.
struct NoteLine {
  /// From 1.
  let number: Int
  let line: RunLine
  /// Whether the note holds nothing else, so that its blob is that of the line.
  let isWholeNote: Bool
}

extension RunLine {
  /// What it says of itself; nil where it is not understood.
  package var knownHeader: RunHeader? { try? header() }

  /// What names the run: the blob id of its line.
  package func id() throws(HistoryError) -> ObjectID { try git(try ObjectID(hashing: bytes)) }

  func header() throws(JSONError) -> RunHeader { try RunHeader(bytes) }

  func run() throws(JSONError) -> Run { try Run(bytes) }

  /// With the series of some benchmarks only.
  func run(only names: Set<String>) throws(JSONError) -> Run { try Run(bytes, only: names) }
}
