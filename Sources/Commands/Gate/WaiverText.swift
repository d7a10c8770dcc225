import CommandLine
import Configuration
import Git
import Verdicts

/// The text of a configuration file while waivers are written into it.
struct WaiverText {
  private let before: String
  private let suite: String
  /// The waivers of the file, without those that were replaced.
  private var sections: [Section]
  /// The replacements of sections.
  private var replaced: [Replacement] = []
  private var added = ""

  private struct Section {
    let pattern: String
    /// The text from the heading to the last value.
    let range: Range<String.Index>
    let metric: String?
    let suite: String?
  }

  private struct Replacement {
    let range: Range<String.Index>
    let text: String
  }

  /// Reads the sections of a configuration file.
  ///
  /// - Throws: ``ConfigurationText/BadLine`` for a line that git would refuse.
  init(_ text: String, suite: String) throws(ConfigurationText.BadLine) {
    before = text
    self.suite = suite
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let entries = try ConfigurationText(Array(text.utf8)).lines
    sections = Dictionary(grouping: entries.filter(\.entry.isWaiver), by: \.heading)
      .sorted { $0.key < $1.key }.compactMap { _, group in
        guard let last = group.map(\.number).max(), let pattern = group[0].entry.subsection
        else { return nil }
        // A value goes on while its lines end with a backslash.
        let end = lines[(last - 1)...].firstIndex { !$0.hasSuffix("\\") } ?? lines.count - 1
        func value(_ key: String) -> String? { group.last { $0.entry.name == key }?.entry.value }
        return Section(
          pattern: pattern, range: lines[group[0].headingLine - 1].startIndex..<lines[end].endIndex,
          metric: value("metric"), suite: value("suite"))
      }
  }

  /// Adds a waiver, or replaces the last one for the same benchmark, metric and suite.
  ///
  /// - Parameter inPlace: True if a waiver for every metric may be replaced by one for a
  ///   single metric.
  mutating func add(_ waiver: Waiver, inPlace: Bool) throws {
    let place = sections.lastIndex {
      $0.pattern == waiver.benchmark.text && $0.suite ?? suite == suite
        && ($0.metric == waiver.metric?.text || $0.metric == nil && inPlace)
    }
    guard let place else {
      added += try WaiverSection(waiver: waiver, suite: suite).text()
      return
    }
    let section = sections.remove(at: place)
    let text = try WaiverSection(waiver: waiver, suite: section.suite).text()
    replaced.append(Replacement(range: section.range, text: String(text.dropLast())))
  }

  var text: String {
    var text = before
    for replacement in replaced.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      text.replaceSubrange(replacement.range, with: replacement.text)
    }
    return text.followed(by: added)
  }
}

extension ConfigurationEntry {
  var isWaiver: Bool { section.lowercased() == "waiver" }
}
