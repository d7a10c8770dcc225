/// The time that measuring may take. Work around it, such as checking out and preparing, does
/// not count.
final class MeasuringTimer {
  /// The whole time; nil for no limit.
  let whole: Duration?
  /// The time that was used.
  private(set) var spent: Duration = .zero
  private var start: SuspendingClock.Instant?

  init(_ whole: Duration?) { self.whole = whole }

  /// The time that is left; nil if there is no limit.
  var left: Duration? {
    let running = start.map { SuspendingClock.now - $0 } ?? .zero
    return whole.map { max(.zero, $0 - spent - running) }
  }

  var isOver: Bool { left == .zero }

  /// Counts the time that a body takes.
  func counting<Value>(_ body: () throws -> Value) rethrows -> Value {
    let start = SuspendingClock.now
    self.start = start
    defer {
      spent += SuspendingClock.now - start
      self.start = nil
    }
    return try body()
  }

  /// A limit for one of several tasks: an equal share of the time that is left.
  ///
  /// - Parameter count: The number of tasks that are left, this one included.
  func share(of count: Int) -> MeasuringTimer {
    // A single task gets the whole time that was typed.
    guard count > 1 || spent > .zero else { return MeasuringTimer(whole) }
    return MeasuringTimer(left.map { max(.milliseconds(1), $0 / count) })
  }

  /// Subtracts the time that a task has used.
  func note(_ share: MeasuringTimer) { spent += share.spent }
}
