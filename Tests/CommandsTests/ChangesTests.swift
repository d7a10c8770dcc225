import Foundation
import Statistics
import TestSupport
import Testing

@testable import Commands

@Suite("perf-log changes says when levels changed, and what became of it")
struct ChangesTests {
  /// Thirty commits, of which the benchmarks `parse/a`, `parse/b` and `other` have one run each. The
  /// first two are slower from the 16th commit on.
  private static func project(
    days: (Int) -> Int = { 60 - $0 }, level: (String, Int) -> Double = usualLevel,
    skipping gaps: Set<Int> = [], environmentFrom moved: Int? = nil
  ) throws -> LogProject {
    let project = try LogProject(commits: 30)
    var generator = SeededGenerator(seed: 5)
    let now = Date().timeIntervalSince1970
    try project.store(
      (0..<30).filter { !gaps.contains($0) }.map { place in
        let time = Date(timeIntervalSince1970: now - Double(days(place)) * 86_400)
        let series = ["parse/a", "parse/b", "other"].map { name -> LoggedSeries in
          let rounds = (0..<3).map { _ -> Double in
            let noise = 1 + generator.normal() / 100
            return (1_000_000 * level(name, place) * noise).rounded()
          }
          return LoggedSeries(name, rounds)
        }
        return LoggedRun(
          commit: place, time: time.formatted(.iso8601), session: "s\(place)", series: series)
      })
    return project
  }

  private static func usualLevel(_ name: String, _ place: Int) -> Double {
    place >= 15 && name != "other" ? 1.2 : 1
  }

  private static func events(_ project: LogProject, _ arguments: String...) throws
    -> [[String: Any]]
  {
    let answer = try project.json(["changes"] + arguments)
    #expect((answer["rows"] as? [Any])?.isEmpty == true)
    return try #require(answer["events"] as? [[String: Any]])
  }

  private static func accept(_ project: LogProject, _ id: String, _ how: String = "--accept")
    -> Logged
  {
    project.log("changes", how, id, "--reason", "safer parser")
  }

  @Test("a step of two benchmarks is one event, with its commit, size and interval")
  func step() throws {
    let project = try Self.project()
    let events = try Self.events(project)
    let event = try #require(events.first)
    #expect(events.count == 1)
    #expect(event["commit"] as? String == project.commits[15])
    #expect(event["range"] is NSNull && event["direction"] as? String == "worse")
    #expect(event["state"] as? String == "new")
    let size = try #require(event["size"] as? Double)
    let interval = try #require(event["interval"] as? [Double])
    #expect(abs(size - 0.2) < 0.02 && interval[0] < size && size < interval[1])
    let points = try #require(event["points"] as? [[String: Any]])
    #expect(Set(points.compactMap { $0["benchmark"] as? String }) == ["parse/a", "parse/b"])
    #expect(points.allSatisfy { $0["rounds"] as? [Int] == [45, 45] })
    let text = project.log("changes").out
    #expect(text.contains(String(project.commits[15].prefix(10))) && text.contains("and 1 more"))
  }

  @Test("filters choose what is shown, and change neither events nor ids")
  func filters() throws {
    let project = try Self.project()
    let all = try Self.events(project)
    let id = try #require(all.first?["id"] as? String)
    for filter in [
      ["--", "parse/b"], ["--benchmark", "parse/*"], ["--suite", "default"], ["--last", "1"],
      ["--where", "change > 10%"], ["HEAD~20..HEAD"], ["--since", "2020-01-01"],
    ] {
      let answer = try project.json(["changes"] + filter)
      let events = try #require(answer["events"] as? [[String: Any]])
      #expect(events.map { $0["id"] as? String } == [id], "\(filter)")
    }
    for filter in [
      ["--", "other"], ["--where", "change > 50%"], ["HEAD~10..HEAD"], ["--since", "3 days ago"],
      ["HEAD~20"],
    ] {
      let logged = project.log(["changes"] + filter)
      #expect(logged.status == 0 && logged.out.contains("no change of level"), "\(filter)")
      #expect(logged.err.contains("nothing fits"))
    }
  }

  @Test("what is older than 90 days is left out, and said")
  func old() throws {
    let project = try Self.project(days: { 200 - $0 })
    let logged = project.log("changes")
    #expect(logged.out.contains("1 change before the last 90 days is left out"))
    #expect(project.log("changes", "--since", "2020-01-01").out.contains("became the baseline at"))
  }

  @Test("unmeasured commits make it a range")
  func gap() throws {
    let project = try Self.project(skipping: [13, 14, 15])
    let event = try #require(try Self.events(project).first)
    #expect(event["commit"] is NSNull)
    #expect(event["range"] as? [String] == [project.commits[12], project.commits[16]])
  }

  @Test("a regression that is gone is fixed, and fails nothing")
  func fixed() throws {
    let project = try Self.project(level: { name, place in
      (10..<20).contains(place) && name != "other" ? 1.2 : 1
    })
    let events = try Self.events(project)
    #expect(events.map { $0["state"] as? String } == ["new", "fixed"])
    #expect(events.map { $0["direction"] as? String } == ["better", "worse"])
    #expect(events[1]["returned"] as? String == project.commits[20])
    #expect(project.log("changes", "--exit-code").status == 0)
  }

