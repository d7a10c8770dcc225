import Verdicts

/// The presentation of a kind of row, in every rendering: ``init(_:)`` has the table.
struct Presentation {
  /// The look of a row that does not fail the gate.
  let look: RowLook
  /// The look of a row that fails the gate.
  let failing: RowLook
  /// The level of a row that does not fail; nil for a row that is as it should be.
  let level: Check.Level?
  /// True if a check that does not fail has passed. A result that nobody knows, or that is only
  /// tolerated, has not.
  let passes: Bool
  /// The note beside its change if several revisions are in one table; empty if there is nothing to
  /// say.
  let note: String
  /// The meaning of the kind.
  let title: String
  /// The advice for a reader.
  let advice: String

  /// - Parameter failing: The icon of a row that fails; nil if it looks like one that does not,
  ///   because nobody knows whether a row that cannot be compared is worse.
  private init(
    _ tone: RowLook.Tone, _ mark: String, _ icon: String, failing: String? = "❌",
    _ level: Check.Level?, passes: Bool = false, note: String = "", _ title: String,
    advice: String
  ) {
    look = RowLook(tone, mark, icon)
    self.failing = failing.map { RowLook(.worse, "✗", $0) } ?? look
    (self.level, self.passes, self.note) = (level, passes, note)
    (self.title, self.advice) = (title, advice)
  }

  func look(fails: Bool) -> RowLook { fails ? failing : look }
}

extension Presentation {
  init(_ kind: Check.Kind) {
    switch kind {
    case .series(let verdict): self.init(verdict)
    case .budget(let state): self.init(state)
    case .gate:
      self.init(
        .doubt, "?", "⚠️", .warning, passes: true, "The gate as a whole",
        advice: "Record what is compared with: a run on the base branch, or of the anchor; "
          + "or reach the goal that is not met.")
    }
  }

  init(_ verdict: Verdict.Kind) {
    switch verdict {
    case .regression:
      self.init(
        .doubt, "~", "🟠", failing: "🔴", .warning, passes: true, note: "✗",
        "Worse than before, by more than the threshold",
        advice: "perf-gate --explain shows every number behind it; "
          + "perf-gate --accept permits it for a while.")
    case .failed:
      self.init(
        .doubt, "?", "⚠️", failing: "⛔", .warning, note: "failed",
        "The command or the import failed",
        advice: "perf-record shows what the command wrote last.")
    case .missing:
      self.init(
        .doubt, "?", "⚠️", failing: "⛔", .warning, note: "missing", "Measured before, and not now",
        advice: "Record it again, or allow that it is gone with missing = warn in .perfconfig.")
    case .renamed:
      self.init(
        .doubt, "?", "⚠️", failing: "⛔", .warning, note: "missing",
        "Measured before, now seemingly under another name",
        advice: "alias = <old name> below [benchmark] in .perfconfig keeps its history.")
    case .notMeasured:
      self.init(
        .doubt, "?", "⚠️", failing: "⛔", .warning, note: "missing",
        "Measured before, and not among the part that was recorded now",
        advice: "Record the whole suite, or say with --only what is meant.")
    case .incomparable:
      self.init(
        .doubt, "?", "⚠️", failing: nil, .warning, note: "?",
        "Numbers that do not measure the same thing",
        advice: "Record both sides alike, in one unit, direction and environment.")
    case .collapsed:
      self.init(
        .doubt, "?", "❓", .warning, passes: true, note: "?",
        "Less than a tenth is left of what it cost", advice: "See that it still does its work.")
    case .inherited:
      self.init(
        .doubt, "~", "🟠", .warning, note: "✗",
        "Worse than before the marked merge-base, and not by this change",
        advice: "It is to be repaired on the base branch.")
    case .waived:
      self.init(
        .doubt, "~", "🟡", .note, note: "✗", "Worse than before, as a waiver permits",
        advice: "The waiver in .perfconfig says until when, and up to how much.")
    case .improvement:
      self.init(
        .better, "✓", "🟢", .note, passes: true, note: "✓",
        "Better than before, by more than the threshold", advice: Self.nothing)
    case .notWorse:
      self.init(
        .plain, " ", "➖", nil, passes: true,
        "Not worse by more than the threshold, and perhaps better by more", advice: Self.nothing)
    case .inconclusive:
      self.init(
        .doubt, "?", "⚪", .warning, note: "?", "Neither shown nor excluded to be worse",
        advice: Self.moreRounds)
    case .new:
      self.init(
        .plain, "+", "🆕", .note, note: "new", "Measured now, and not before",
        advice: "It is compared as soon as the base branch has it.")
    case .unchanged:
      self.init(
        .plain, " ", "➖", nil, passes: true,
        "Neither worse nor better by more than the threshold", advice: Self.nothing)
    }
  }

  private init(_ state: BudgetRuling.State.Kind) {
    switch state {
    case .broken:
      self.init(
        .doubt, "~", "🟠", failing: "🔴", .warning, passes: true, "Over the budget",
        advice: "Make it cheaper, or change the budget in .perfconfig.")
    case .incomparable:
      self.init(
        .doubt, "?", "⚠️", failing: nil, .warning,
        "A summary without samples cannot keep a budget",
        advice: "Record samples, or set gate.summaries = threshold.")
    case .inconclusive:
      self.init(
        .doubt, "?", "⚪", .warning, "Neither shown nor excluded to be over the budget",
        advice: Self.moreRounds)
    case .kept:
      self.init(
        .plain, " ", "➖", nil, passes: true, "Within the budget", advice: Self.nothing)
    }
  }

  private static let nothing = "There is nothing to do."
  private static let moreRounds = "Measure more rounds, or on a quieter machine."
}
