import Measurements
import Reports
import TestSupport
import Testing
import Verdicts

@Suite("A report on a fleet of tasks")
struct TaskReportTests {
  private static let success = Metric("success", .one, better: .higher, isOutcome: true)
  private static let cost = Metric("cost", .dollars)

  /// Tasks of three attempts; in the new one a third is lost, for less money.
  private static func fleet(_ tasks: Int, isNew: Bool) throws -> [Series] {
    try (0..<tasks).flatMap { index -> [Series] in
      let isLost = isNew && index % 3 == 0
      let isFlaky = isNew && index % 10 == 1
      let name = index == 0 ? "task|`0`\n@x<b>" : "task-\(index)"
      let values: [Double] = isLost ? [0, 0, 0] : isFlaky ? [1, 0, 1] : [1, 1, 1]
      let costs = values.map { ($0 == 1 ? 0.5 : 0.1) * (1 + Double(index % 5) / 50) }
      return try [(success, values), (cost, costs)].map { metric, values in
        Series(
          benchmark: Benchmark(name: name, labels: ["agent": index % 2 == 0 ? "dev" : "qa"]),
          metric: metric, rounds: try values.map { try Round([$0]) }, source: "test")
      }
    }
  }

  private static func report(_ tasks: Int = 18) throws -> Report {
    var policy = Policy()
    policy.groups = ["agent"]
    return Example.report(
      old: try fleet(tasks, isNew: false), new: try fleet(tasks, isNew: true), policy: policy)
  }

  @Test(
    "shows rates, costs, and the tasks that were lost, as when it was reviewed",
    arguments: ["text", "markdown", "html", "json", "csv", "junit", "sarif", "openmetrics"])
  func renderings(_ name: String) throws {
    let rendering = try #require(Rendering.named(name))
    let text = rendering.render(try Self.report(), Style())
    if name == "json" || name == "html" {
      // The rows of single tasks are those of any other suite.
      if name == "json" { #expect(try Report(json: Array(text.utf8)).parts.count == 1) }
      return
    }
    #expect(try Golden(beside: #filePath).difference(of: text, from: "tasks.\(name)") == nil)
  }

  @Test("is the same comment after it was written as JSON and read")
  func readBack() throws {
    let report = try Self.report()
    let read = try Report(json: Array(Rendering.json.render(report, Style()).utf8))
    #expect(
      Rendering.markdown.render(read, Style()) == Rendering.markdown.render(report, Style()))
    #expect(Rendering.json.render(read, Style()) == Rendering.json.render(report, Style()))
  }

  @Test(
    "is what the schema describes",
    .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
  func schema() throws {
    let text = Rendering.json.render(try Self.report(), Style())
    #expect(try JSONSchema("report").diagnostics(about: text) == [])
  }

  @Test("makes the names of lost tasks harmless, and shows the first twenty")
  func names() throws {
    for name in ["text", "markdown", "html"] {
      let rendering = try #require(Rendering.named(name))
      let text = rendering.render(try Self.report(81), Style())
      #expect(!text.contains("task|`0`\n"), "\(name)")
      if name != "text" { #expect(!text.contains("<b>"), "\(name)") }
      #expect(text.contains("lost (27)") && text.contains(", and 7 more"), "\(name)")
    }
  }

  @Test("explains a rate by its attempts and its exact p")
  func explanation() throws {
    let text = try #require(
      try Self.report().explanation { $0.benchmark.description == "(all tasks)" })
    #expect(text.contains("solved") && text.contains("Newcombe's"), "\(text)")
    #expect(text.contains("a drop of 10 points, from the default"), "\(text)")
  }
}
