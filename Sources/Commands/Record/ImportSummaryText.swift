import Formats
import Measurements
import Reports

/// Tells the user what was read from a file.
struct ImportSummaryText {
  let importSummary: ImportSummary

  /// The summary, such as `read bench.json (jmh): 3 benchmarks, 6 series, 30 rounds, 300 samples; 2
  /// failed; 4 skipped`.
  var line: String {
    let counts = [
      count(importSummary.benchmarks, "benchmark"), count(importSummary.series, "series", "series"),
      count(importSummary.rounds, "round"), count(importSummary.samples, "sample"),
    ]
    let skipped = importSummary.skipped.reduce(0) { $0 + $1.count }
    let rest = [
      importSummary.failures > 0 ? "\(importSummary.failures) failed" : nil,
      skipped > 0 ? "\(skipped) skipped" : nil,
    ].compactMap(\.self)
    let numbers = ([counts.joined(separator: ", ")] + rest).joined(separator: "; ")
    return "read \(importSummary.input.visible()) (\(importSummary.format)): \(numbers)"
  }

  /// The renamed benchmarks, the skipped parts with their reasons, and the unit and direction of
  /// each metric.
  var details: [String] {
    renamed
      + importSummary.skipped.map {
        "  skipped \($0.count): \($0.reason.visible()), first at \($0.first.visible())"
      }
      + importSummary.metrics.map { note in
        let unit =
          note.written == note.unit.symbol
          ? note.written : "\(note.written), kept in \(note.unit.symbol)"
        return
          "  \(note.metric.visible()): \(unit.visible()); \(note.better.direction.rawValue) is "
          + "better, by \(note.better.origin.visible())"
      }
  }

  private var renamed: [String] {
    guard let first = importSummary.renamed.first else { return [] }
    return [
      "  renamed \(importSummary.renamed.count): '\(first.original.visible())' is "
        + "'\("\(first.benchmark)".visible())' here"
        + (importSummary.renamed.count > 1 ? ", and so on" : "")
    ]
  }

  private func count(_ number: Int, _ word: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? word : plural ?? word + "s")"
  }
}
