import CommandLine
import Measurements
import Verdicts

/// The settings by key, for queries about the rules that count for a series.
struct RuledSettings {
  /// A setting, and the suite that its section is for.
  struct Entry: Hashable {
    let value: String
    let subsection: String?
    /// The suite of the section; nil for all suites.
    let suite: String?
  }

  /// The settings by key, in lower case, in the order in which they were written.
  private var entries: [String: [Entry]] = [:]
  private(set) var permissions: [Permission] = []

  init(_ settings: [Setting]) {
    let isOfSuite = { (setting: Setting) in
      setting.key == "suite" && ["benchmark", "metric", "waiver", "goal"].contains(setting.section)
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

  /// Returns all settings of a key.
  func all(_ name: String) -> [Entry] { entries[name.lowercased()] ?? [] }

  /// True where the settings name a command for the suite.
  func defines(suite: String) -> Bool {
    (all("suite.command") + all("suite.commandsFrom")).contains { $0.subsection == suite }
  }
}

/// A `[waiver]` section, with everything that says how much it permits.
struct Permission: Hashable {
  let pattern: Pattern
  let suite: String?
  private var metric = Pattern("*")
  private var ceiling = 0.0
  private var expires = ""
  /// The other keys by which the section permits something, with their values.
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

  /// Returns true if this section permits everything that the other one permits of a series. Days
  /// of the calendar are in order as texts.
  func covers(_ other: Permission) -> Bool {
    ceiling >= other.ceiling && expires >= other.expires
      && other.others.allSatisfy { others[$0.key] == $0.value }
  }

  /// The permission in words: `25 % until 2026-12-31`.
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

/// The properties of a series of the base to which rules can refer.
struct RuledSeries: Hashable {
  let suite: String
  let benchmark: String
  let metric: Metric
  /// The model that the series was measured with, for prices.
  let model: String?
}
