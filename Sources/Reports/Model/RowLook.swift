import Verdicts

/// How a row looks, in every rendering.
struct RowLook: Hashable {
  let tone: Tone
  /// Before a row of a terminal or a page.
  let mark: String
  /// Before a verdict in a comment.
  let icon: String

  init(_ tone: Tone, _ mark: String, _ icon: String) {
    (self.tone, self.mark, self.icon) = (tone, mark, icon)
  }

  /// What a reader feels at it.
  enum Tone {
    case worse, better, doubt, plain
  }
}

extension ReportRow {
  var look: RowLook { Presentation(.series(seriesResult.verdict.kind)).look(fails: outcome.fails) }
}

extension RuledRow {
  var look: RowLook { Presentation(.budget(ruling.state.kind)).look(fails: outcome.fails) }
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
