/// The next step of a bisection: a batch of launches, or the answer.
package enum BisectionStep: Hashable, Sendable {
  case measure(BisectionBatch)
  /// The culprit is in the range, with the confidence that was asked for, and nothing that can be
  /// measured makes the range smaller. A range of one candidate is the culprit. In a longer one all
  /// but the last candidate cannot be measured, so none of them is named alone.
  case found(ClosedRange<Int>)
}

/// Launches of one commit, to be measured together.
package struct BisectionBatch: Hashable, Sendable {
  /// The position of the commit.
  package let position: Int
  /// The number of launches there.
  package let launches: Int

  /// The positions in the order in which to launch them.
  ///
  /// The good end is launched along, after the first launch at the commit. It shares the mood of
  /// the machine with the batch, so it shows which part of a value is the machine's.
  package var order: [Int] {
    let own = Array(repeating: position, count: launches)
    return position == 0 ? own : own.prefix(1) + [0] + own.dropFirst()
  }
}
