import Verdicts

extension HTML {
  /// Writes a picture, with its text for readers who do not see it.
  mutating func picture(_ picture: Picture) {
    markup("<svg role=\"img\" viewBox=\"0 0 3600 850\" aria-label=\"")
    describe("base", picture.old, picture.unit)
    markup("; ")
    describe("head", picture.new, picture.unit)
    markup("\">")
    limit(picture)
    axis(picture)
    lane(picture.old, dots: "base")
    lane(picture.new, dots: "head")
    interval(picture)
    markup("</svg>\n")
  }

  private mutating func describe(_ name: Markup, _ lane: Lane, _ unit: Scale) {
    markup(name)
    write(": \(lane.numbers) from \(unit.text(lane.least)) to \(unit.text(lane.most))")
    write(", median \(unit.text(lane.side.median))")
  }

  /// Draws the range that the limit lets pass, around the base's median.
  private mutating func limit(_ picture: Picture) {
    if let limit = picture.limit {
      markup("<path class=\"limit\" d=\"M")
      write(limit.lowerBound)
      markup(" 20V690H")
      write(limit.upperBound)
      markup("V20\"/>")
    }
    markup("<path class=\"origin\" d=\"M")
    write(picture.old.median)
    markup(" 20V690\"/>")
  }

  private mutating func axis(_ picture: Picture) {
    markup("<path class=\"axis\" d=\"M460 690H3340")
    for tick in picture.axis.ticks {
      markup("M")
      write(tick.place)
      markup(" 690v35")
    }
    markup("\"/><text y=\"185\">base</text><text y=\"445\">head</text><text y=\"820\">")
    write(picture.unit.symbol, limit: 7)
    markup("</text>")
    for tick in picture.axis.ticks where !tick.label.isEmpty {
      markup("<text class=\"tick\" x=\"")
      write(tick.place)
      markup("\" y=\"820\">")
      write(tick.label)
      markup("</text>")
    }
  }

  /// Draws the dots with the median behind them, which is longer than they are.
  private mutating func lane(_ lane: Lane, dots name: Markup) {
    markup("<path class=\"median\" d=\"M")
    write(lane.median)
    markup(" ")
    write(lane.middle - 120)
    markup("v240\"/><path class=\"dots ")
    markup(name)
    markup("\" d=\"")
    for dot in lane.dots {
      markup("M")
      write(dot.x)
      markup(" ")
      write(dot.y)
      markup("h0")
    }
    markup("\"/>")
  }

  private mutating func interval(_ picture: Picture) {
    guard let interval = picture.interval else { return }
    markup("<path class=\"interval\" d=\"M")
    write(interval.lowerBound)
    markup(" 570v60m0 -30H")
    write(interval.upperBound)
    markup("m0 -30v60\"/>")
  }
}

extension Lane {
  /// The number of values in words: `10 rounds`, or `100 samples` of the only one.
  fileprivate var numbers: String {
    side.rounds == 1 && count > 1 ? Reports.count(count, "sample") : Reports.count(count, "round")
  }
}
