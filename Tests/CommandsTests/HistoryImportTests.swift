import Foundation
import TestSupport
import Testing

@Suite("perf-record --import --history stores each result with its commit")
struct HistoryImportTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }
  /// From the oldest.
  let commits: [String]

  init() throws {
    let project = try Project()
    self.project = project
    commits = try ["one", "two", "three"].map { try project.repository.commit($0) }
  }

  /// Otava's rows, a day after the other.
  private func rows(_ commits: [String]) -> String {
    let lines = commits.enumerated().map { "2026-01-0\($0 + 1),\($1),\(100 + $0)" }
    return (["time,commit,latency"] + lines).joined(separator: "\n") + "\n"
  }

  @discardableResult
  private func record(_ text: String, _ options: String...) throws -> Subprocess {
    try repository.directory.write("search.csv", text)
    return try project.run("perf-record", ["--import", "search.csv", "--history"] + options)
  }

  private func note(_ commit: String) throws -> [[String: Any]] {
    try repository.note(commit).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("at its time, without a machine, in one step")
  func stored() throws {
    let result = try record(rows(commits))
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err == "read search.csv (otava): 1 benchmark, 1 series, 3 rounds, 3 samples\n")
    let names = commits.map { String($0.prefix(10)) }.sorted().joined(separator: ", ")
    #expect(result.out == "3 results stored on \(names) in refs/notes/perf\n")
    for (index, commit) in commits.enumerated() {
      let run = try #require(try note(commit).first)
      #expect(run["commit"] as? String == commit)
      #expect(run["recordedAt"] as? String == "2026-01-0\(index + 1)T00:00:00Z")
      #expect(run["environment"] == nil)
      let series = try #require((run["series"] as? [[String: Any]])?.first)
      #expect(series["rounds"] as? [[Int]] == [[100 + index]])
    }
    #expect(try repository.git("rev-list", "--count", "refs/notes/perf") == "1")
  }

  @Test("once, however often it is read, and what has come since is added")
  func again() throws {
    try record(rows(Array(commits.prefix(2))))
    let same = try record(rows(Array(commits.prefix(2))))
    #expect(same.status == 0)
    #expect(same.out == "nothing new: 2 results there already\n")
    let more = try record(rows(commits))
    #expect(more.out.hasPrefix("1 result stored on \(commits[2].prefix(10)) in"), "\(more.out)")
    #expect(more.out.hasSuffix(", 2 there already\n"), "\(more.out)")
    #expect(try commits.map { try note($0).count } == [1, 1, 1])
    // Twice in one file is once, too; another value of the same entry is no second launch.
    let twice = try record("time,commit,a\n2026,\(commits[0]),1\n2026,\(commits[0]),1\n")
    #expect(twice.out.hasPrefix("1 result stored"), "\(twice.out)")
    #expect(try note(commits[0]).count == 2)
    let other = try record("time,commit,a\n2026,\(commits[0]),7\n")
    try expectGolden(other)
  }

  @Test("and of an entry that has grown only what is new is stored")
  func grown() throws {
    try record("time,commit,a\n2026,\(commits[0]),1\n")
    let grown = try record("time,commit,a,b\n2026,\(commits[0]),1,2\n")
    #expect(grown.out.hasPrefix("1 result stored"), "\(grown.out)")
    let metrics = try note(commits[0]).map { run in
      (run["series"] as? [[String: Any]])?.compactMap { $0["metric"] as? String }
    }
    #expect(Set(metrics) == [["a"], ["b"]])
  }

  @Test("what is of no machine is not judged with what was measured here, but by itself")
  func besides() throws {
    try record(rows(commits))
    try project.record(milliseconds: 10, "--commit", commits[1])
    try project.record(milliseconds: 10)
    let gate = try project.run("perf-gate")
    #expect(gate.status == 0, "\(gate.err)")
    try expectGolden(gate)
  }

  @Test("and a file of several commits is not one side of a comparison")
  func side() throws {
    try record(rows(commits), "--output", "history.json")
    let gate = try project.run("perf-diff", "history.json", "history.json")
    #expect(gate.status == 2)
    try expectGolden(gate)
  }

  @Test("found by the beginning of its id, and by no branch that is called like one")
  func short() throws {
    try repository.git("branch", "abcdef1")
    let result = try record(rows([String(commits[0].prefix(7)), "abcdef1", "HEAD", "main"]))
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result, naming: ["first": commits[0]])
  }

  @Test("or is refused where no commit is here, with a way to get them")
  func foreign() throws {
    let text = rows([String(repeating: "a", count: 40), "\u{1b}[31mred"])
    let result = try record(text)
    #expect(result.status == 5)
    let clone = Project(
      try TemporaryRepository(cloning: "file://\(repository.path)", "--depth", "1"))
    try clone.repository.directory.write("search.csv", rows(Array(commits.prefix(2))))
    let shallow = try clone.run("perf-record", "--import", "search.csv", "--history")
    #expect(shallow.status == 5)
    try expectGolden(result, shallow)
  }

  @Test("or is written to a file, with the commits it is of")
  func output() throws {
    let result = try record(rows(commits), "--output", "history.json")
    #expect(result.out == "3 results written to history.json\n", "\(result.err)")
    let stored = try project.run("perf-record", "--import", "history.json")
    #expect(stored.status == 0, "\(stored.err)")
    #expect(try note(commits[1]).count == 1)
  }

  @Test("can be compared, and says that no machine is known")
  func compared() throws {
    try record(rows(commits))
    let result = try project.run("perf-diff", commits[0], commits[2])
    #expect(result.status == 0, "\(result.err)")
    try expectGolden(result)
  }

  @Test("goes with files of many commits, and with nothing that says which commit it is")
  func usage() throws {
    try repository.directory.write("bench.txt", "BenchmarkA 1 1 ns/op\n")
    let mistakes = [
      ["--history"], ["--history", "--import", "x", "--commit", "HEAD"],
      ["--history", "--import", "x", "--session", "s"], ["--import", "bench.txt", "--history"],
    ]
    try expectGolden(mistakes.map { try project.run("perf-record", $0) })
  }
}