  @Test("an open regression fails where that is asked for, until somebody accepts it")
  func accepting() throws {
    let project = try Self.project()
    #expect(project.log("changes").status == 0)
    let open = project.log("changes", "--exit-code")
    #expect(open.status == 1 && open.err.hasSuffix("perf-log: a regression that nobody accepted\n"))
    let id = try #require(try Self.events(project).first?["id"] as? String)
    try "[gate]\n\tthreshold = 5%".write(
      toFile: "\(project.repository.path)/.perfconfig", atomically: true, encoding: .utf8)
    let written = Self.accept(project, id)
    #expect(written.status == 0 && written.err.contains("commit it for review"))
    let file = try String(contentsOfFile: "\(project.repository.path)/.perfconfig", encoding: .utf8)
    #expect(
      file == """
        [gate]
        \tthreshold = 5%
        [changepoint "parse/*"]
        \tcommit = \(project.commits[15])
        \tdirection = worse
        \taccepted = "safer parser"
        \tmachine = "m1"
        \tmetric = "wall_time"
        \tid = \(id)

        """)
    let event = try #require(try Self.events(project).first)
    #expect(event["state"] as? String == "accepted" && event["id"] as? String == id)
    #expect(event["accepted"] as? String == "safer parser")
    #expect(project.log("changes", "--exit-code").status == 0)
    let again = Self.accept(project, id)
    #expect(again.status == 2 && again.err.contains("is accepted already"))
  }

  @Test("what was no change is invalid, and one that is named and gone is told")
  func invalid() throws {
    let project = try Self.project()
    let id = try #require(try Self.events(project).first?["id"] as? String)
    #expect(Self.accept(project, String(id.prefix(4)), "--invalid").status == 0)
    #expect(try Self.events(project).map { $0["state"] as? String } == ["invalid"])
    try project.store([LoggedRun(commit: 3, series: [LoggedSeries("parse", [1, 2, 3])])])
    let logged = project.log("changes")
    #expect(logged.out.contains("no change is at \(project.commits[15])"))
  }

  @Test(
    "mistakes are told",
    arguments: [
      (["changes", "--accept", "zzzzzzz", "--reason", "r"], "no change has the id"),
      (["changes", "--accept", "1234567"], "has no reason"),
      (["changes", "--reason", "r"], "without --accept"),
      (["changes", "--accept", "1", "--invalid", "2", "--reason", "r"], "besides"),
      (["trend", "other", "--exit-code"], "is for changes"),
      (["changes", "--by", "benchmark"], "not grouped by benchmark"),
      (["changes", "--by", "day", "--accept", "1234567", "--reason", "r"], "between commits"),
      (["changes", "--percentile", "50"], "are for stats"),
      (["changes", "--by", "day", "--by", "week"], "exclude each other"),
      (["changes", "--accept", "1234567", "--reason", "r", "--report", "json"], "no report"),
    ])
  func mistakes(arguments: [String], words: String) throws {
    let project = try Self.project()
    let logged = project.log(arguments)
    #expect(logged.status == 2 && logged.err.contains(words), "\(arguments): \(logged.err)")
  }

  @Test("the command that finds the commit is printed, and not run")
  func bisect() throws {
    let project = try Self.project(skipping: [13, 14, 15])
    let id = try #require(try Self.events(project).first?["id"] as? String)
    let logged = project.log("changes", "--bisect", id)
    #expect(logged.status == 0)
    #expect(logged.out.hasPrefix("perf-bisect --benchmark parse/"))
    #expect(logged.err.contains("add `-- <command>`"))
    #expect(logged.out.hasSuffix("\(project.commits[12]) \(project.commits[16])\n"))
  }

  @Test("periods are an axis like commits")
  func periods() throws {
    let project = try Self.project()
    let events = try Self.events(project, "--by", "day")
    let event = try #require(events.first)
    #expect(event["commit"] is NSNull && (event["period"] as? String)?.hasPrefix("20") == true)
  }

  @Test("clocks that run backwards, all runs at one second and a single commit change nothing")
  func clocks() throws {
    let backwards = try Self.project(days: { $0 + 1 })
    #expect(try Self.events(backwards).map { $0["commit"] as? String } == [backwards.commits[15]])
    let once = try Self.project(days: { _ in 5 })
    #expect(try Self.events(once).map { $0["commit"] as? String } == [once.commits[15]])
    let single = try LogProject(commits: 1)
    try single.store([LoggedRun(commit: 0, series: [LoggedSeries("parse", [1, 2, 3])])])
    #expect(single.log("changes").status == 0)
  }

  @Test("an acceptance stays where history is rewritten, and writes through no link")
  func rewritten() throws {
    let project = try Self.project()
    let id = try #require(try Self.events(project).first?["id"] as? String)
    let path = "\(project.repository.path)/.perfconfig"
    let outside = try ScratchDirectory()
    try outside.write("evil", "")
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "\(outside.path)/evil")
    let linked = Self.accept(project, id)
    #expect(linked.status == 2 && linked.err.contains("a link out of the work tree"))
    #expect(try outside.read("evil").isEmpty)
    try FileManager.default.removeItem(atPath: path)
    #expect(Self.accept(project, id).status == 0)
    try project.repository.git(
      "-c", "advice.detachedHead=false", "filter-branch", "--force", "--msg-filter", "sed s/^/x/",
      "main")
    let events = try Self.events(project)
    #expect(events.map { $0["state"] as? String } == ["accepted"])
    #expect(events.map { $0["commit"] as? String } != [project.commits[15]])
  }

  @Test("a commit that is measured again makes no old change new")
  func again() throws {
    let project = try Self.project(days: { 100 - $0 })
    let run = LoggedRun(
      commit: 15, time: Date().formatted(.iso8601), session: "again",
      series: [LoggedSeries("parse/a", [1_200_000, 1_201_000, 1_199_000])])
    let line = try run.line(project.commits[15], project.trees[15])
    let notes = try project.repository.note(project.commits[15])
    try project.repository.git(
      "notes", "--ref=perf", "add", "--force", "-m", "\(notes)\n\(line)", project.commits[15])
    let event = try #require(try Self.events(project).first)
    #expect(event["kind"] as? String == "absorbed")
  }

  @Test("a trend marks the change and the release at their commits")
  func trend() throws {
    let project = try Self.project()
    try project.repository.git("tag", "v1.0", project.commits[10])
    let id = try #require(try Self.events(project).first?["id"] as? String)
    let row = try #require(try project.rows("trend", "parse/a").first)
    let points = try #require(row["points"] as? [[String: Any]])
    #expect(
      points.map { $0["event"] as? String } == (0..<30).map { $0 == 15 ? id : nil })
    let text = project.log("trend", "parse/a").out
    #expect(text.contains("worse, \(id)") && text.contains("v1.0"))
    let other = try #require(try project.rows("trend", "other").first)
    let others = try #require(other["points"] as? [[String: Any]])
    #expect(others.allSatisfy { $0["event"] is NSNull })
  }

  @Test("many small steps since a release are a creep")
  func creep() throws {
    let project = try Self.project(level: { name, place in
      name == "other" ? 1 : 1 + 0.015 * Double(max(0, place - 14))
    })
    try project.repository.git("tag", "v1.0", project.commits[10])
    let creeps = try Self.events(project).filter { $0["kind"] as? String == "creep" }
    let creep = try #require(creeps.first)
    #expect(creeps.count == 1 && creep["commit"] is NSNull)
    #expect(creep["range"] as? [String] == [project.commits[10], project.commits[29]])
    #expect(project.log("changes").out.contains("creep since v1.0"))
  }

  @Test(
    "the JSON of changes and of marked trends is what the schema describes",
    .enabled(if: JSONSchema.isInstalled, Comment(rawValue: JSONSchema.absence)))
  func schema() throws {
    let project = try Self.project(skipping: [13, 14])
    for arguments in [["changes"], ["changes", "--by", "day"], ["trend", "parse/a"]] {
      let logged = project.log(arguments + ["--report", "json"])
      #expect(try JSONSchema("history").diagnostics(about: logged.out) == [], "\(arguments)")
      #expect(logged.out.contains("\"worse\"") || arguments[0] == "trend")
    }
    let text = project.log("changes", "--report", "json").out
    for (old, new) in [("\"state\": \"new\"", "\"state\": \"old\""), ("\"points\"", "\"point\"")] {
      #expect(text.contains(old))
      #expect(try !JSONSchema("history").diagnostics(about: text.replacing(old, with: new)).isEmpty)
    }
  }

  @Test("six that accept at the same time lose nothing")
  func together() throws {
    let project = try Self.project(level: { name, place in
      1 + (name == "other" ? 0.3 : 0.2) * Double(place >= (name == "other" ? 20 : 10) ? 1 : 0)
    })
    let ids = try Self.events(project).compactMap { $0["id"] as? String }
    #expect(ids.count == 2)
    let processes = try ids.map { id in
      try project.project.start(
        "perf-log changes --accept \(id) --reason r 2>>log; echo $? >>status")
    }
    processes.forEach { $0.waitUntilExit() }
    let file = try project.repository.directory.read(".perfconfig")
    let status = try project.repository.directory.read("status").split(separator: "\n")
    #expect(file.split(separator: "[changepoint").count == status.count { $0 == "0" }, "\(file)")
    #expect(status.allSatisfy { ["0", "5"].contains($0) })
  }

  @Test("with the index and without it the answer is the same")
  func index() throws {
    let project = try Self.project()
    for arguments in [["changes"], ["changes", "--report", "json"], ["trend", "other"]] {
      let logged = project.log(arguments)
      #expect(project.log(arguments + ["--no-index"]) == logged)
      #expect(project.log(arguments) == logged)
    }
  }
}

extension Logged: Equatable {
  static func == (a: Logged, b: Logged) -> Bool {
    (a.status, a.out, a.err) == (b.status, b.out, b.err)
  }
}
