package import Measurements

/// A mistake in the policy that the measured names and units show.
package enum PolicyProblem: Hashable, Sendable {
  case unmatched(Unmatched)
  /// The rule has an amount in a unit that none of its metrics has.
  case unit(Quantity, metrics: [Metric], section: String, place: String)
  /// The baseline has both names, so one cannot replace the other.
  case twoBenchmarks(Alias, other: String)
  /// The candidate still has the old name, so the benchmark has no other name.
  case oldNameMeasured(Alias)

  package enum Subject: String, Hashable, Sendable {
    case benchmark, metric
  }

  /// A pattern that fits no benchmark, or no metric.
  package struct Unmatched: Hashable, Sendable {
    package let subject: Subject
    package let pattern: Pattern
    package let section: String
    package let place: String
    /// The measured name that is much like the pattern.
    package let nearest: String?
    /// The last commit that measured it, if the history has it.
    package let goneSince: String?
  }

  package enum Severity: Hashable, Sendable {
    /// The policy says something that cannot be meant.
    case error
    /// The entry does nothing.
    case warning
  }

  /// The severity of the problem. A name that fits nothing is an error if another name is much like
  /// it and the history does not know the name. Otherwise it may be the name of something that is
  /// gone, which is a warning.
  package var severity: Severity {
    switch self {
    case .unmatched(let pattern):
      pattern.nearest != nil && pattern.goneSince == nil ? .error : .warning
    case .unit, .twoBenchmarks, .oldNameMeasured: .error
    }
  }
}

/// Facts about names besides those that were measured.
package struct NameLore {
  /// Returns the last commit that measured a name that the pattern fits; nil if the history has no
  /// such name.
  package var knownBefore: (PolicyProblem.Subject, Pattern) -> String?
  /// Returns the one of several names that is much like a name that is none of them.
  package var nearest: (String, [String]) -> String?

  package init(
    knownBefore: @escaping (PolicyProblem.Subject, Pattern) -> String? = { _, _ in nil },
    nearest: @escaping (String, [String]) -> String? = { _, _ in nil }
  ) {
    self.knownBefore = knownBefore
    self.nearest = nearest
  }
}

extension Policy {
  /// Returns the problems of the policy with the measured names and units. A failed benchmark might
  /// have had any metric and, if nobody says which benchmark it was, any name. As long as that
  /// fails the gate, the reader must be told of the failure, and not that its names are unknown.
  package func problems(
    old: [Series], new: [Series], failures: [Failure] = [], lore: NameLore = NameLore()
  ) -> [PolicyProblem] {
    let references = references
    guard !references.isEmpty else { return [] }
    let failing = failures.filter {
      ledger.response(to: .failed, of: $0.subject.name) == .fail
    }
    let known = Known(
      series: withTaskRows(old + new), failed: failures.compactMap(\.benchmark?.name),
      hasAllNames: failing.allSatisfy { $0.benchmark != nil }, hasAllMetrics: failing.isEmpty,
      lore: lore)
    let doubled = doubledAliases(in: Set(old.map(\.benchmark.name)))
    return references.compactMap(known.problem) + floors.compactMap(known.problem)
      + budgets.compactMap(known.problem) + plausible.compactMap(known.problem) + doubled
      + (doubled.isEmpty ? aliasesStillMeasured(in: Set(new.map(\.benchmark.name))) : [])
  }

  private func aliasesStillMeasured(in names: Set<String>) -> [PolicyProblem] {
    aliases.filter { names.contains($0.old) }.map { .oldNameMeasured($0) }
  }

  private func doubledAliases(in names: Set<String>) -> [PolicyProblem] {
    let now = Names(aliases)
    // The baseline's name of each benchmark, by its present name.
    var first: [String: String] = [:]
    for name in names where now.name(of: name) == name { first[name] = name }
    return aliases.filter { names.contains($0.old) }.compactMap { alias in
      let other = first.updateValue(alias.old, forKey: now.name(of: alias.old))
      return other.flatMap { $0 == alias.old ? nil : .twoBenchmarks(alias, other: $0) }
    }
  }

