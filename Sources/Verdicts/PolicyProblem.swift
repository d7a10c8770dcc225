package import Measurements

/// What the measured names and units show to be a mistake in the policy.
package enum PolicyProblem: Hashable, Sendable {
  /// A pattern that fits no benchmark, or no metric.
  case unmatched(Subject, Pattern, section: String, place: String)
  /// An amount in a unit that none of the metrics has which it is for.
  case unit(Quantity, metrics: [Metric], section: String, place: String)
  /// The baseline has both names, so one cannot be the other's.
  case twoBenchmarks(Alias, other: String)

  package enum Subject: String, Hashable, Sendable {
    case benchmark, metric
  }
}

extension Policy {
  /// What failed might have had any metric, and if nobody says what it was, any name. As long as
  /// that fails the gate, it is what a reader must be told, not that its names are unknown.
  package func problems(
    old: [Series], new: [Series], failures: [Failure] = []
  ) -> [PolicyProblem] {
    let references = references
    guard !references.isEmpty else { return [] }
    let failing = failures.filter {
      ledger.response(to: .failed, of: $0.subject.name) == .fail
    }
    let known = Known(
      series: old + new, failed: failures.compactMap(\.benchmark?.name),
      hasAllNames: failing.allSatisfy { $0.benchmark != nil }, hasAllMetrics: failing.isEmpty)
    return references.filter { !known.has($0) }.map(\.problem)
      + floors.compactMap(known.problem) + budgets.compactMap(known.problem)
      + doubledAliases(in: Set(old.map(\.benchmark.name)))
  }

  private func doubledAliases(in names: Set<String>) -> [PolicyProblem] {
    let now = Names(aliases)
    // What the baseline calls each benchmark, by its name of now.
    var first: [String: String] = [:]
    for name in names where now.name(of: name) == name { first[name] = name }
    return aliases.filter { names.contains($0.old) }.compactMap { alias in
      let other = first.updateValue(alias.old, forKey: now.name(of: alias.old))
      return other.flatMap { $0 == alias.old ? nil : .twoBenchmarks(alias, other: $0) }
    }
  }

  /// Every pattern, with where it stands.
  private var references: [Reference] {
    func of<Value>(_ rules: [Rule<Value>], _ subject: PolicyProblem.Subject) -> [Reference] {
      rules.map { Reference(subject, $0.pattern, subject.rawValue, $0.pattern, $0.place) }
    }
    let benchmarks =
      of(benchmarks, .benchmark) + ledger.rules.values.flatMap { of($0, .benchmark) }
      + newestAliases.map {
        Reference(.benchmark, Pattern($0.new), "benchmark", Pattern($0.new), $0.place)
      }
      + budgets.map { Reference(.benchmark, $0.benchmark, "benchmark", $0.benchmark, $0.place) }
      + waivers.map { Reference(.benchmark, $0.benchmark, "waiver", $0.benchmark, $0.place) }
    let metrics =
      of(metrics, .metric) + of(exactness, .metric) + of(floors, .metric)
      + waivers.compactMap { waiver in
        waiver.metric.map { Reference(.metric, $0, "waiver", waiver.benchmark, waiver.place) }
      }
    return (benchmarks + metrics).sorted { $0.line < $1.line }
  }

  /// Without the names that a benchmark had in between.
  private var newestAliases: [Alias] {
    let old = Set(aliases.map(\.old))
    return aliases.filter { !old.contains($0.new) }
  }
}

/// A pattern that the policy names, and the section that it stands in.
private struct Reference {
  let subject: PolicyProblem.Subject
  let pattern: Pattern
  let section: String
  let place: String

  init(
    _ subject: PolicyProblem.Subject, _ pattern: Pattern, _ section: String,
    _ subsection: Pattern, _ place: String
  ) {
    self.subject = subject
    self.pattern = pattern
    self.section = Policy.section(section, subsection)
    self.place = place
  }

  /// Of its place; the same for all of git config.
  var line: Int { place.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  var problem: PolicyProblem { .unmatched(subject, pattern, section: section, place: place) }
}

extension Policy {
  /// As git writes it.
  fileprivate static func section(_ name: String, _ pattern: Pattern) -> String {
    "[\(name) \"\(pattern.text)\"]"
  }
}

/// All that was measured, by name.
private struct Known {
  private let benchmarks: Set<String>
  private let metrics: Set<String>
  private let series: [Series]
  private let hasAllNames: Bool
  private let hasAllMetrics: Bool

  init(series: [Series], failed: [String], hasAllNames: Bool, hasAllMetrics: Bool) {
    self.series = series
    self.hasAllNames = hasAllNames
    self.hasAllMetrics = hasAllMetrics
    benchmarks = Set(series.map(\.benchmark.name) + failed)
    // What perf-record measures of a command need not be there, but it is no slip of the pen.
    metrics = Set((series.map(\.metric) + Metric.ofCommands).map(\.name))
  }

  func has(_ reference: Reference) -> Bool {
    let (names, hasAll) =
      reference.subject == .benchmark ? (benchmarks, hasAllNames) : (metrics, hasAllMetrics)
    // Most patterns are plain names.
    return !hasAll || names.contains(reference.pattern.text)
      || reference.pattern.hasWildcards && names.contains(where: reference.pattern.matches)
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
    let own = Set(series.filter { budget.benchmark.matches($0.benchmark.name) }.map(\.metric))
    guard hasAllMetrics, !own.isEmpty else { return nil }
    let meant = own.filter { budget.metric?.matches($0.name) ?? true }
    if let metric = budget.metric, meant.isEmpty {
      return .unmatched(.metric, metric, section: budget.section, place: budget.place)
    }
    let fitting = meant.filter { $0.unit == budget.limit.unit }
    // A metric that is named in full is meant wherever it is measured.
    let isNamed = budget.metric.map { !$0.hasWildcards } ?? false
    guard isNamed ? fitting.count < meant.count : fitting.isEmpty else { return nil }
    return .unit(
      budget.limit, metrics: meant.subtracting(fitting).inOrder, section: budget.section,
      place: budget.place)
  }
}

extension Set<Metric> {
  fileprivate var inOrder: [Metric] { sorted { $0.name < $1.name } }
}
