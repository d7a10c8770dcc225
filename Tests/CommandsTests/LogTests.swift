import Foundation
import TestSupport
import Testing

@Suite("perf-log answers what it is asked, and says why where it cannot")
struct LogTests {
  let project: LogProject

  /// Three commits with two benchmarks, two of them of two agents, and one run of another machine.
  init() throws {
    project = try LogProject()
    try project.store(Self.runs)
  }

  static let runs: [LoggedRun] =
    (0..<3).map { number in
      LoggedRun(
        commit: number, time: "2026-10-0\(number + 1)T12:00:00Z", session: "s\(number)",
        series: [
          LoggedSeries(
            "parse/large", [100, 101, 102, 103, 104, 105].map { $0 + Double(number * 10) }),
          LoggedSeries("print", [20, 22]),
          LoggedSeries("task", labels: ["agent": "x"], metric: "cost", unit: "USD", [0.5, 0.25]),
          LoggedSeries("task", labels: ["agent": "y"], metric: "cost", unit: "USD", [2]),
          LoggedSeries(
            "task", labels: ["agent": "x"], metric: "success", unit: "1", better: "higher", [1, 0]),
        ])
    } + [
      LoggedRun(
        commit: 3, time: "2026-10-04T12:00:00Z", machine: "m2", cpu: "Ryzen",
        series: [LoggedSeries("parse/large", [7])])
    ]

  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    /// What standard error says; nothing where it is empty.
    let err: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String..., status: Int32, _ err: String) {
      (self.arguments, self.status, self.err) = (arguments, status, err)
    }
  }

  @Test(
    "the status and the message of each mistake",
    arguments: [
      Case(
        "--suite", "defalt", status: 3, "no run of suite 'defalt' is recorded\nhint: did you mean"),
      Case(
        "--machine", "m7", status: 3, "no run here is of a machine 'm7'\nhint: there are m1, m2"),
      Case("stats", "--suite", "nosuch", status: 3, "no run of suite 'nosuch'"),
      Case("rank", "--by", "benchmark", "--suite", "nosuch", status: 3, "no run of suite 'nosuch'"),
      Case("trend", "x", "--suite", "nosuch", status: 3, "no run of suite 'nosuch'"),
      Case("show", "main", status: 0, ""),
      Case("show", "nosuch", status: 2, "unknown revision 'nosuch'"),
      Case("show", "main~1", status: 0, ""),
      Case(
        "trend", "parse/lage", status: 2,
        "no benchmark 'parse/lage' was ever recorded\nhint: did you mean 'parse/large'"),
      Case("stats", "--", "prnt", status: 2, "hint: did you mean 'print'"),
      Case("--benchmark", "prnt", status: 2, "hint: did you mean 'print'"),
      Case("--benchmark", "par*", status: 0, ""),
      Case("--benchmark", "nosuch*", status: 2, "no benchmark 'nosuch*'"),
      Case(
        "stats", "--metric", "wall_tim", status: 2,
        "no metric 'wall_tim' was ever recorded\nhint: did you mean 'wall_time'"),
      Case(
        "stats", "--by", "label:agnt", status: 2,
        "no series has a label 'agnt'\nhint: did you mean 'agent'"),
      Case("--label", "agnt=x", status: 2, "no series has a label 'agnt'"),
      Case("--label", "agent", status: 2, "not a label and its value"),
      Case("stats", "--by", "colour", status: 2, "not one of commit, hour, day"),
      Case("stats", "--by", "label:", status: 2, "not one of"),
      Case(
        "stats", "--by", "day", "--by", "week", status: 2,
        "--by day and --by week exclude each other"),
      Case("rank", status: 2, "rank needs to know what of"),
      Case("rank", "--by", "day", status: 2, "rank needs to know what of"),
      Case("rank", "--by", "benchmark", status: 2, "rank is by one metric"),
      Case("trend", status: 2, "trend needs a benchmark"),
      Case("--since", "2026-02-30", status: 2, "there is no day '2026-02-30', which --since names"),
      Case("--until", "2026-13-01", status: 2, "there is no day '2026-13-01', which --until names"),
      Case("--since", "2026-11-20T25:00", status: 2, "'25:00' is no time"),
      Case("--since", "2026-11-20T05:20:42+01:00", status: 2, "is no time"),
      Case("--since", "someday", status: 2, "'someday' is no time, which --since names"),
      Case("--since", "20261120", status: 2, "'20261120' is no time"),
      Case("--since", "12 34", status: 2, "'12 34' is no time"),
      Case("--until", "2026-11-2", status: 2, "'2026-11-2' is no time"),
      Case("--since", "", status: 2, "it is empty"),
      Case("--since", "2 fortnights ago", status: 2, "is no time"),
      Case("--since", "--", status: 2, "missing value for '--since <time>'"),
      Case(
        "--since", "2026-10-02", "--until", "2026-10-02", status: 2, "--until is not after --since"),
      Case(
        "--since", "2026-10-02", "--until", "2026-10-01", status: 2, "--until is not after --since"),
      Case("--where", "median > three", status: 2, "'three' is no amount"),
      Case(
        "stats", "--since", "2026-01-01", "--where", "median > 3 and", status: 2,
        "something is missing beside 'and'"),
      Case("--where", "mdian > 3", status: 2, "'mdian' is no field"),
      Case("--where", "median", status: 2, "no comparison after 'median'"),
      Case("--where", "", status: 2, "it is empty"),
      Case(
        "stats", "--since", "2026-01-01", "--where", "median > 3GB/s", status: 2,
        "and 3GB/s is not"),
      Case("stats", "--percentile", "0", status: 2, "not whole percentages"),
      Case("stats", "--percentile", "101", status: 2, "not whole percentages"),
      Case("stats", "--percentile", "50,", status: 2, "not whole percentages"),
      Case("--last", "0", status: 2, "0"),
      Case("--report", "jsn", status: 2, "did you mean 'json'"),
      Case("--report", "json=", status: 2, "no file after"),
      Case("--report", "json", "--report", "csv", status: 2, "two reports for standard output"),
      Case("--report", "json=a", "--report", "csv=./a", status: 2, "two reports for one file"),
      Case("--report", "json=no/such/folder", status: 5, "there is no such directory"),
      Case("stats", "a", "b", status: 2, "unexpected 'b'"),
      Case("nosuch", status: 2, "unknown revision 'nosuch'"),
      Case("main..nosuch", status: 2, "unknown revision 'nosuch'"),
      Case("--branch", "main", "topic", status: 2, "both name a tip"),
      Case("--branch", "main", "main~2..topic", status: 2, "both name a tip"),
      Case("--branch", "main", "main~2..", status: 0, ""),
      Case("main~3..main~3", status: 3, ""),
      // A filter that leaves nothing is an answer.
      Case("--since", "2027-01-01", status: 0, "nothing fits"),
      Case("stats", "--where", "n > 1000", "--since", "2026-01-01", status: 0, "nothing fits"),
    ])
  func mistakes(_ example: Case) {
    let logged = project.log(example.arguments)
    #expect(logged.status == example.status, "\(logged.err)\(logged.out)")
    #expect(example.err.isEmpty || logged.err.contains(example.err), "\(logged.err)")
    if example.status == 0 && example.err.isEmpty { #expect(logged.err == "") }
    if example.status == 2 { #expect(logged.out == "", "\(logged.out)") }
  }

  @Test("a repository without runs says how to get some")
  func empty() throws {
    let empty = try LogProject()
    for verb in [[], ["show"], ["trend", "p"], ["stats"], ["rank", "--by", "benchmark"]] {
      let logged = empty.log(verb)
      #expect(logged.status == 3)
      #expect(
        logged.err.hasPrefix("error: no run is recorded in refs/notes/perf\nhint: record one"))
    }
  }

  @Test("filters choose the rows of every verb")
  func filters() throws {
    func benchmarks(_ arguments: String...) throws -> Set<String> {
      Set(
        try #require(
          project.json(
            Array(arguments.prefix(1)) + ["--since", "2026-01-01"] + arguments.dropFirst())["rows"]
            as? [[String: Any]]
        )
        .compactMap {
          ($0["group"] as? [String: Any])?["benchmark"] as? String ?? $0["benchmark"] as? String
        })
    }
    #expect(try benchmarks("stats") == ["parse/large", "print", "task"])
    #expect(try benchmarks("stats", "--", "p*") == ["parse/large", "print"])
    #expect(try benchmarks("stats", "--", "print", "task") == ["print", "task"])
    #expect(try benchmarks("stats", "--benchmark", "print") == ["print"])
    #expect(try benchmarks("stats", "--metric", "cost") == ["task"])
    #expect(try benchmarks("stats", "--label", "agent=x") == ["task"])
    #expect(try benchmarks("stats", "--label", "agent=z") == [])
    #expect(
      try benchmarks("stats", "--metric", "wall_time", "--where", "median > 50ns") == [
        "parse/large"
      ])
    #expect(try benchmarks("stats", "--where", "median > 50", "--where", "n > 1000") == [])
    #expect(try benchmarks("trend", "*", "--metric", "wall_time") == ["parse/large", "print"])
    #expect(try benchmarks("trend", "*", "--where", "change > 15%") == ["parse/large"])
    #expect(try benchmarks("stats", "--top", "1") == ["parse/large"])
    #expect(try benchmarks("stats", "--machine", "m2") == ["parse/large"])
  }

  @Test("runs are those of the window, the newest first")
  func windows() throws {
    func commits(_ arguments: String...) throws -> [String] {
      try #require(project.json(arguments)["rows"] as? [[String: Any]])
        .compactMap { $0["commit"] as? String }
    }
    let ids = project.commits
    #expect(try commits() == [ids[2], ids[1], ids[0]])
    #expect(try commits("--machine", "any") == [ids[3], ids[2], ids[1], ids[0]])
    #expect(try commits("-n", "2") == [ids[2], ids[1]])
    #expect(try commits("-n", "1", "--skip", "1") == [ids[1]])
    #expect(try commits("--skip", "9") == [])
    #expect(try commits("--since", "2026-10-02") == [ids[2], ids[1]])
    #expect(try commits("--since", "2026-10-02T12:00") == [ids[2], ids[1]])
    #expect(try commits("--since", "2026-10-02 12:00:01") == [ids[2]])
    #expect(try commits("--until", "2026-10-02T12:00:00Z") == [ids[0]])
    #expect(try commits("--since", "@1790942400") == [ids[2], ids[1]])
    #expect(try commits("main~3..main~1") == [ids[2], ids[1]])
    #expect(try commits("main~2") == [ids[1], ids[0]])
    #expect(try commits("--branch", "topic") == [ids[2], ids[1], ids[0]])
  }

  @Test("the header names the machine, and what is left out is said")
  func header() throws {
    let logged = project.log()
    #expect(logged.out.hasPrefix("main, machine m1 (Xeon)\n"), "\(logged.out)")
    #expect(
      logged.out.contains("1 run of another machine is left out: `--machine any` shows them"))
    let both = project.log("--machine", "any")
    #expect(both.out.hasPrefix("main, all machines\n"))
    #expect(!both.out.contains("left out"))
    // Of this machine there is none.
    let this = project.log("--machine", "this")
    #expect(this.status == 3)
    #expect(this.err.contains("no run here is of this machine"), "\(this.err)")
  }

  @Test("show prints a commit's runs wherever it lies, and a run by the beginning of its id")
  func show() throws {
    try project.store(
      Self.runs + [LoggedRun(commit: 4, series: [LoggedSeries("print", [3, 1, 2])])])
    let rows = try project.rows("show", "topic")
    #expect(rows.count == 1)
    let series = try #require(rows.first?["series"] as? [[String: Any]]).first
    #expect(series?["median"] as? Double == 2 && series?["rounds"] as? [Double] == [3, 1, 2])
    let id = try #require(rows.first?["run"] as? String)
    for text in [id, String(id.prefix(7)), id.uppercased()] {
      #expect(try project.rows("show", text).first?["run"] as? String == id)
    }
    let none = project.log("show", "topic", "--suite", "other")
    #expect(none.status == 3)
  }

  @Test("groups that cannot be joined are refused by name")
  func joining() throws {
    let since = ["--since", "2026-01-01"]
    let times = project.log(["stats", "--by", "metric"] + since)
    #expect(times.status == 2)
    #expect(
      times.err.contains("would join wall_time of 2 benchmarks, such as parse/large and print"))
    let machines = project.log(
      ["stats", "--by", "benchmark", "--metric", "wall_time", "--machine", "any"] + since)
    #expect(machines.status == 2)
    #expect(machines.err.contains("of several machines"), "\(machines.err)")
    try project.store(Self.runs + [LoggedRun(commit: 0, suite: "b", series: Self.runs[0].series)])
    let suites = project.log(["stats", "--by", "benchmark", "--metric", "wall_time"] + since)
    #expect(suites.status == 2 && suites.err.contains("of several suites"), "\(suites.err)")
    try project.store(Self.runs)
    let apart = project.log(
      [
        "stats", "--by", "benchmark", "--by", "machine", "--metric", "wall_time", "--machine",
        "any",
      ]
        + since)
    #expect(apart.status == 0, "\(apart.err)")
  }

  @Test("of what a filter counts it says the rounds, the samples or the commits")
  func counted() throws {
    var runs = Self.runs
    runs[0].series[1].rounds = [[1, 2, 3], [4]]
    try project.store(runs)
    func n(_ of: String) throws -> Int? {
      try project.rows("stats", "--since", "2026-01-01", "--of", of, "--", "print").first?["n"]
        as? Int
    }
    #expect(try n("rounds") == 6)
    #expect(try n("samples") == 8)
    #expect(try n("commits") == 3)
  }

  @Test("a report goes to a file, and text to standard output; quiet says nothing")
  func reports() throws {
    let logged = project.log("--report", "json=a.json", "--report", "html=a.html")
    #expect(logged.status == 0 && logged.out.hasPrefix("main, "))
    #expect(try project.repository.directory.read("a.json").hasPrefix("{\n"))
    #expect(try project.repository.directory.read("a.html").hasPrefix("<!DOCTYPE html>"))
    let quiet = project.log("--quiet")
    #expect(quiet.status == 0 && quiet.out == "" && quiet.err == "")
  }
}
