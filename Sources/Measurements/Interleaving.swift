/// In which order the two sides of a session were launched.
package struct LaunchOrder: Hashable, Sendable, CustomStringConvertible {
  /// As it is stored.
  package let description: String

  package init(_ description: String) { self.description = description }

  /// The side that is launched first in one round is launched second in the next: ABBA ABBA.
  package static let abba = LaunchOrder("abba")
  /// Which side is first is drawn for each round.
  package static let drawn = LaunchOrder("drawn")
  /// The same side is first in every round, so that its place may be what differs: AB AB.
  package static let alternating = LaunchOrder("abab")
}

/// How the rounds of two sides belong together that were measured in the same sessions.
package enum Interleaving: Hashable, Sendable {
  /// Round by round, in turns that favour no side; with the places of the rounds with which a session
  /// begins.
  case inTurns(sessionsFrom: [Int])
  /// One side was always launched first.
  case sameSideFirst
  /// Nobody wrote it down.
  case unknown
}

extension Interleaving {
  /// What is known of one session.
  package struct Session {
    /// Of either side.
    let orders: [LaunchOrder?]
    /// How many each series has on both sides; nil where a side lacks some, and nobody knows which.
    package let rounds: Int?

    package init(orders: [LaunchOrder?], old: Int, new: Int) {
      self.orders = orders
      rounds = old == new ? old : nil
    }
  }

  /// That of sessions which follow each other.
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
