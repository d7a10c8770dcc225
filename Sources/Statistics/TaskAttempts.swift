/// The attempts of both sides at one task: a stratum of ``OutcomeTest``.
package struct TaskAttempts: Hashable, Sendable {
  package let old: Side
  package let new: Side

  /// The attempts of one side, of which some succeeded.
  package struct Side: Hashable, Sendable {
    package let solved: Int
    package let attempts: Int

    /// - Precondition: At least one attempt, and not more solved ones than attempts.
    package init(solved: Int, of attempts: Int) {
      precondition(attempts > 0 && 0...attempts ~= solved, "a part of at least one attempt")
      self.solved = solved
      self.attempts = attempts
    }

    /// The part of the attempts that succeeded, in 0...1.
    package var rate: Double { Double(solved) / Double(attempts) }
  }

  package init(old: Side, new: Side) {
    self.old = old
    self.new = new
  }
}