  /// Every pattern of the policy, with its section and place.
  private var references: [Reference] {
    func of<Value>(_ rules: [Rule<Value>], _ subject: PolicyProblem.Subject) -> [Reference] {
      rules.map { Reference(subject, $0.pattern, subject.rawValue, $0.pattern, $0.place) }
    }
    let benchmarks =
      of(benchmarks, .benchmark) + of(benchmarkMargins, .benchmark)
      + ledger.rules.values.flatMap { of($0, .benchmark) }
      + severities.benchmarks.values.flatMap { of($0, .benchmark) }
      + newestAliases.map {
        Reference(
          .benchmark, Pattern(literal: $0.new), "benchmark", Pattern(literal: $0.new), $0.place)
      }
      + budgets.map { Reference(.benchmark, $0.benchmark, "benchmark", $0.benchmark, $0.place) }
      + plausible.map { Reference(.benchmark, $0.benchmark, "benchmark", $0.benchmark, $0.place) }
      + goals.compactMap { goal in
        goal.benchmark.map { Reference(.benchmark, $0, "goal", goal.metric, goal.place) }
      }
      + waivers.map {
        Reference(
          .benchmark, $0.benchmark, "waiver", $0.benchmark, $0.place, mayBeGone: $0.isForAbsence)
      }
    let metrics =
      of(metrics, .metric)
      + goals.map { Reference(.metric, $0.metric, "goal", $0.metric, $0.place) }
      + deciding.map { Reference(deciding: $0) } + of(exactness, .metric) + of(outcomes, .metric)
      + of(metricMargins, .metric) + of(floors, .metric)
      + of(directions, .metric) + severities.metrics.values.flatMap { of($0, .metric) }
      + waivers.compactMap { waiver in
        waiver.metric.map { Reference(.metric, $0, "waiver", waiver.benchmark, waiver.place) }
      }
    return (benchmarks + metrics).sorted { $0.line < $1.line }
  }

  /// The aliases without the names that a benchmark had in between.
  private var newestAliases: [Alias] {
    let old = Set(aliases.map(\.old))
    return aliases.filter { !old.contains($0.new) }
  }
}

/// A pattern that the policy names, and the section that contains it.
private struct Reference {
  let subject: PolicyProblem.Subject
  let pattern: Pattern
  let section: String
  let place: String
  /// True if the entry itself says that there need be no such benchmark.
  let mayBeGone: Bool

  init(
    _ subject: PolicyProblem.Subject, _ pattern: Pattern, _ section: String,
    _ subsection: Pattern, _ place: String, mayBeGone: Bool = false
  ) {
    self.subject = subject
    self.pattern = pattern
    self.section = Policy.section(section, subsection)
    self.place = place
    self.mayBeGone = mayBeGone
  }

  /// Creates the reference to a metric that is to decide.
  init(deciding metric: Pattern) {
    (subject, pattern, mayBeGone) = (.metric, metric, false)
    (section, place) = ("`decide`", "the suite, or --decide")
  }

  /// The line number in its place; it is equal for all of git config.
  var line: Int { place.split(separator: ":").last.flatMap { Int($0) } ?? 0 }
}

extension Policy {
  /// Returns the section as git writes it.
  fileprivate static func section(_ name: String, _ pattern: Pattern) -> String {
    "[\(name) \"\(pattern.text)\"]"
  }
}

/// Everything that was measured, by name.
private struct Known {
  private let benchmarks: Set<String>
  private let metrics: Set<String>
  private let series: [Series]
  private let hasAllNames: Bool
  private let hasAllMetrics: Bool
  private let lore: NameLore

  init(
    series: [Series], failed: [String], hasAllNames: Bool, hasAllMetrics: Bool, lore: NameLore
  ) {
    self.lore = lore
    self.series = series
    self.hasAllNames = hasAllNames
    self.hasAllMetrics = hasAllMetrics
    benchmarks = Set(series.map(\.benchmark.name) + failed)
    // The metrics that perf-record measures of a command need not be there, but they are not
    // misspelt.
    metrics = Set((series.map(\.metric) + Metric.ofCommands).map(\.name))
  }

