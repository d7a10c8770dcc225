import Measurements
import Verdicts

/// One judgement with its row.
struct Change {
  let seriesResult: SeriesResult
  let row: Row
}

/// The judgements of a comparison by their place on a page, the worst first.
struct Changes {
  /// The judgements that a reader looks at first, as in a comment.
  private(set) var urgent: [Change] = []
  /// The rows that are folded away.
  private(set) var quiet: [Verdict.Kind: [Row]] = [:]
  /// True if there are rows that are only in the list of all rows.
  private(set) var hasOrdinary = false
  /// All rows.
  private(set) var rows: [Row] = []

  init() {}

  init(_ all: [ReportRow], in report: SuiteReport) {
    for one in all {
      let row = Row(one, in: report)
      rows.append(row)
      switch one.outcome.place {
      case .open: urgent.append(Change(seriesResult: one.seriesResult, row: row))
      case .listed: hasOrdinary = true
      case .folded: quiet[row.kind, default: []].append(row)
      }
    }
  }
}

extension HTML {
  /// Writes a change in words and figures, with its picture beside it.
  mutating func article(_ change: Change) {
    let (row, seriesResult) = (change.row, change.seriesResult)
    let picture = Picture(seriesResult)
    block("article", row.look.tone.markup) { html in
      html.element("div") { html in
        html.line("h3") { html in
          html.code(row.benchmark)
          html.markup(" ")
          // A failed benchmark has no metric.
          if !row.metric.isEmpty {
            html.element("small") {
              $0.write("\(row.metric), \(seriesResult.metric.better.words)")
            }
          }
        }
        html.line("p", " class=\"verdict\"", text: "\(row.look.mark) \(row.verdict)")
        html.figures(row)
        if let note = picture?.note { html.line("p") { $0.element("small", text: note) } }
      }
      if let picture { html.picture(picture) }
    }
  }

  /// Writes the change and its interval, as in `+20.2 %, 95 % interval [+18.9, +21.4]`, and below
  /// it the medians and p.
  private mutating func figures(_ row: Row) {
    guard !row.change.isEmpty else { return }
    line("p") { html in
      html.element("strong", text: row.change)
      if !row.interval.text.isEmpty { html.write(", \(row.interval.sentence)") }
    }
    line("p") { html in
      html.write("\(row.old) → \(row.new)")
      if !row.p.isEmpty { html.write(", p \(row.p)") }
    }
  }
}

extension HTML.Markup {
  /// The explanation of the parts of a picture.
  static let key: HTML.Markup = """
    <p class="key plain">
    <span><svg aria-hidden="true" viewBox="0 0 256 160"><path class="dots base" d="M70 80h0M150 50h0M150 110h0"/></svg> rounds, or samples of the only round</span>
    <span><svg aria-hidden="true" viewBox="0 0 256 160"><path class="median" d="M128 10v140"/></svg> median</span>
    <span><svg aria-hidden="true" viewBox="0 0 256 160"><path class="interval" d="M20 50v60m0 -30H236m0 -30v60"/></svg> interval of the change, from the base’s median</span>
    <span><svg aria-hidden="true" viewBox="0 0 256 160"><path class="limit" d="M20 10V150H236V10"/><path class="origin" d="M128 10V150"/></svg> within the threshold</span>
    </p>

    """
}

extension Picture {
  /// The facts that the picture does not show.
  fileprivate var note: String? {
    let counts = [old.count, new.count]
    guard counts.contains(where: { $0 > Lane.mostDots }) else { return nil }
    return "of \(counts[0]) and \(counts[1]) values at most \(Lane.mostDots) a side are shown, "
      + "evenly chosen from the least to the most"
  }
}

extension Direction {
  fileprivate var words: String {
    switch self {
    case .lower: "lower is better"
    case .higher: "higher is better"
    }
  }
}
