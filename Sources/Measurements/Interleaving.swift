/// The order in which the sides of a session were launched.
package struct LaunchOrder: Hashable, Sendable, CustomStringConvertible {
  /// The stored form.
  package let description: String

  package init(_ description: String) { self.description = description }

  /// The side that is launched first in one round is launched second in the next: ABBA ABBA.
  package static let abba = LaunchOrder("abba")
  /// The order of the sides is drawn at random for each round. Of any two, either may be first.
  package static let drawn = LaunchOrder("drawn")
  /// Every round begins with the same side, so that the position of a side may cause the
  /// difference: AB AB.
  package static let alternating = LaunchOrder("abab")
}

/// The relation between the rounds of two sides that were measured in the same sessions.
package enum Interleaving: Hashable, Sendable {
  /// The rounds were measured in turns that favour no side. The value lists the indices of the
  /// rounds with which sessions begin.
  case inTurns(sessionsFrom: [Int])
  /// One side was always launched first.
  case sameSideFirst
  /// The order was not recorded.
  case unknown
}

extension Interleaving {
  /// The launch orders and the number of rounds of one session.
  package struct Session {
    /// The launch orders of both sides.
    let orders: [LaunchOrder?]
    /// The number of rounds of each series on both sides; nil if a side lacks some rounds, because
    /// it is then unknown which.
    package let rounds: Int?

    package init(orders: [LaunchOrder?], old: Int, new: Int) {
      self.orders = orders
      rounds = old == new ? old : nil
    }
  }

  /// The interleaving of consecutive sessions.
  package init(_ sessions: [Session]) {
    let orders = sessions.flatMap(\.orders)
    let rounds = sessions.compactMap(\.rounds)
    if orders.contains(.alternating) {
      self = .sameSideFirst
    } else if rounds.count == sessions.count, orders.allSatisfy({ $0 == .abba || $0 == .drawn }) {
      self = .inTurns(
        sessionsFrom: rounds.dropLast().reduce(into: []) { $0.append(($0.last ?? 0) + $1) })
    } else {
      self = .unknown
    }
  }
}