  func problem(_ reference: Reference) -> PolicyProblem? {
    let (names, hasAll) =
      reference.subject == .benchmark ? (benchmarks, hasAllNames) : (metrics, hasAllMetrics)
    guard hasAll, !reference.pattern.fits(any: names) else { return nil }
    let unmatched = unmatched(
      reference.subject, reference.pattern, among: names, reference.section, reference.place,
      mayBeGone: reference.mayBeGone)
    // A waiver for a name that is not there any more is reported among the waivers that permit
    // nothing.
    return reference.mayBeGone && unmatched.goneSince == nil ? nil : .unmatched(unmatched)
  }

  private func unmatched(
    _ subject: PolicyProblem.Subject, _ pattern: Pattern, among names: Set<String>,
    _ section: String, _ place: String, mayBeGone: Bool = false
  ) -> PolicyProblem.Unmatched {
    PolicyProblem.Unmatched(
      subject: subject, pattern: pattern, section: section, place: place,
      nearest: mayBeGone ? nil : pattern.nearest(among: names.sorted(), lore.nearest),
      goneSince: lore.knownBefore(subject, pattern))
  }

  func problem(_ floor: Policy.Rule<Quantity>) -> PolicyProblem? {
    let metrics = Set(series.map(\.metric)).filter { floor.pattern.matches($0.name) }
    guard hasAllMetrics, !metrics.isEmpty,
      !metrics.contains(where: { $0.unit == floor.value.unit })
    else {
      return nil
    }
    return .unit(
      floor.value, metrics: metrics.inOrder, section: Policy.section("metric", floor.pattern),
      place: floor.place)
  }

  func problem(_ budget: Budget) -> PolicyProblem? {
    problem(
      budget.limit, of: budget.benchmark, metric: budget.metric, budget.section, budget.place)
  }

  func problem(_ rule: PlausibleRule) -> PolicyProblem? {
    (rule.range.lower ?? rule.range.upper).flatMap {
      problem(
        $0, of: rule.benchmark, metric: rule.metric, Policy.section("benchmark", rule.benchmark),
        rule.place)
    }
  }

  /// Returns the problem of an amount for a metric of some benchmarks.
  ///
  /// - Parameter metric: nil for the metrics that have its unit.
  private func problem(
    _ amount: Quantity, of benchmark: Pattern, metric: Pattern?, _ section: String, _ place: String
  ) -> PolicyProblem? {
    let own = Set(series.filter { benchmark.matches($0.benchmark.name) }.map(\.metric))
    guard hasAllMetrics, !own.isEmpty else { return nil }
    let meant = own.filter { metric?.matches($0.name) ?? true }
    if let metric, meant.isEmpty {
      return .unmatched(unmatched(.metric, metric, among: Set(own.map(\.name)), section, place))
    }
    let fitting = meant.filter { $0.unit == amount.unit }
    // A metric that is named in full is meant wherever it is measured.
    let isNamed = metric.map { !$0.hasWildcards } ?? false
    guard isNamed ? fitting.count < meant.count : fitting.isEmpty else { return nil }
    return .unit(
      amount, metrics: meant.subtracting(fitting).inOrder, section: section, place: place)
  }
}

extension Pattern {
  /// True if the pattern matches any of the names. Most patterns are plain names.
  fileprivate func fits(any names: Set<String>) -> Bool {
    literal.map(names.contains) ?? names.contains(where: matches)
  }

  /// Returns the name that may be meant. If a pattern has wildcards, its beginning is compared with
  /// the beginnings of the names, a letter more or less: `pars/*` with `parse/`.
  fileprivate func nearest(
    among names: [String], _ nearest: (String, [String]) -> String?
  ) -> String? {
    if let literal { return nearest(literal, names) }
    let beginning = text.prefix { !"*?\\".contains($0) }
    guard beginning.count >= 3 else { return nil }
    let lengths = [beginning.count, beginning.count + 1, beginning.count - 1]
    let beginnings = lengths.flatMap { length in names.map { String($0.prefix(length)) } }
    return nearest(String(beginning), beginnings).map { $0 + text.dropFirst(beginning.count) }
  }
}

extension Set<Metric> {
  fileprivate var inOrder: [Metric] { sorted { $0.name < $1.name } }
}
