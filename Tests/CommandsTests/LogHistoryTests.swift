import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("perf-log follows histories as they are: squashed, cut off, damaged, of the future")
struct LogHistoryTests {
  let project: LogProject

  init() throws { project = try LogProject() }

  private func run(_ commit: Int, _ day: Int, _ value: Double = 1) -> LoggedRun {
    LoggedRun(
      commit: commit, time: "2026-10-\(day)T12:00:00Z", series: [LoggedSeries("parse", [value])])
  }

  @Test("a squashed commit's run stands at the commit with the same tree")
  func squashed() throws {
    try project.store([run(0, 10), run(4, 11, 7)])
    let git = project.repository
    #expect(try project.rows().count == 1)
    // As a squash leaves it where main has not moved.
    let tree = try git.git("rev-parse", "topic^{tree}")
    let commit = try git.git("commit-tree", "-p", "HEAD", "-m", "same", tree)
    try git.git("update-ref", "refs/heads/main", commit)
    let rows = try project.rows()
    #expect(rows.map { $0["commit"] as? String } == [commit, project.commits[0]])
    #expect(rows.map { $0["subject"] as? String } == ["same", "change 1"])
    let points = try #require(project.rows("trend", "parse").first?["points"] as? [[String: Any]])
    #expect(points.map { $0["commit"] as? String } == [project.commits[0], commit])
  }

  @Test("a run in the notes of commit and tree counts once")
  func twice() throws {
    let line = try run(0, 10).line(project.commits[0], project.trees[0])
    try project.store(lines: [(project.commits[0], [line])])
    let blob = try project.repository.git("rev-parse", "refs/notes/perf:\(project.commits[0])")
    try project.repository.git("notes", "--ref=perf", "add", "-C", blob, project.trees[0])
    #expect(try project.rows().count == 1)
    #expect(try project.rows("stats", "--since", "2026-01-01").first?["n"] as? Int == 1)
  }

