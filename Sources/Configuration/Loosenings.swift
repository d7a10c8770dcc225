package import Measurements
package import Verdicts

/// The comparison of two sets of rules, which finds what the new set lets pass and the old one does
/// not. It considers the series of a base.
package struct Loosenings {
  let old: RuledSettings
  let new: RuledSettings
  let series: [RuledSeries]
  let oldPolicies: [String: Policy]
  let newPolicies: [String: Policy]
  /// The series of the base by suite, with all their numbers. Limits need the numbers.
  let measured: [String: [Series]]

  /// Compares two sets of rules.
  ///
  /// - Parameter measured: The series of the base, by suite.
  package init(
    from old: [Setting], to new: [Setting], measured: [String: [Series]]
  ) throws {
    self.old = RuledSettings(old)
    self.new = RuledSettings(new)
    func policies(_ settings: [Setting]) throws -> [String: Policy] {
      let configuration = try ProjectConfiguration.saying(settings)
      return try Dictionary(
        uniqueKeysWithValues: measured.keys.map { ($0, try configuration.policy(for: $0)) })
    }
    let oldPolicies = try policies(old)
    let newPolicies = try policies(new)
    // Rules may name the rows over several tasks, as one of the two policies has them.
    let measured = Dictionary(
      uniqueKeysWithValues: measured.map { suite, series in
        let rows = [newPolicies[suite], oldPolicies[suite]].lazy.compactMap {
          $0?.withTaskRows(series)
        }
        return (suite, rows.max { $0.count < $1.count } ?? series)
      })
    self.measured = measured
    self.oldPolicies = oldPolicies
    self.newPolicies = newPolicies
    let all = measured.flatMap { suite, series in
      series.map {
        RuledSeries(
          suite: suite, benchmark: $0.benchmark.name, metric: $0.metric,
          model: $0.benchmark.labels["model"])
      }
    }
    // An alias renames a series of the base, and the rules of its new name apply to it.
    let renamed = all.flatMap { series in
      (newPolicies[series.suite]?.aliases ?? []).filter { $0.old == series.benchmark }.map {
        RuledSeries(
          suite: series.suite, benchmark: $0.new, metric: series.metric, model: series.model)
      }
    }
    series = Set(all + renamed).sorted {
      ($0.suite, $0.benchmark, $0.metric.name) < ($1.suite, $1.benchmark, $1.metric.name)
    }
  }

  /// Returns the loosenings of some keys, each once, in the order of the table.
  package func found(where isWanted: (ConfigurationKey) -> Bool) -> [Loosening] {
    var found: [Loosening] = []
    var seen: Set<Loosening> = []
    var topics: Set<String> = []
    for key in ConfigurationKey.all where isWanted(key) {
      guard topics.insert(topic(of: key)).inserted else { continue }
      found += loosenings(of: key).filter { seen.insert($0).inserted }
    }
    return found
  }
}

extension Loosenings {
  /// The sections with keys of the same meaning, by precedence: keys of a benchmark, then of a
  /// metric, then those for all series.
  private static let places = ["benchmark", "metric", "gate"]

  /// Returns the topic of a key, which is the same for all keys that set the same thing for
  /// different series.
  private func topic(of key: ConfigurationKey) -> String {
    let (section, name) = key.parts
    if section == "waiver" { return section }
    switch key.looser {
    case .never: return key.name
    case .rename, .permission: return key.name
    case .limit: return "limit"
    case .anyChange, .larger, .words: return Self.places.contains(section) ? name : key.name
    }
  }

  private func keys(of topic: String) -> [ConfigurationKey] {
    Self.places.compactMap { ConfigurationKey.named["\($0).\(topic)".lowercased()] }
      .filter { if case .never = $0.looser { false } else { true } }
  }

  private func loosenings(of key: ConfigurationKey) -> [Loosening] {
    switch key.looser {
    case .never: []
    case .permission: permissions()
    case .limit: limits()
    case .rename: renames(key)
    case .anyChange, .larger, .words:
      Self.places.contains(key.parts.section)
        ? values(keys(of: key.parts.name), key.looser) : lists(key)
    }
  }
}

