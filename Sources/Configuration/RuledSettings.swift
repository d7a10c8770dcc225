import CommandLine
import Measurements
import Verdicts

/// What was written under each key, ready to be asked what counts for a series.
struct RuledSettings {
  /// One setting, and the suite that its section is for.
  struct Entry: Hashable {
    let value: String
    let subsection: String?
    /// nil for all suites.
    let suite: String?
  }

  /// By key, in lower case; in the order in which they were written.
  private var entries: [String: [Entry]] = [:]
  private(set) var permissions: [Permission] = []

  init(_ settings: [Setting]) {
    let isOfSuite = { (setting: Setting) in
      setting.key == "suite" && ["benchmark", "metric", "waiver"].contains(setting.section)
    }
    let suites = Dictionary(
      settings.filter(isOfSuite).map { ($0.heading, $0.value) }, uniquingKeysWith: { $1 })
    var waivers: [Setting.Heading: Int] = [:]
    for setting in settings {
      guard ConfigurationKey.of(setting) != nil else { continue }
      let suite = suites[setting.heading]
      entries[setting.name.lowercased(), default: []].append(
        Entry(value: setting.value, subsection: setting.subsection, suite: suite))
      guard setting.section == "waiver" else { continue }
      let place = waivers[setting.heading] ?? permissions.count
      if place == permissions.count {
        permissions.append(Permission(pattern: setting.subsection ?? "*", suite: suite))
        waivers[setting.heading] = place
      }
      permissions[place].take(setting)
    }
  }

  /// The names of all keys that are written.
  var names: Set<String> { Set(entries.keys) }

  /// All that is written under a key.
  func all(_ name: String) -> [Entry] { entries[name.lowercased()] ?? [] }

  /// True where the settings name a command for the suite.
  func defines(suite: String) -> Bool {
    all("suite.command").contains { $0.subsection == suite }
  }
}

/// One `[waiver]` section, as far as it says how much it permits.
struct Permission: Hashable {
  let pattern: Pattern
  let suite: String?
  private var metric = Pattern("*")
  private var ceiling = 0.0
  private var expires = ""
  /// Whatever else it permits, with its value.
  private var others: [String: String] = [:]

  init(pattern: String, suite: String?) {
    self.pattern = Pattern(pattern)
    self.suite = suite
  }

  mutating func take(_ setting: Setting) {
    switch setting.key {
    case "metric": metric = Pattern(setting.value)
    case "ceiling": ceiling = (try? Argument.ceiling.parse(setting.value)) ?? .infinity
    case "expires": expires = setting.value
    case "suite", "reason": break
    default: others[setting.key] = setting.value
    }
  }

  func fits(_ series: RuledSeries) -> Bool {
    (suite ?? series.suite) == series.suite && pattern.matches(series.benchmark)
      && metric.matches(series.metric.name)
  }

  /// Whether all that the other permits of a series is permitted by this one as well; days of the
  /// calendar are in order as texts.
  func covers(_ other: Permission) -> Bool {
    ceiling >= other.ceiling && expires >= other.expires
      && other.others.allSatisfy { others[$0.key] == $0.value }
  }

  /// `25 % until 2026-12-31`.
  var words: String {
    let percent = (ceiling * 10_000).rounded() / 100
    let amount = percent == percent.rounded() ? "\(Int(min(percent, 1e9)))" : "\(percent)"
    let parts =
      (ceiling > 0 ? ["\(amount) %"] : [])
      + others.sorted { $0.key < $1.key }.map {
        $0.value == "true" ? $0.key : "\($0.key) \($0.value)"
      }
    return parts.joined(separator: ", ") + (expires.isEmpty ? "" : " until \(expires)")
  }
}

/// A series of the base by what rules can say of it.
struct RuledSeries: Hashable {
  let suite: String
  let benchmark: String
  let metric: Metric
  /// What it was measured with, for prices.
  let model: String?
}
