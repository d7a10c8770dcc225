import Foundation
import TestSupport
import Testing

@Suite("The answers of perf-log read as they did when they were reviewed")
struct LogGoldenTests {
  let project: LogProject

  struct Example: CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var testDescription: String { name }
  }

  private static let since = ["--since", "2026-01-01"]

  static let examples: [Example] = [
    Example(name: "runs", arguments: []),
    Example(name: "runs-all", arguments: ["--all", "--machine", "any"]),
    Example(name: "show", arguments: ["show", "main"]),
    Example(name: "trend", arguments: ["trend", "parse/large"]),
    Example(name: "trend-all", arguments: ["trend", "*", "--by", "commit"]),
    Example(
      name: "trend-weeks",
      arguments: ["trend", "task-*", "--by", "week", "--by", "label:agent", "--metric", "cost"]),
    Example(name: "stats", arguments: ["stats"] + since),
    Example(
      name: "stats-agents",
      arguments: ["stats", "--by", "label:agent", "--metric", "success", "--by", "month"] + since),
    Example(
      name: "rank", arguments: ["rank", "--by", "label:agent", "--metric", "cost"] + since),
    Example(name: "nothing", arguments: ["stats", "--where", "n > 1000"] + since),
  ]

  init() throws {
    project = try LogProject(commits: 6)
    try project.store(Self.runs)
  }

  /// Six commits, the fourth slower, a machine more, a failed benchmark, a part and one off the branch.
  private static let runs: [LoggedRun] =
    (0..<6).map { number in
      let base = number < 3 ? 120_000_000.0 : 150_000_000
      var series = [
        LoggedSeries("parse/large", (0..<6).map { base + Double($0) * 1_000_000 }),
        LoggedSeries("parse/small", [1_500_000, 1_520_000 + Double(number) * 1000]),
        LoggedSeries("解析/大きい", metric: "max_rss", unit: "B", [52_428_800 + Double(number) * 4096]),
      ]
      for (agent, price) in [("alpha", 0.25), ("beta", 0.75)] {
        series += (0..<2).flatMap { task in
          [
            LoggedSeries(
              "task-\(task)", labels: ["agent": agent], metric: "cost", unit: "USD",
              [price, price + Double(number) / 16]),
            LoggedSeries(
              "task-\(task)", labels: ["agent": agent], metric: "success", unit: "1",
              better: "higher", [1, number % 2 == 0 || agent == "alpha" ? 1 : 0]),
          ]
        }
      }
      return LoggedRun(
        commit: number, time: "2026-10-\(10 + number * 4)T08:30:00Z", session: "s\(number)",
        series: number == 4 ? Array(series.prefix(2)) : series,
        failures: number == 5 ? ["serve"] : [])
    } + [
      LoggedRun(
        commit: 5, time: "2026-10-31T10:00:00Z", machine: "m2", cpu: "Ryzen 9", session: "t",
        series: [LoggedSeries("parse/large", [90_000_000])]),
      LoggedRun(
        commit: 5, time: "2026-10-31T11:00:00Z", part: "--name parse/small",
        series: [LoggedSeries("parse/small", [1_400_000])]),
      LoggedRun(
        commit: 6, time: "2026-10-31T12:00:00Z",
        series: [LoggedSeries("parse/large", [100_000_000])]),
    ]

  @Test("in a terminal of 80 and of 200 columns, and in every other form", arguments: examples)
  func answers(_ example: Example) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/Log")
    for (rendering, width, ending) in [
      ("text", 80, "80.txt"), ("text", 200, "200.txt"), ("json", nil, "json"), ("csv", nil, "csv"),
      ("markdown", nil, "md"), ("html", nil, "html"),
    ] as [(String, Int?, String)] {
      // The first question in each form, the others as people read them.
      guard width != nil || ["runs", "trend", "stats", "rank", "show"].contains(example.name) else {
        continue
      }
      guard rendering != "html" || example.name == "stats" else { continue }
      let logged = project.log(example.arguments + ["--report", rendering], width: width)
      #expect(logged.status == 0, "\(logged.err)")
      let text = (logged.out + (logged.err.isEmpty ? "" : "--- stderr\n\(logged.err)"))
        .replacing(/perf-log [0-9]+\.[0-9]+\.[0-9]+[-+.\w]*/, with: "perf-log VERSION")
      let difference = try Golden(in: folder).difference(
        of: text, from: "\(example.name).\(ending)")
      #expect(difference == nil)
    }
  }

  @Test(
    "the JSON of every verb is what its schema describes",
    .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
  func schema() throws {
    var lines = try Self.runs.map { run in
      (
        project.commit(run.commit),
        [try run.line(project.commit(run.commit), project.trees[min(run.commit, 5)])]
      )
    }
    let plain =
      Self.examples.map(\.arguments) + [
        ["stats", "--by", "day", "--percentile", "50,90", "--machine", "m1"] + Self.since,
        ["trend", "*", "--by", "day"],
        ["trend", "*", "--by", "label:agent", "--metric", "success"],
        ["show", "main~1"], ["rank", "--by", "benchmark", "--metric", "wall_time"] + Self.since,
      ]
    for arguments in plain {
      let logged = project.log(arguments + ["--report", "json"])
      #expect(try JSONSchema("history").diagnostics(about: logged.out) == [], "\(arguments)")
    }
    // What was summarized, what cannot be read, what has neither time nor machine.
    var bare = LoggedRun(commit: 0, series: [LoggedSeries(isSummary: true, [5])])
    (bare.time, bare.machine) = (nil, nil)
    lines.append((project.commits[0], [try bare.line(project.commits[0], project.trees[0]), "{"]))
    try project.store(
      lines: Dictionary(lines, uniquingKeysWith: +).map { (commit: $0.key, lines: $0.value) })
    for verb in [
      [], ["show", "main~5"], ["trend", "*"],
      ["stats", "--by", "commit", "--machine", "any", "--metric", "cost"],
    ] {
      let logged = project.log(verb + ["--report", "json"])
      #expect(logged.status == 4, "\(verb): \(logged.err)")
      #expect(try JSONSchema("history").diagnostics(about: logged.out) == [], "\(verb)")
    }
  }

  @Test(
    "the schema refuses what it should",
    .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
  func strictness() throws {
    let text = project.log(["stats", "--report", "json"] + Self.since).out
    for (old, new) in [
      (#""complete": true"#, #""complete": false"#), (#""median""#, #""medium""#),
      (#""version": 1"#, #""version": 2"#), (#""verb": "stats""#, #""verb": "rank""#),
    ] {
      #expect(text.contains(old))
      #expect(try !JSONSchema("history").diagnostics(about: text.replacing(old, with: new)).isEmpty)
    }
  }
}
