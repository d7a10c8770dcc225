package import Measurements

/// A reviewed permission with a last day: for one regression up to a ceiling, for the state of a
/// benchmark, or for both.
package struct Waiver: Hashable, Sendable {
  package let benchmark: Pattern
  /// The metrics that it permits; nil for every metric.
  package let metric: Pattern?
  /// The largest relative change for the worse that is permitted, 0.25 for 25 %; nil if none is.
  package let ceiling: Double?
  /// The other states that are permitted.
  package let states: Set<State>
  /// The last day on which it holds.
  package let expires: Day
  package let reason: String
  /// The file and line that declare the waiver: `.perfconfig:12`.
  package let place: String

  /// A state of a benchmark for which the gate may not fail.
  package enum State: String, CaseIterable, Hashable, Sendable {
    /// The benchmark is no longer measured, under no name.
    case missing
    case failed
    case renamed
    /// The benchmark was measured with other work, so that its change is none.
    case redefined
  }

  package init(
    benchmark: Pattern, metric: Pattern?, ceiling: Double?, states: Set<State> = [], expires: Day,
    reason: String, place: String = ""
  ) {
    self.benchmark = benchmark
    self.metric = metric
    self.ceiling = ceiling
    self.states = states
    self.expires = expires
    self.reason = reason
    self.place = place
  }

  package func concerns(_ id: Series.ID) -> Bool {
    benchmark.matches(id.benchmark.name) && (metric?.matches(id.metric) ?? true)
  }

  package func isExpired(on today: Day?) -> Bool { today.map { expires < $0 } ?? true }

  /// True if the waiver is for benchmarks that need not be there.
  var isForAbsence: Bool { !states.isDisjoint(with: [.missing, .renamed]) }
}

/// The effect of a waiver on a series.
package struct WaiverFinding: Hashable, Sendable {
  package enum State: String, Hashable, Sendable {
    case permits
    /// The regression is larger than the ceiling.
    case exceeded
    case expired
  }

  package let waiver: Waiver
  package let state: State

  package init(waiver: Waiver, state: State) {
    self.waiver = waiver
    self.state = state
  }
}

extension Policy {
  /// Returns the waiver that permits a regression; if none does, the most specific that would have.
  func waiver(for id: Series.ID, _ effect: Effect, better: Direction) -> WaiverFinding? {
    waiver(among: waivers.filter { $0.ceiling != nil && $0.concerns(id) }) {
      effect.isWithin($0.ceiling, better: better)
    }
  }

  /// Returns the waiver that permits the state of a benchmark, or did until its last day.
  func waiver(for id: Series.ID, _ state: Waiver.State) -> WaiverFinding? {
    waiver(among: waivers.filter { $0.states.contains(state) && $0.concerns(id) }) { _ in true }
  }

  private func waiver(
    among concerned: [Waiver], permits: (Waiver) -> Bool
  ) -> WaiverFinding? {
    func most(_ wanted: (Waiver) -> Bool) -> Waiver? {
      concerned.mostSpecific(by: \.benchmark, where: wanted)
    }
    let valid = { (waiver: Waiver) in !waiver.isExpired(on: today) }
    if let waiver = most({ valid($0) && permits($0) }) {
      return WaiverFinding(waiver: waiver, state: .permits)
    }
    if let waiver = most(valid) { return WaiverFinding(waiver: waiver, state: .exceeded) }
    return most { _ in true }.map { WaiverFinding(waiver: $0, state: .expired) }
  }
}

extension Effect {
  /// True if a change for the worse is at most this large; a value that was zero has no relative
  /// change.
  fileprivate func isWithin(_ ceiling: Double?, better: Direction) -> Bool {
    guard let change, let ceiling else { return false }
    return (better == .lower ? change : -change) <= ceiling + Bounds.rounding
  }
}

extension Verdict {
  /// The states that permit a verdict if a waiver names them; nil if the ceiling decides, or
  /// nothing is to be permitted.
  ///
  /// A waiver for a missing benchmark also permits that another one looks like it, or that only a
  /// part of the suite was measured.
  var waivedBy: [Waiver.State] {
    switch kind {
    case .missing, .notMeasured: [.missing]
    case .renamed: [.renamed, .missing]
    case .failed: [.failed]
    default: []
    }
  }
}

/// A waiver of the policy, for a reader who keeps them in order.
package struct WaiverState: Hashable, Sendable {
  package let waiver: Waiver
  package let isExpired: Bool
  /// True if there is something that the waiver permits, or would but for its ceiling or its last
  /// day.
  package let isUsed: Bool

  package init(waiver: Waiver, isExpired: Bool, isUsed: Bool) {
    self.waiver = waiver
    self.isExpired = isExpired
    self.isUsed = isUsed
  }
}