  @Test("runs off the branch are left out, said, and shown by --all")
  func offBranch() throws {
    try project.store([run(0, 10), run(4, 11)])
    #expect(project.log().out.contains("1 run of commits off main is left out: `--all` shows them"))
    let all = try project.rows("--all")
    #expect(all.map { $0["commit"] as? String } == [project.topic, project.commits[0]])
    #expect(project.log("--all").out.contains("off the branch"))
    try project.store([run(4, 11)])
    let none = project.log()
    #expect(
      none.status == 3 && none.err.contains("no commit of main has a run; 1 run"), "\(none.err)")
  }

  @Test("a shallow clone says that it ends, and its answer is not whole")
  func shallow() throws {
    try project.store((0..<4).map { run($0, 10 + $0) })
    let clone = try TemporaryRepository(
      cloning: "file://\(project.repository.path)", "--depth=2", "--branch=main")
    try clone.git("fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*")
    let other = LogProject(project, in: clone)
    let logged = other.log()
    #expect(logged.status == 4, "\(logged.err)")
    #expect(
      logged.out.contains("is where this shallow clone ends: 2 runs may be of commits before it"))
    let answer = try other.json()
    #expect(answer["complete"] as? Bool == false)
    #expect((answer["rows"] as? [Any])?.count == 2)
    #expect((answer["skipped"] as? [Any])?.count == 1)
    // What lies in the clone is whole.
    #expect(other.log("HEAD~1..").status == 0, "\(other.log("HEAD~1..").err)")
  }

  @Test("lines that cannot be read, and newer ones, are named and make the answer incomplete")
  func unreadable() throws {
    let good = try run(0, 10).line(project.commits[0], project.trees[0])
    let newer = #"{"version":9,"suite":"default"}"#
    try project.store(lines: [(project.commits[0], [good, newer]), (project.commits[1], ["{"])])
    for verb in [
      [], ["stats", "--since", "2026-01-01"], ["trend", "parse"], ["show", "main~3"],
      ["rank", "--by", "benchmark", "--since", "2026-01-01"],
    ] {
      let logged = project.log(verb)
      #expect(logged.status == 4, "\(verb): \(logged.err)")
      #expect(logged.err.contains("a part could not be read"))
      #expect(logged.out.contains("was written by a newer version (9)"), "\(logged.out)")
      #expect(logged.out.contains("is unreadable"))
      let answer = try project.json(verb)
      #expect(answer["complete"] as? Bool == false)
      #expect((answer["skipped"] as? [Any])?.count == 2)
      #expect((answer["rows"] as? [Any])?.count == 1)
    }
  }

  @Test("show names a commit's lines that cannot be read, and only those")
  func unreadableShown() throws {
    let good = try run(0, 10).line(project.commits[0], project.trees[0])
    let newer = #"{"version":9,"suite":"default","commit":"\#(project.commits[1])"}"#
    try project.store(lines: [(project.commits[0], [good]), (project.commits[1], [newer])])
    let shown = project.log(["show", project.commits[1]])
    #expect(shown.status == 4, "\(shown.err)")
    #expect(shown.out.contains("was written by a newer version (9)"), "\(shown.out)")
    #expect(project.log(["show", project.commits[0]]).status == 0)
  }

  @Test("a name in both forms of Unicode is one series, whichever run is read first")
  func unicodeForms() throws {
    let forms = ["caf\u{E9}", "cafe\u{301}"]
    for order in [forms, forms.reversed()] {
      let runs = order.enumerated().map { place, name in
        var run = run(place, 10 + place)
        run.series = [LoggedSeries(name, [1])]
        return run
      }
      try project.store(runs)
      let row = try #require(try project.rows2(["trend", "*"]).first)
      let name = try #require(row["benchmark"] as? String)
      #expect(Array(name.utf8) == Array(forms[1].utf8), "the form with the smaller bytes")
      #expect((row["points"] as? [Any])?.count == 2)
    }
  }

  @Test("groups without a benchmark in common are not ranked by times")
  func nothingInCommon() throws {
    var mixed = run(0, 10)
    mixed.series = [
      LoggedSeries("a", labels: ["size": "1"], [1, 2]),
      LoggedSeries("a", labels: ["size": "2"], [9]),
      LoggedSeries("b", [3]),
    ]
    try project.store([mixed])
    let rank = ["rank", "--metric", "wall_time", "--since", "2026-01-01", "--by"]
    let refused = project.log(rank + ["benchmark"])
    #expect(refused.status == 2)
    #expect(refused.err.contains("have no benchmark in common"), "\(refused.err)")
    #expect(project.log(rank + ["benchmark", "--by", "label:size"]).status == 0)
  }

  @Test(
    "a run of the future is listed, and no point",
    arguments: [[], ["--by", "day"], ["--by", "month"]])
  func future(_ by: [String]) throws {
    var future = run(1, 11)
    future.time = "9999-12-31T23:59:59Z"
    try project.store([run(0, 10), future])
    let runs = project.log()
    #expect(runs.out.contains("of the future, no point"), "\(runs.out)")
    #expect(try project.rows().count == 2)
    let rows = try project.rows2(["trend", "parse"] + by)
    let points = try #require(rows.first?["points"] as? [[String: Any]])
    #expect(points.map { $0["n"] as? Int } == [1])
    #expect(project.log(["trend", "parse"] + by).out.contains("has no place in time"))
    // Nothing but the future.
    try project.store([future])
    let only = project.log(["trend", "parse"] + by)
    #expect(only.status == 0 && only.out.contains("no numbers"), "\(only.err)")
    #expect(project.log(["stats", "--since", "2026-01-01"] + by).status == 0)
  }

  @Test("a run without a time is at its commit, and in no period")
  func timeless() throws {
    var timeless = run(0, 10)
    timeless.time = nil
    try project.store([timeless])
    #expect(project.log().out.contains("no time"))
    let points = try #require(project.rows("trend", "parse").first?["points"] as? [[String: Any]])
    #expect(points.map { $0["n"] as? Int } == [1])
    let days = project.log("trend", "parse", "--by", "day")
    #expect(days.status == 0 && days.out.contains("no numbers"), "\(days.err)")
  }

  @Test("periods without a run are gaps, and so many of the newest can be left out")
  func periods() throws {
    try project.store([run(0, 10, 4), run(1, 13, 8)])
    func periods(_ arguments: String...) throws -> [String?] {
      let rows = try project.rows2(["trend", "parse", "--by", "day"] + arguments)
      let points = rows.first?["points"] as? [[String: Any]] ?? []
      return points.map { point in
        (point["period"] as? String).map { "\($0) \(point["median"] as? Double ?? -1)" }
      }
    }
    let all = ["2026-10-10 4.0", "2026-10-11 -1.0", "2026-10-12 -1.0", "2026-10-13 8.0"]
    #expect(try periods() == all)
    #expect(try periods("-n", "2") == Array(all.suffix(2)))
    #expect(try periods("--skip", "1") == Array(all.prefix(3)))
    #expect(try periods("--skip", "3") == Array(all.prefix(1)))
    for skip in ["4", "5", "400"] { #expect(try periods("--skip", skip) == []) }
    let long = project.log("trend", "parse", "--by", "hour", "-n", "3")
    #expect(long.status == 0, "\(long.err)")
  }

  @Test("a unit that changed midway gives a series each, and is not ranked")
  func unit() throws {
    var other = run(1, 11)
    other.series = [LoggedSeries(unit: "B", [5])]
    try project.store([run(0, 10), other])
    let rows = try project.rows("trend", "parse")
    #expect(rows.map { $0["unit"] as? String } == ["B", "ns"])
    let stats = try project.rows("stats", "--since", "2026-01-01", "--by", "benchmark")
    #expect(stats.map { $0["unit"] as? String } == ["B", "ns"])
    let rank = project.log("rank", "--by", "benchmark", "--since", "2026-01-01")
    #expect(rank.status == 2 && rank.err.contains("the metric is in B and in ns"), "\(rank.err)")
  }

  @Test("a direction that was guessed first is one series with the one that is known")
  func direction() throws {
    try project.store([run(0, 10), run(1, 11)])
    let text = try run(2, 12).line(project.commits[2], project.trees[2])
      .replacing(#""better":"lower""#, with: #""better":"higher","guessed":true"#)
    let lines = try (0..<2).map {
      (project.commits[$0], [try run($0, 10 + $0).line(project.commits[$0], project.trees[$0])])
    }
    try project.store(lines: lines + [(project.commits[2], [text])])
    let rows = try project.rows("trend", "parse")
    #expect(rows.count == 1 && rows.first?["better"] as? String == "lower")
    #expect((rows.first?["points"] as? [Any])?.count == 3)
  }

  @Test("ranges are those of git log --first-parent, also across merges")
  func ranges() throws {
    let git = project.repository
    try git.git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", "merge", "topic")
    let merge = try git.git("rev-parse", "HEAD")
    try git.git("checkout", "--quiet", "topic")
    try git.git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", "back", "main~1")
    try git.git("checkout", "--quiet", "main")
    var lines: [(String, [String])] = []
    for (number, id) in try git.git("rev-list", "--all").split(separator: "\n").enumerated() {
      let tree = try git.git("rev-parse", "\(id)^{tree}")
      // With the tree of nobody each run stands at its commit alone.
      let nobody = String(repeating: "0", count: 36) + String(tree.prefix(4))
      lines.append((String(id), [try run(0, 10 + number).line(String(id), nobody)]))
    }
    try project.store(lines: lines)
    for range in [
      "main", "topic", "topic..main", "main..topic", "main~2..main", "topic...main", "main...topic",
      "..topic", "topic..", "\(merge)^2..main", "main~1..topic",
    ] {
      let wanted = try git.git("rev-list", "--first-parent", range.replacing("...", with: ".."))
      let rows = try? project.rows(range)
      let found = Set(rows?.compactMap { $0["commit"] as? String } ?? [])
      guard !range.contains("...") else {
        // From the merge-base on.
        let ends = range.split(separator: ".").map(String.init)
        let base = try git.git("merge-base", ends[0], ends[1])
        let since = try git.git("rev-list", "--first-parent", "\(base)..\(ends[1])")
        #expect(found == Set(since.split(separator: "\n").map(String.init)), "\(range)")
        continue
      }
      #expect(found == Set(wanted.split(separator: "\n").map(String.init)), "\(range)")
    }
  }

  @Test("what was summarized has a median, and no percentiles")
  func summarized() throws {
    var old = run(0, 10)
    old.series = [LoggedSeries(isSummary: true, [5])]
    try project.store([old, run(1, 11)])
    let row = try #require(try project.rows("stats", "--since", "2026-01-01").first)
    #expect(row["median"] as? Double == 3 && row["n"] as? Int == 2)
    for figure in ["min", "p25", "p75", "p95", "p99", "max", "sd", "outliers"] {
      #expect(row[figure] is NSNull, "\(figure)")
    }
    #expect(row["summarized"] as? Bool == true)
  }

  @Test("sums and ratios that no double holds are null in JSON, and stop no picture")
  func overflow() throws {
    func run(_ number: Int, _ name: String, _ value: Double) -> LoggedRun {
      LoggedRun(
        commit: number, time: "2026-10-1\(number)T12:00:00Z",
        series: [
          LoggedSeries(name, labels: ["a": "x"], metric: "cost", unit: "USD", [value]),
          LoggedSeries(name, labels: ["a": "x"], [value == 1 ? 1e-300 : value]),
        ])
    }
    try project.store([run(0, "p", 1), run(0, "q", 1), run(1, "p", 1.5e308), run(1, "q", 1.5e308)])
    for arguments in [
      ["trend", "*", "--by", "label:a", "--metric", "cost"], ["trend", "*", "--by", "label:a"],
      ["trend", "*", "--by", "month", "--by", "label:a"],
      ["stats", "--metric", "cost", "--by", "label:a", "--since", "2026-01-01"],
      ["rank", "--metric", "wall_time", "--by", "label:a", "--since", "2026-01-01"],
    ] {
      for rendering in ["text", "json", "csv", "markdown", "html"] {
        let logged = project.log(arguments + ["--report", rendering], width: 80)
        #expect(logged.status == 0, "\(arguments): \(logged.err)")
        if rendering == "json" {
          #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(logged.out.utf8))
          }
        }
      }
    }
  }
}

