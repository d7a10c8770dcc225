import Foundation
import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("the report for a browser")
struct HTMLTests {
  private func page(_ report: Report) throws -> String {
    try #require(Rendering.named("html")).render(report, Style())
  }

  @Test("it needs nothing from elsewhere, and no script", arguments: Hostile.names)
  func selfContained(_ name: String) throws {
    let page = try page(try Hostile.report(name))
    let tags = page.matches(of: #/<[a-zA-Z!\/][^>]*>/#).map { String($0.0) }
    for tag in tags {
      let isAllowed = !tag.contains(#/<(script|img|link|iframe|object|a|base|form)\b/#)
      #expect(isAllowed, "\(tag)")
      // Outside of what is quoted, where a name may be.
      let attributes = tag.replacing(/"[^"]*"/, with: "")
      #expect(!attributes.contains(#/\b(src|href|style|on[a-z]+)=/#), "\(tag)")
    }
    #expect(page.contains(#"content="default-src 'none'; style-src 'unsafe-inline'""#))
    #expect(!page.contains("url(") && !page.contains("@import"))
  }

  @Test("a name neither adds an element nor takes one away", arguments: Hostile.names)
  func elements(_ name: String) throws {
    func elements(_ name: String) throws -> [String] {
      // Code and small elements apart, of which an empty name, or one of backticks, has others.
      try page(try Hostile.report(name)).matches(of: #/<([a-z][a-z0-9]*)/#).map { String($0.1) }
        .filter { !["code", "small"].contains($0) }
    }
    #expect(try elements(name) == elements("x"))
  }

  @Test(
    "it is HTML without an error or a warning, and XML",
    .enabled(if: Tidy.isInstalled && XMLLint.isInstalled, Comment(rawValue: Tidy.absence)),
    arguments: Hostile.names + ["mixed", "governed", "nothing", "tried", "unchanged"])
  func valid(_ name: String) throws {
    let report =
      switch name {
      case "mixed": try Example.mixed()
      case "governed": try Example.governed()
      case "nothing": Example.nothing()
      case "tried": try Example.tried()
      case "unchanged": try Example.unchanged()
      default: try Hostile.report(name)
      }
    let page = try page(report)
    #expect(try Tidy.diagnostics(about: page) == "")
    #expect(try XMLLint.value(of: "count(/html/body/main)", in: page) == "1")
  }

  @Test("the checker finds what is wrong", .enabled(if: Tidy.isInstalled))
  func checker() throws {
    let page = try page(try Example.mixed())
    let broken = page.replacingOccurrences(of: "</article>", with: "</div>")
    #expect(try Tidy.diagnostics(about: broken) != "")
  }

  @Test("every series that changed or fails has its place, with a picture where it has numbers")
  func pictures() throws {
    let page = try page(try Example.sized(1000))
    #expect(page.matches(of: #/<article /#).count == 20 + 20 + 1)
    #expect(page.matches(of: #/<svg role="img"/#).count == 20 + 20)
    #expect(page.contains("<summary>all 1001 rows</summary>"))
    #expect(page.matches(of: #/<code>render\/page 551<\/code>/#).count == 2)
  }

  @Test("dots, medians, interval and threshold lie where the ticks of the axis say")
  func geometry() throws {
    let old = [10.9, 11.4, 10.1, 12.0, 10.6, 11.1], new = [15.0, 14.2, 15.5, 14.8, 16.0, 15.1]
    func series(_ values: [Double]) throws -> Series {
      Series(
        benchmark: Benchmark(name: "b"), metric: .wallTime,
        rounds: try values.map { try Round([$0 * 1e6]) }, source: "test")
    }
    let report = Example.report(old: [try series(old)], new: [try series(new)])
    let picture = try #require(
      try page(report).firstMatch(of: #/<svg role="img".*?<\/svg>/#).map { Picture(String($0.0)) })
    #expect(picture.unit == "ms")
    #expect(picture.ticks.count >= 3)
    func close(_ places: [Double], _ values: [Double]) -> Bool {
      places.count == values.count
        && zip(places, values).allSatisfy { (picture.value(at: $0) - $1).magnitude < 0.01 }
    }
    #expect(close(picture.dots(of: "base").sorted(), old.sorted()))
    #expect(close(picture.dots(of: "head").sorted(), new.sorted()))
    #expect(close(picture.medians, [11.0, 15.05]))
    #expect(close(picture.limit, [9.9, 12.1]))
    let seriesResult = try #require(report.seriesResults.first)
    let interval = try #require(seriesResult.comparison?.effect.interval)
    #expect(
      close(picture.interval, [11 * (1 + interval.lowerBound), 11 * (1 + interval.upperBound)]))
  }

  @Test(
    "numbers that no axis can show have no picture, and none has a place that is none",
    arguments: [
      ([0.0], [0.0]), ([0], [17]), ([1e-300], [1e-299]), ([1e300], [1.5e300]),
      ([-5, -6], [-9, -7]),
      ([1], [1e12]), ([100], [100]), ([1, 1, 1, 1], [1, 1, 1, 2]),
      ([1.797e308, -1.797e308], [1, 2]), ([Double.leastNonzeroMagnitude], [0]),
    ] as [([Double], [Double])])
  func extremes(_ old: [Double], _ new: [Double]) throws {
    func series(_ values: [Double]) throws -> [Series] {
      [
        Series(
          benchmark: Benchmark(name: "b"), metric: Metric("m", Unit("u"), exact: true),
          rounds: try values.map { try Round([$0]) }, source: "test")
      ]
    }
    var policy = Policy()
    policy.ledger.common[.collapsed] = .fail
    let page = try page(Example.report(old: try series(old), new: try series(new), policy: policy))
    #expect(!page.contains(#/\b(nan|inf|NaN)\b/#))
    for path in page.matches(of: #/ d="([^"]*)"/#) {
      for number in String(path.1).matches(of: #/-?[0-9]+/#) {
        #expect((-30...3340).contains(try #require(Int(number.0))), "\(path.0)")
      }
    }
  }

  @Test("of very many values some hundred are shown, and it says so")
  func many() throws {
    let report = Example.report(
      old: [try Example.series("b", 100, rounds: 3000)],
      new: [try Example.series("b", 150, rounds: 10)])
    let page = try page(report)
    #expect(page.contains("of 3000 and 10 values at most 200 a side are shown"))
    #expect(page.contains("base: 3000 rounds from 99.5"))
    let picture = try #require(page.firstMatch(of: #/<svg role="img".*?<\/svg>/#))
    #expect(Picture(String(picture.0)).dots(of: "base").count == 200)
  }

  @Test("20,000 series all have their row")
  func complete() throws {
    let page = try page(try Example.sized(20_000))
    #expect(page.matches(of: #/<tr><th scope="row">/#).count > 20_000)
    #expect(page.hasSuffix("</html>\n"))
  }
}

/// A picture, taken apart.
private struct Picture {
  private let text: String
  let unit: Substring
  /// Where each label is.
  let ticks: [(place: Double, value: Double)]

  init(_ text: String) {
    self.text = text
    unit = text.firstMatch(of: #/<text y="820">([^<]*)</#)?.1 ?? ""
    ticks = text.matches(of: #/class="tick" x="([0-9]+)" y="820">([^<]+)</#).compactMap { match in
      Double(match.1).flatMap { place in Double(match.2).map { (place, $0) } }
    }
  }

  /// By the first label and the last.
  func value(at place: Double) -> Double {
    guard let first = ticks.first, let last = ticks.last else { return .nan }
    let part = (place - first.place) / (last.place - first.place)
    return first.value + part * (last.value - first.value)
  }

  private func paths(_ kind: String) -> [Substring] {
    text.matches(of: #/<path class="([a-z ]+)" d="([^"]*)"/#).filter { $0.1 == kind }.map(\.2)
  }

  func dots(of side: String) -> [Double] {
    paths("dots \(side)").flatMap { $0.matches(of: #/M([0-9]+) /#).compactMap { Double($0.1) } }
  }

  var medians: [Double] {
    paths("median").compactMap { $0.firstMatch(of: #/M([0-9]+) /#).flatMap { Double($0.1) } }
  }

  var limit: [Double] { ends("limit") }
  var interval: [Double] { ends("interval") }

  private func ends(_ kind: String) -> [Double] {
    paths(kind).flatMap { $0.matches(of: #/[MH]([0-9]+)/#).compactMap { Double($0.1) } }
  }
}
