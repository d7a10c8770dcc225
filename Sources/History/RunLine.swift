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
  /// What names the run: the blob id of its line.
  package func id() throws(HistoryError) -> ObjectID { try git(try ObjectID(hashing: bytes)) }

  func header() throws -> RunHeader {
    try JSONDecoder().decode(RunHeader.self, from: Data(bytes))
  }

  func run() throws -> Run {
    try JSONDecoder().decode(Run.self, from: Data(bytes))
  }
}

/// What decides whether a run is wanted, without reading its series.
struct RunHeader: Decodable {
  let version: Int
  let suite: String
  let session: String?
  let recordedAt: Timestamp?
  let environment: Environment?

  private enum Key: String, CodingKey {
    case version, suite, session, recordedAt, environment
  }

  /// Of a newer version only the version is read: the rest may have another form.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    version = try fields.decode(Int.self, forKey: .version)
    let known = version <= Run.version
    suite = known ? try fields.decode(String.self, forKey: .suite) : ""
    session = known ? try fields.decodeIfPresent(String.self, forKey: .session) : nil
    recordedAt = known ? try fields.decodeIfPresent(Timestamp.self, forKey: .recordedAt) : nil
    environment = known ? try fields.decodeIfPresent(Environment.self, forKey: .environment) : nil
  }
}
