package import Measurements

/// Changes of several series of one machine at one place, in one direction.
package struct ChangeEvent: Sendable {
  /// Seven hexadecimal digits. The same history always gives the same id; an accepted event keeps the
  /// one under which it was accepted.
  package let id: String
  package let kind: Kind
  package let state: State
  package let isWorse: Bool
  /// The place of the last value of the old levels, and that of the first value of the new ones.
  package let last: Int
  package let first: Int
  /// The changes, the largest first; of a creep one for each series that crept.
  package let changes: [SeriesChange]
  /// The places at which all that changed was back; nil if it is not.
  package let returned: Int?
  /// The answer of a person to it; nil if nobody has answered.
  package let statement: ChangeStatement?

  /// The cause of an event.
  package enum Kind: String, Sendable, CaseIterable {
    case code
    /// All series of the machine changed at once, or its description did.
    case environment
    /// Many small changes since the newest release, none of which counts by itself.
    case creep
    /// A regression that nobody accepted, so long ago that it is what changes are compared with.
    case absorbed
  }

  package enum State: String, Sendable, CaseIterable {
    case new, accepted, invalid
    /// A regression that is no longer there.
    case fixed
    /// An improvement, or a change of the environment, that is no longer there.
    case wentAway = "went away"
  }

  /// The change that represents the event: the largest with the smallest p.
  package var lead: SeriesChange { changes[0] }
  package var machine: String? { lead.series.machine }

  /// The event with some of its changes; nil if none is kept.
  package func keeping(_ isKept: (SeriesChange) -> Bool) -> ChangeEvent? {
    let kept = changes.filter(isKept)
    guard !kept.isEmpty else { return nil }
    return ChangeEvent(
      id: id, kind: kind, state: state, isWorse: isWorse, last: last, first: first, changes: kept,
      returned: returned, statement: statement)
  }

  /// True for a regression that is there and that nobody accepted. Where the machine changed, no
  /// commit can mend it.
  package var isOpen: Bool { isWorse && state == .new && kind != .environment }
}

/// A person's answer to an event, in the configuration of the project.
package struct ChangeStatement: Sendable {
  package enum Answer: String, Sendable, CaseIterable {
    case accepted, invalid
  }

  package let answer: Answer
  package let reason: String
  /// The id of the event when it was said; nil for a section written by hand.
  package let id: String?
  /// The commit or the period, as it is written.
  package let commit: String
  /// True if it is about a creep, which only then is one.
  package let isOfCreep: Bool
  /// The largest relative change that it is about; nil for any.
  package let ceiling: Double?
  /// The direction; nil for both.
  package let isWorse: Bool?
  /// The key of the machine; nil for all.
  package let machine: String?
  /// The suite; nil for all.
  package let suite: String?
  /// The file and line: `.perfconfig:12`.
  package let place: String
  /// Returns true for the series that it is about.
  package let isAbout: @Sendable (Series.ID) -> Bool

  package init(
    _ answer: Answer, reason: String, id: String? = nil, commit: String, isOfCreep: Bool = false,
    ceiling: Double? = nil, isWorse: Bool? = nil,
    machine: String? = nil, suite: String? = nil, place: String = "",
    isAbout: @escaping @Sendable (Series.ID) -> Bool
  ) {
    self.answer = answer
    self.reason = reason
    self.id = id
    self.commit = commit
    self.isOfCreep = isOfCreep
    self.ceiling = ceiling
    self.isWorse = isWorse
    self.machine = machine
    self.suite = suite
    self.place = place
    self.isAbout = isAbout
  }

  /// The number of measured commits by which the place of an event may differ from the one that was
  /// named: more values move a change by a little.
  private static let reach = 3

  /// True if the statement may be about an event.
  ///
  /// - Parameter named: The place of the commit that it names, or of the next one with numbers.
  func fits(_ cluster: ChangeCluster, isCreep: Bool, named: Int) -> Bool {
    // A creep goes on, so that it is known by the release at which it began.
    let places = isCreep ? cluster.last...cluster.last : cluster.last + 1...cluster.first
    guard isCreep == isOfCreep,
      (places.lowerBound - Self.reach...places.upperBound + Self.reach).contains(named),
      isWorse.map({ $0 == cluster.isWorse }) ?? true,
      ceiling.map({ cluster.changes[0].magnitude <= $0 }) ?? true
    else { return false }
    return cluster.changes.contains { change in
      isAbout(change.series.id) && suite.map { $0 == change.series.suite } ?? true
        && machine.map { $0 == change.series.machine } ?? true
    }
  }
}