extension Loosenings {
  /// Returns the loosenings of keys that set a value for each series by itself.
  private func values(_ keys: [ConfigurationKey], _ looser: Looseness) -> [Loosening] {
    let changed = keys.contains { old.all($0.name) != new.all($0.name) }
    guard changed, !series.isEmpty else { return [] }
    let (before, after) = (EffectiveValues(keys, in: old), EffectiveValues(keys, in: new))
    return series.compactMap { series in
      let (was, isNow) = (before.value(for: series, looser), after.value(for: series, looser))
      guard looser.isLooser(isNow?.text, than: was?.text, of: series.metric.unit) else {
        return nil
      }
      guard let place = isNow ?? was else { return nil }
      return Loosening(
        key: place.key.shownName, pattern: place.pattern,
        old: was?.text.spaced ?? looser.unset, new: isNow?.text.spaced ?? looser.unset)
    }
  }

  /// Returns the loosenings of a key by heading. The values below one heading are compared as a
  /// whole.
  private func lists(_ key: ConfigurationKey) -> [Loosening] {
    func grouped(_ settings: RuledSettings) -> [String: [String]] {
      Dictionary(grouping: settings.all(key.name)) { $0.subsection ?? "" }.mapValues {
        $0.map(\.value)
      }
    }
    let (before, after) = (grouped(old), grouped(new))
    guard before != after else { return [] }
    let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return changed.sorted().compactMap { subsection in
      guard fits(subsection, of: key) else { return nil }
      let (was, isNow) = (before[subsection], after[subsection])
      let isAny = if case .anyChange = key.looser { true } else { false }
      guard isAny || key.looser.isLooser(isNow?.last, than: was?.last, of: .one) else { return nil }
      return Loosening(
        key: key.shownName, pattern: key.takesPattern ? subsection : nil,
        old: was?.joined(separator: "; ").spaced ?? key.looser.unset,
        new: isNow?.joined(separator: "; ").spaced ?? key.looser.unset)
    }
  }

  /// Returns true if the base has anything that the heading applies to.
  private func fits(_ subsection: String, of key: ConfigurationKey) -> Bool {
    guard key.takesPattern else { return key.parts.section == "hook" || !series.isEmpty }
    // A key of a suite counts if the base recorded the suite, or only defines it.
    if key.parts.section == "suite" {
      return measured[subsection]?.isEmpty == false || old.defines(suite: subsection)
    }
    // So does one of a task if the base recorded it, or only defines it.
    if key.parts.section == "task" {
      return series.contains { $0.benchmark == subsection }
        || old.all("task.command").contains { $0.subsection == subsection }
    }
    let pattern = Pattern(subsection)
    if key.parts.section == "goal" {
      return series.contains { pattern.matches($0.metric.name) }
    }
    return series.contains { $0.model.map(pattern.matches) ?? false }
  }
}

extension Looseness {
  /// The value that counts if the key is not set, as a reader sees it; nil if there is none.
  var unset: String? {
    switch self {
    case .larger(_, let unset, _), .words(_, let unset): unset.spaced
    case .never, .anyChange, .limit, .permission, .rename: nil
    }
  }

  /// Returns true if the new value lets more pass than the old one. A value is nil if it is not
  /// set.
  fileprivate func isLooser(_ new: String?, than old: String?, of unit: Unit) -> Bool {
    switch self {
    case .never: return false
    case .anyChange, .limit, .permission, .rename: return new != old
    case .larger(let number, let unset, let isLooser):
      guard let new = number(new ?? unset, unit), let old = number(old ?? unset, unit) else {
        return new != old
      }
      return isLooser(new, old)
    case .words(let words, let unset):
      guard let new = words.firstIndex(of: new ?? unset),
        let old = words.firstIndex(of: old ?? unset)
      else { return new != old }
      return new > old
    }
  }
}

extension ConfigurationKey {
  /// The section of the key, and its name within the section.
  package var parts: (section: String, name: String) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : "")
  }

  /// The name of the key in ``Loosening/key``.
  var shownName: String { parts.section == "benchmark" ? parts.name : name }
}

extension String {
  /// The text. A percentage gets a space before its sign.
  fileprivate var spaced: String {
    hasSuffix("%") && !hasSuffix(" %") && dropLast().allSatisfy { $0.isNumber || $0 == "." }
      ? "\(dropLast()) %" : self
  }
}
