package import Git
package import Measurements

/// A run in the form of a note: one line of canonical JSON.
package struct RunLine: Hashable, Sendable {
  /// The bytes of the line, which end with a newline.
  package let bytes: [UInt8]

  /// Creates a line from its text in a note, without its newline.
  package init(_ line: some Sequence<UInt8>) { bytes = Array(line) + [UInt8(ascii: "\n")] }

  /// Creates a line from a note that is one line, with its newline.
  init(note: [UInt8]) { bytes = note }

  /// Creates the canonical line of a new run.
  package init(_ run: Run) { self.init(run.json.line) }

  /// Creates the canonical line of a run from a file, including the fields that this version does
  /// not know.
  package init(_ record: RunRecord) { self.init(record.json.line) }
}

/// A line of a note and its number.
struct NoteLine {
  /// The number of the line, from 1.
  let number: Int
  let line: RunLine
  /// True if the note holds only this line, so that the blob of the note is that of the line.
  let isWholeNote: Bool
}

extension RunLine {
  /// The header of the line; nil if it is not understood.
  package var knownHeader: RunHeader? { try? header() }

  /// True if the bytes of an ASCII text stand anywhere in the line.
  package func mentions(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let first = wanted.first, bytes.count >= wanted.count else { return wanted.isEmpty }
      for start in 0...bytes.count - wanted.count where unsafe bytes[start] == first {
        // SAFETY: all places are below the sum of the start and the count, which is within the bytes.
        if wanted.indices.allSatisfy({ unsafe bytes[start + $0] == wanted[$0] }) {
          return true
        }
      }
      return false
    }
  }

  /// The id of the run: the blob id of its line.
  package func id() throws(HistoryError) -> ObjectID { try git(try ObjectID(hashing: bytes)) }

  func header() throws(JSONError) -> RunHeader { try RunHeader(bytes) }

  func run() throws(JSONError) -> Run { try Run(bytes) }

  /// The run with the series of some benchmarks only.
  func run(only names: Set<String>) throws(JSONError) -> Run { try Run(bytes, only: names) }
}
