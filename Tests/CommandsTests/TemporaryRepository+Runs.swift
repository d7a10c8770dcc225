import Foundation
import Measurements
import TestSupport
import Testing

extension TemporaryRepository {
  /// The runs in the note of an object; none where it has no note.
  func runs(_ object: String = "HEAD") throws -> [Run] {
    let note = (try? note(object)) ?? ""
    return try note.split(separator: "\n").map { try Run(Array($0.utf8)) }
  }

  /// The last run in the note of an object, as its line says it.
  func lastRun(_ object: String = "HEAD") throws -> [String: Any] {
    let line = try #require(try note(object).split(separator: "\n").last)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }
}
