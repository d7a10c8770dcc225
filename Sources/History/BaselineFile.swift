import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `baselines/<name>.json` and what `--output` writes: `{"version": 1, "runs": [...]}`.
package enum BaselineFile {
  /// The runs of some lines, spread over lines for review in a pull request.
  package static func text(of lines: [RunLine]) throws(HistoryError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let runs = try lines.map { line in
        var reader = JSONReader(line.bytes)
        return try reader.value()
      }
      let data = try encoder.encode(RunDocument(runs: runs))
      return String(decoding: data, as: UTF8.self) + "\n"
    } catch {
      throw .encoding("\(error)")
    }
  }
}
