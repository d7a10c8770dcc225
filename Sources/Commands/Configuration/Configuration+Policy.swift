import Measurements
import Verdicts

extension Configuration {
  /// Puts together what stands on several lines, and refuses what contradicts itself.
  mutating func complete() throws {
    policy.waivers = try waivers.map { try $0.waiver() }
    if policy.requiresRounds, policy.comparesSummaries {
      throw Complaint(
        .usage, "gate.requireRounds and gate.summaries = threshold contradict each other",
        hint: "a summary has no rounds: take one of the two out")
    }
    for alias in policy.aliases { try check(alias) }
  }

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

  /// The policy of one suite: sections that are for another one do not count.
  func policy(for suite: String) -> Policy {
    guard !suites.isEmpty else { return policy }
    func counts(_ section: String, _ pattern: Pattern) -> Bool {
      suites["\(section).\(pattern.text)"].map { $0 == suite } ?? true
    }
    var policy = policy
    policy.benchmarks.removeAll { !counts("benchmark", $0.pattern) }
    policy.budgets.removeAll { !counts("benchmark", $0.benchmark) }
    policy.aliases.removeAll { !counts("benchmark", Pattern($0.new)) }
    policy.waivers.removeAll { !counts("waiver", $0.benchmark) }
    policy.ledger.rules = policy.ledger.rules.mapValues { rules in
      rules.filter { counts("benchmark", $0.pattern) }
    }
    return policy
  }
}
