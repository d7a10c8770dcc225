import Formats
import Foundation
import Measurements
import Testing

/// A file of `Fixtures`, under its own name.
func fixture(_ path: String) throws -> Input {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return try Input(path: folder.appending(path: path).path, name: name)
}

extension Input {
  static func of(_ text: String) -> Input { Input(name: "x", text: text) }
}

extension ParsedResults {
  /// The samples of one series, round by round; nil where there is no such series.
  func samples(_ benchmark: String, _ metric: String = "wall_time") -> [[Double]]? {
    series.first { "\($0.benchmark)" == benchmark && $0.metric.name == metric }?
      .rounds.map(\.samples)
  }

  /// What was left out, `calibration run: 1, first x: field 'runs[0]'`.
  var skipped: [String] {
    importSummaries.flatMap(\.skipped).map { "\($0.reason): \($0.count), first \($0.first)" }
  }

  func metric(_ name: String) -> Metric? { series.map(\.metric).first { $0.name == name } }
}

/// What reading a text in a format fails with, in words.
func failure(of format: Format, on text: String) -> String {
  do throws(InputError) {
    _ = try format.read(.of(text))
    return "no error"
  } catch {
    return error.description
  }
}

/// One malformed text and the whole message it must lead to.
struct Malformed: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let message: String

  init(_ name: String, _ text: String, _ message: String) {
    testDescription = name
    self.text = text
    self.message = message
  }
}
