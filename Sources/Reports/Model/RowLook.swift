import Verdicts

/// The look of a row, in every rendering.
struct RowLook: Hashable {
  let tone: Tone
  /// The mark before a row of a terminal or a page.
  let mark: String
  /// The icon before a verdict in a comment.
  let icon: String

  init(_ tone: Tone, _ mark: String, _ icon: String) {
    (self.tone, self.mark, self.icon) = (tone, mark, icon)
  }

  /// The tone of a row: the impression it makes on a reader.
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
  /// The color code of a terminal.
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
