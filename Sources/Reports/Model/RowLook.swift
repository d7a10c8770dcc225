import Verdicts

/// How a row looks, in every rendering: of what kind it is, and whether it fails the gate.
struct RowLook: Hashable {
  let kind: Check.Kind
  let fails: Bool

  init(_ row: ReportRow) {
    (kind, fails) = (.series(row.seriesResult.verdict.kind), row.outcome.fails)
  }

  init(_ row: RuledRow) {
    (kind, fails) = (.budget(row.ruling.state.kind), row.outcome.fails)
  }

  /// What a reader feels at it.
  enum Tone {
    case worse, better, doubt, plain
  }

  var tone: Tone { isSettled ? kind.tone : .worse }

  /// Before a row of a terminal or a page.
  var mark: String { isSettled ? kind.mark : "✗" }

  /// Before a verdict in a comment.
  var icon: String { isSettled ? kind.icon : kind.failingIcon }

  /// Whether it looks as it would if it did not fail: nobody knows whether what cannot be compared is
  /// worse.
  private var isSettled: Bool {
    !fails || kind == .series(.incomparable) || kind == .budget(.incomparable)
  }
}

extension RowLook.Tone {
  /// Of a terminal.
  var colorCode: Int? {
    switch self {
    case .worse: 31
    case .better: 32
    case .doubt: 33
    case .plain: nil
    }
  }

  /// The class that has its color on a page.
  var markup: HTML.Markup {
    switch self {
    case .worse: " class=\"worse\""
    case .better: " class=\"better\""
    case .doubt: " class=\"doubt\""
    case .plain: " class=\"plain\""
    }
  }
}

/// What does not fail.
extension Check.Kind {
  fileprivate var tone: RowLook.Tone {
    switch self {
    case .series(let verdict):
      switch verdict {
      case .improvement: .better
      case .new, .notWorse, .unchanged: .plain
      case .regression, .failed, .missing, .notMeasured, .renamed, .inconclusive, .incomparable,
        .collapsed, .waived, .inherited:
        .doubt
      }
    case .budget(.kept): .plain
    case .budget(.broken), .budget(.incomparable), .budget(.inconclusive), .gate: .doubt
    }
  }

  fileprivate var mark: String {
    switch self {
    case .series(let verdict):
      switch verdict {
      case .improvement: "✓"
      case .regression, .waived, .inherited: "~"
      case .failed, .missing, .notMeasured, .renamed, .inconclusive, .incomparable, .collapsed: "?"
      case .new: "+"
      case .notWorse, .unchanged: " "
      }
    case .budget(.kept): " "
    case .budget(.broken): "~"
    case .budget(.incomparable), .budget(.inconclusive), .gate: "?"
    }
  }

  fileprivate var icon: String {
    switch self {
    case .series(let verdict):
      switch verdict {
      case .improvement: "🟢"
      case .regression, .inherited: "🟠"
      case .waived: "🟡"
      case .collapsed: "❓"
      case .failed, .missing, .notMeasured, .renamed, .incomparable: "⚠️"
      case .inconclusive: "⚪"
      case .new: "🆕"
      case .notWorse, .unchanged: "➖"
      }
    case .budget(.kept): "➖"
    case .budget(.broken): "🟠"
    case .budget(.inconclusive): "⚪"
    case .budget(.incomparable), .gate: "⚠️"
    }
  }

  fileprivate var failingIcon: String {
    switch self {
    case .series(.regression), .budget(.broken): "🔴"
    case .series(.failed), .series(.missing), .series(.notMeasured), .series(.renamed): "⛔"
    default: "❌"
    }
  }
}
