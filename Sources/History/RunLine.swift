package import Git
package import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run as a note holds it: one line of canonical JSON.
package struct RunLine: Hashable, Sendable {
  /// Ends with a newline.
  package let bytes: [UInt8]

  /// A line without its newline, as it stands in a note.
  init(_ line: some Sequence<UInt8>) { bytes = Array(line) + [UInt8(ascii: "\n")] }

  /// The canonical line of a new run.
  package init(_ run: Run) throws(HistoryError) { try self.init(encoding: run) }

  /// The canonical line of a run that was read from a file, with the fields that are not known here.
  package init(_ record: RunRecord) throws(HistoryError) { try self.init(encoding: record) }

  private init(encoding value: some Encodable) throws(HistoryError) {
    do {
      self.init(try Self.encoder.encode(value))
    } catch {
      throw .encoding("\(error)")
    }
  }

  /// Sorted keys and no spaces: the same run is the same line on every machine.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

extension RunLine {
  /// Of the length and the end, where a run has its session and its tree: what is equal there is
  /// nearly always the same line, and a line of many series is long.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes.count)
    hasher.combine(bytes.suffix(200))
  }

  /// What names the run: the blob id of its line.
  package func id() throws(HistoryError) -> ObjectID { try git(try ObjectID(hashing: bytes)) }

  func header() throws(JSONError) -> RunHeader { try RunHeader(bytes) }

  func run() throws(JSONError) -> Run { try Run(bytes) }
}
