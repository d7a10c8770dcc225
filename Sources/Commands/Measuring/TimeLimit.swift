/// The time that measuring may take. What belongs around it, as checking out and preparing, does not
/// count.
final class TimeLimit {
  /// nil for as long as it needs.
  let whole: Duration?
  /// What was used of it.
  private(set) var spent: Duration = .zero
  private var start: SuspendingClock.Instant?

  init(_ whole: Duration?) { self.whole = whole }

  /// What is left of it; nil where there is no end.
  var left: Duration? {
    let running = start.map { SuspendingClock.now - $0 } ?? .zero
    return whole.map { max(.zero, $0 - spent - running) }
  }

  var isOver: Bool { left == .zero }

  /// Counts what a body takes.
  func counting<Value>(_ body: () throws -> Value) rethrows -> Value {
    let start = SuspendingClock.now
    self.start = start
    defer {
      spent += SuspendingClock.now - start
      self.start = nil
    }
    return try body()
  }

  /// The part of what is left that one of several gets.
  ///
  /// - Parameter count: How many there are, this one included.
  func share(of count: Int) -> TimeLimit {
    // Of a single one it is what was typed.
    guard count > 1 || spent > .zero else { return TimeLimit(whole) }
    return TimeLimit(left.map { max(.milliseconds(1), $0 / count) })
  }

  /// Takes off what one of several has used.
  func note(_ share: TimeLimit) { spent += share.spent }
}
