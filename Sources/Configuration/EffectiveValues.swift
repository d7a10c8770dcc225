import Formats
import Measurements
import Verdicts

/// The values that count for a series, if several keys set the same thing for fewer or more series.
struct EffectiveValues {
  struct Value {
    let text: String
    let key: ConfigurationKey
    let pattern: String?
  }

  private let tables: [Table]

  /// - Parameter keys: The keys by precedence, the first one taking precedence over the others.
  init(_ keys: [ConfigurationKey], in settings: RuledSettings) {
    tables = keys.map { Table($0, settings.all($0.name)) }
  }

  /// Returns the most specific setting of the first key that has one; nil if nobody sets it.
  func value(for series: RuledSeries, _ looseness: Looseness) -> Value? {
    for table in tables {
      if let value = table.value(for: series, looseness) { return value }
    }
    return nil
  }
}

/// The settings of one key. Plain names are looked up in a dictionary.
private struct Table {
  private let key: ConfigurationKey
  private let entries: [RuledSettings.Entry]
  private let patterns: [Pattern?]
  /// The indices of the settings for each plain name.
  private var plain: [String: [Int]] = [:]
  /// The indices of the settings for patterns and for all series.
  private var others: [Int] = []

  init(_ key: ConfigurationKey, _ entries: [RuledSettings.Entry]) {
    self.key = key
    self.entries = entries
    patterns = entries.map { $0.subsection.map { Pattern($0) } }
    for (index, entry) in entries.enumerated() {
      if let name = entry.subsection, !name.utf8.contains(where: "*?\\".utf8.contains) {
        plain[name, default: []].append(index)
      } else {
        others.append(index)
      }
    }
  }

  func value(for series: RuledSeries, _ looseness: Looseness) -> EffectiveValues.Value? {
    let name = key.parts.section == "metric" ? series.metric.name : series.benchmark
    var best: Int?
    for index in (plain[name] ?? []) + others {
      let entry = entries[index]
      guard (entry.suite ?? series.suite) == series.suite,
        patterns[index]?.matches(name) ?? true, isFor(series.metric.unit, entry.value, looseness)
      else { continue }
      guard let known = best, let pattern = patterns[known], let other = patterns[index],
        pattern.isMoreSpecific(than: other)
          || !other.isMoreSpecific(than: pattern) && known > index
      else {
        best = index
        continue
      }
    }
    return best.map {
      EffectiveValues.Value(
        text: entries[$0].value, key: key, pattern: entries[$0].subsection)
    }
  }

  private func isFor(_ unit: Unit, _ value: String, _ looseness: Looseness) -> Bool {
    if case .larger(let number, _, _) = looseness { number(value, unit) != nil } else { true }
  }
}
