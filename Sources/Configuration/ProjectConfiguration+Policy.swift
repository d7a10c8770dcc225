import CommandLine
package import Measurements
package import Verdicts

extension ProjectConfiguration {
  /// Throws an error for rules that make no sense for any of the suites that the configuration
  /// names.
  ///
  /// Each section is checked once. A contradiction between the sections of one suite and those for
  /// all suites is found when that suite is judged.
  func validate() throws {
    let groups = Dictionary(grouping: sections) { suitesOfSections[$0.heading] }
    for (_, sections) in groups.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      _ = try policy(of: sections)
    }
    if groups[nil] == nil { _ = try policy(of: []) }
    for (_, definition) in suites.sorted(by: { $0.key < $1.key }) { try definition.check() }
  }

  /// Returns the policy of one suite. Sections that are for another suite do not count.
  package func policy(for suite: String) throws -> Policy {
    var policy = try policy(
      of: sections.filter { suitesOfSections[$0.heading].map { $0 == suite } ?? true })
    policy.deciding = deciding[suite] ?? []
    policy.judgesTimes = suites[suite]?.parallel ?? 1 == 1
    return policy
  }

  /// Returns the plausible values of a metric; nil if all are. A caller that asks for many series
  /// of a suite takes ``policy(for:)`` once and asks that.
  package func plausible(
    for benchmark: String, _ metric: Metric, in suite: String
  ) throws -> PlausibleRange? {
    try policy(for: suite).plausible(for: benchmark, metric)
  }

  private func policy(of sections: [Setting]) throws -> Policy {
    var configuration = self
    for setting in sections {
      guard let key = ConfigurationKey.of(setting) else { continue }
      try configuration.apply(key, setting)
    }
    configuration.policy.waivers = try configuration.waivers.map { try $0.waiver() }
    configuration.policy.goals = try configuration.goals.map { try $0.goal() }
    try configuration.checkContradictions()
    return configuration.policy
  }

  private func checkContradictions() throws {
    if policy.requiresRounds, policy.summaries == .threshold {
      throw ConfigurationError(
        "gate.requireRounds in \(place(of: "gate.requireRounds")) and gate.summaries = threshold in "
          + "\(place(of: "gate.summaries")) contradict each other",
        hint: "a summary has no rounds: take one of the two out")
    }
    try checkAliases()
  }

  /// Returns the place at which a key was set, for messages.
  package func place(of key: String) -> String { places[key] ?? "git config" }

  private func checkAliases() throws {
    var next: [String: Alias] = [:]
    for alias in policy.aliases {
      if let other = next.updateValue(alias, forKey: alias.old), other.new != alias.new {
        throw ConfigurationError(
          "'\(alias.old)' is an alias of '\(other.new)' in \(other.place) and of '\(alias.new)' in "
            + alias.place, hint: "a benchmark goes on under one name")
      }
    }
    // The names from which the chain of aliases ends. Each is followed once.
    var ending: Set<String> = []
    for alias in policy.aliases {
      var way: Set<String> = []
      var name = alias.old
      while let step = next[name], !ending.contains(name) {
        guard way.insert(name).inserted else {
          throw ConfigurationError(
            "the alias '\(alias.old)' in \(alias.place) leads back to itself",
            hint: "name the old name below the new one only")
        }
        name = step.new
      }
      ending.formUnion(way)
    }
  }
}
