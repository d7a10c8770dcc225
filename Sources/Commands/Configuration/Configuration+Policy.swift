import Measurements
import Verdicts

extension Configuration {
  /// Refuses what makes no sense for any of the suites that it names.
  func validate() throws {
    let suites = Set(sections.compactMap { suite(of: $0) } + [suite ?? Run.defaultSuite])
    for suite in suites.sorted() { _ = try policy(for: suite) }
    for (_, definition) in self.suites.sorted(by: { $0.key < $1.key }) { try definition.check() }
  }

  /// The policy of one suite: sections that are for another one do not count.
  func policy(for suite: String) throws -> Policy {
    var configuration = self
    for setting in sections where self.suite(of: setting).map({ $0 == suite }) ?? true {
      guard let key = ConfigurationKey.all.first(where: { $0.matches(setting) }) else { continue }
      try configuration.apply(key, setting)
    }
    configuration.policy.waivers = try configuration.waivers.map { try $0.waiver() }
    try configuration.checkContradictions()
    return configuration.policy
  }

  /// For which suite the section of a setting is; nil for all of them.
  private func suite(of setting: Setting) -> String? {
    sections.last { $0.isInSection(of: setting) && $0.key == "suite" }?.value
  }

  private func checkContradictions() throws {
    if policy.requiresRounds, policy.comparesSummaries {
      throw Complaint(
        .usage,
        "gate.requireRounds in \(place(of: "gate.requireRounds")) and gate.summaries = threshold in "
          + "\(place(of: "gate.summaries")) contradict each other",
        hint: "a summary has no rounds: take one of the two out")
    }
    for alias in policy.aliases { try check(alias) }
  }

  /// Where a key was set, for a message.
  func place(of key: String) -> String { places[key] ?? "git config" }

  private func check(_ alias: Alias) throws {
    if let other = policy.aliases.first(where: { $0.old == alias.old && $0.new != alias.new }) {
      throw Complaint(
        .usage,
        "'\(alias.old)' is an alias of '\(alias.new)' in \(alias.place) and of '\(other.new)' in "
          + other.place, hint: "a benchmark goes on under one name")
    }
    var name = alias.new
    for _ in policy.aliases {
      guard let next = policy.aliases.first(where: { $0.old == name }) else { return }
      name = next.new
    }
    throw Complaint(
      .usage, "the alias '\(alias.old)' in \(alias.place) leads back to itself",
      hint: "name the old name below the new one only")
  }
}
