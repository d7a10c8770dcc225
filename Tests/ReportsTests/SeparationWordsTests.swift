import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("words for few rounds that are far apart")
struct SeparationWordsTests {
  private func side(_ values: [Double], _ metric: Metric = .wallTime) throws -> [Series] {
    [
      Series(
        benchmark: Benchmark(name: "p"), metric: metric, rounds: try values.map { try Round([$0]) },
        source: "test")
    ]
  }

  private func seriesResult(
    _ old: [Double], _ new: [Double], metric: Metric = .wallTime
  ) throws -> SeriesResult {
    let all = FamilyResult(old: try side(old, metric), new: try side(new, metric), policy: Policy())
    return try #require(all.seriesResults.first)
  }

  @Test("say how many launches there are, and how far the nearest two are apart")
  func regression() throws {
    #expect(
      try seriesResult([100, 101, 99], [135, 133, 134]).words
        == "regression: 3 launches a side: all slower by at least 31 %")
    #expect(
      try seriesResult([100, 101, 99], [50, 51, 52]).words
        == "improvement: 3 launches a side: all faster by at least 47 %")
    #expect(
      try seriesResult([100, 101, 99], [3000, 3100, 3050, 3020]).words
        == "regression: 3 and 4 launches: all slower by at least 2870 %")
  }

  @Test("fit the metric")
  func metrics() throws {
    func words(_ metric: Metric) throws -> String {
      try seriesResult([100, 101, 99], [135, 133, 134], metric: metric).words
    }
    #expect(try words(Metric("max_rss", .bytes)).contains("all larger by at least 31 %"))
    #expect(try words(Metric("misses", .one)).contains("all higher by at least 31 %"))
    #expect(
      try words(Metric("rate", .perSecond, better: .higher))
        == "improvement: 3 launches a side: all higher by at least 31 %")
  }

  @Test("are in a report, and read from it again")
  func report() throws {
    let report = Example.report(old: try side([100, 101, 99]), new: try side([135, 133, 134]))
    let json = Rendering.json.render(report, Style())
    #expect(json.contains(#""separated":"#))
    if JSONSchema.isInstalled {
      #expect(try JSONSchema("report").diagnostics(about: json) == [])
    }
    let read = try Report(json: Array(json.utf8))
    #expect(Rendering.json.render(read, Style()) == json)
    #expect(read.seriesResults.first?.words == report.seriesResults.first?.words)
    let markdown = Rendering.markdown.render(read, Style())
    #expect(markdown.contains("regression: 3 launches a side: all slower by at least 31"))
  }
}
