package import Measurements

/// A reviewed, bounded, expiring permission for one regression.
package struct Waiver: Hashable, Sendable {
  package let benchmark: Pattern
  /// nil for every metric.
  package let metric: Pattern?
  /// The largest relative change for the worse that is permitted, 0.25 for 25 %.
  package let ceiling: Double
  /// The last day on which it holds.
  package let expires: Day
  package let reason: String
  /// Where it was written: `.perfconfig:12`.
  package let place: String

  package init(
    benchmark: Pattern, metric: Pattern?, ceiling: Double, expires: Day, reason: String,
    place: String = ""
  ) {
    self.benchmark = benchmark
    self.metric = metric
    self.ceiling = ceiling
    self.expires = expires
    self.reason = reason
    self.place = place
  }

  package func concerns(_ id: Series.ID) -> Bool {
    benchmark.matches(id.benchmark.name) && (metric?.matches(id.metric) ?? true)
  }

  package func isExpired(on today: Day?) -> Bool { today.map { expires < $0 } ?? true }
}

/// What a waiver does for a regression that it concerns.
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
  /// The waiver that permits a regression; if none does, the most specific that would have.
  func waiver(for id: Series.ID, _ effect: Effect, better: Direction) -> WaiverFinding? {
    let concerned = waivers.filter { $0.concerns(id) }
    func most(_ wanted: (Waiver) -> Bool) -> Waiver? {
      concerned.mostSpecific(by: \.benchmark, where: wanted)
    }
    let valid = { (waiver: Waiver) in !waiver.isExpired(on: today) }
    let permits = { (waiver: Waiver) in effect.isWithin(waiver.ceiling, better: better) }
    if let waiver = most({ valid($0) && permits($0) }) {
      return WaiverFinding(waiver: waiver, state: .permits)
    }
    if let waiver = most(valid) { return WaiverFinding(waiver: waiver, state: .exceeded) }
    return most { _ in true }.map { WaiverFinding(waiver: $0, state: .expired) }
  }
}

extension Effect {
  /// Whether a change for the worse is at most this large; what was zero has no relative change.
  fileprivate func isWithin(_ ceiling: Double, better: Direction) -> Bool {
    guard let change else { return false }
    return (better == .lower ? change : -change) <= ceiling + Bounds.rounding
  }
}

/// A waiver of the policy, for a reader who keeps them in order.
package struct WaiverState: Hashable, Sendable {
  package let waiver: Waiver
  package let isExpired: Bool
  /// Whether there is a regression that it permits, or would but for its ceiling or its last day.
  package let isUsed: Bool

  package init(waiver: Waiver, isExpired: Bool, isUsed: Bool) {
    self.waiver = waiver
    self.isExpired = isExpired
    self.isUsed = isUsed
  }
}