extension LogProject {
  /// Another repository with the commits of a project.
  init(_ other: LogProject, in repository: TemporaryRepository) {
    (commits, trees, topic) = (other.commits, other.trees, other.topic)
    project = Project(repository)
  }

  func rows2(_ arguments: [String]) throws -> [[String: Any]] {
    try #require(json(arguments)["rows"] as? [[String: Any]])
  }
}

@Suite("Periods of the calendar")
struct PeriodTests {
  private static let hasDate = Subprocess.succeeds("date -u -d @0 +%G-W%V")

  @Test(
    "are named as date names them, the weeks at the borders of years too",
    .enabled(if: hasDate, "date is not GNU's"))
  func names() throws {
    // Noon of the days around each new year, from 1970 to 2110, and every eleventh day.
    var seconds: [Int64] = stride(from: 0, to: 4_400_000_000, by: 11 * 86_400 + 3607).map(\.self)
    for year in 0..<140 {
      let newYear = Int64(Double(year) * 365.2425 * 86_400)
      seconds += (-6...6).map { max(0, newYear + $0 * 86_400) }
    }
    let input = seconds.map { "@\($0)" }.joined(separator: "\n")
    for (period, format) in [
      (Period.week, "%G-W%V"), (.day, "%Y-%m-%d"), (.month, "%Y-%m"), (.hour, "%Y-%m-%dT%H"),
    ] {
      let named = try Subprocess.run(
        "/usr/bin/env", ["date", "-u", "-f", "-", "+\(format)"],
        in: FileManager.default.temporaryDirectory, input: input)
      let names = named.out.split(separator: "\n").map(String.init)
      #expect(seconds.map { period.name(of: period.index(of: $0)) } == names, "\(format)")
    }
  }

  @Test("begin where the one before ends", arguments: Period.allCases)
  func borders(_ period: Period) {
    for index in stride(from: 0, to: 3000, by: 7) {
      let start = period.start(of: index)
      #expect(period.index(of: start) == index)
      // The week of 1970-01-01 begins in 1969.
      if start > 0 { #expect(period.index(of: start - 1) == index - 1) }
    }
  }
}
