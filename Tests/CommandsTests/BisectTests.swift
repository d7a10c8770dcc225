import Foundation
import TestSupport
import Testing

@Suite("perf-bisect finds the commit that made a program slower", .serialized)
struct BisectTests {
  let bisected: BisectProject
  var repository: TemporaryRepository { bisected.repository }

  init() throws { bisected = try BisectProject() }

  private func runs(of commit: String) throws -> [[String: Any]] {
    try repository.note(commit).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("among twelve, of which one does not build; what was measured is stored as parts")
  func found() throws {
    let commits = try bisected.history(slow: 8, broken: [6])
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(commits[8])\n"), "\(result.out)")
    #expect(result.out.contains("is the first commit where wall_time of 'Count' is slower"))
    #expect(result.out.contains("+30."), "\(result.out)")
    #expect(result.out.contains("launches: regression"))
    #expect(result.err.contains("\nperf-bisect: found \(commits[8].prefix(10))\n"))
    #expect(try bisected.isTidy)
    for commit in [commits[0], commits[7], commits[8], commits[11]] {
      let run = try #require(try runs(of: commit).first)
      #expect(run["part"] as? String == "perf-bisect")
      #expect((run["series"] as? [Any])?.count == 2)
    }
    let log = try bisected.run("--log")
    #expect(log.status == 0)
    #expect(log.out.contains(result.out))
    // What has ended can be begun again, and cannot go on.
    #expect(try bisected.run("--resume").status == 2)
    #expect(try bisected.run("HEAD~4", "HEAD~3").status == 0)
  }

  @Test("what was reverted and came back is found where it came back")
  func relanded() throws {
    var commits: [String] = []
    // The same content again: the file that makes each commit another one is the same, too.
    for (message, factor) in [("0", "1"), ("1", "13 / 10.0"), ("0", "1"), ("1", "13 / 10.0")] {
      commits.append(try bisected.commit(message, a: factor))
    }
    commits.append(try bisected.commit("2"))
    let result = try bisected.run(commits[0], "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(commits[3])\n"), "\(result.out)")
    // Both ends have one content.
    #expect(try bisected.run("reset").status == 0)
    let same = try bisected.run(commits[0], commits[2])
    #expect(same.status == 3 && same.out.hasPrefix("nothing that is measured differs"))
    // The culprit and the commit before it have contents that were there before.
    #expect(try bisected.run("reset").status == 0)
    let again = try bisected.run(commits[0], commits[3])
    #expect(again.status == 0 && again.out.hasPrefix("\(commits[3])\n"), "\(again.out)")
  }

  @Test("contents that come back by turns name no commit that changes nothing")
  func byTurns() throws {
    let kinds = [("0", "1"), ("1", "1"), ("2", "13 / 10.0"), ("1", "1"), ("2", "13 / 10.0")]
    var commits = try kinds.map { try bisected.commit($0, a: $1) }
    for number in 5...7 { commits.append(try bisected.commit("\(number)")) }
    let result = try bisected.run(commits[0], "HEAD")
    let named = commits.firstIndex { result.out.hasPrefix("\($0)\n") }
    #expect(result.status == 6 || named == 2 || named == 4, "\(result.status)\(result.out)")
    #expect([0, 6].contains(result.status), "\(result.err)")
  }

  @Test("a time limit that ends a build is no end that cannot be measured")
  func shortLimit() throws {
    _ = try bisected.history(3, slow: 2, build: { _ in "sleep 30" })
    let result = try bisected.run("good", "HEAD", "--time-limit", "1s")
    #expect(result.status == 6 && result.out.hasPrefix("time was up"), "\(result.out)\(result.err)")
    #expect(try bisected.isTidy)
  }

  @Test("a range of one is its commit, if the change is there")
  func single() throws {
    let commits = try bisected.history(2, slow: 1)
    let result = try bisected.run("HEAD~1", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(commits[1])\n"))
    #expect(result.out.contains("of 1 after the good one"))
  }

  @Test("commits without builds around it are not guilty: the range is told, with status 6")
  func skippedNeighbour() throws {
    let commits = try bisected.history(8, slow: 4, broken: [4])
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 6, "\(result.out)\(result.err)")
    #expect(
      result.out.hasPrefix("one of these 2 commits is the first where"), "\(result.out)")
    #expect(result.out.contains("    \(commits[4].prefix(10)) version 4\n"))
    #expect(result.out.contains("    \(commits[5].prefix(10)) version 5\n"))
    #expect(result.err.contains("warning: skipped \(commits[4].prefix(10)): `prepare` failed"))
    #expect(result.err.contains("  | no compiler here"))
    #expect(try bisected.isTidy)
  }

  @Test("where nothing between the ends builds, or an end does not, the status is 4")
  func unbuildable() throws {
    _ = try bisected.history(5, slow: 3, broken: [1, 2, 3])
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    #expect(result.err.contains("error: none of the 3 commits between the ends can be measured"))
    let end = try bisected.run("good", "HEAD~1")
    #expect(end.status == 4, "\(end.out)\(end.err)")
    #expect(end.err.contains("an end of the bisection, cannot be measured: `prepare` failed"))
    #expect(try bisected.isTidy)
    #expect(try bisected.run("--resume").status == 2)
  }

  @Test("a change that is not there cannot be seen, with the numbers: status 3")
  func notSeen() throws {
    _ = try bisected.history(4, slow: 9)
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 3, "\(result.out)\(result.err)")
    #expect(
      result.out.hasPrefix("the change from good to HEAD cannot be seen here:\n  wall_time of"))
    #expect(result.out.contains("5 and 5 launches: unchanged\n"), "\(result.out)")
    #expect(result.err.hasSuffix("perf-bisect: the change cannot be seen here\n"))
    // Documentation is not measured, so that these ends cannot differ.
    try repository.commit("words", file: "README.md")
    let same = try bisected.run("HEAD~1", "HEAD")
    #expect(same.status == 3)
    #expect(same.out == "nothing that is measured differs between HEAD~1 and HEAD\n")
  }

  @Test("ends the wrong way round are an error, and --swap finds what made it faster")
  func swapped() throws {
    var commits = try bisected.history(4, slow: 0)
    commits += try (4..<8).map { try bisected.commit("version \($0)", a: $0 >= 6 ? "1" : "1.3") }
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 2, "\(result.out)\(result.err)")
    #expect(result.err.contains("error: 'good' is worse than 'HEAD': wall_time of 'Count'"))
    #expect(result.err.contains("hint: `perf-bisect --swap` finds the commit that made it better"))
    let found = try bisected.run("--swap", "good", "HEAD")
    #expect(found.status == 0, "\(found.out)\(found.err)")
    #expect(found.out.hasPrefix("\(commits[6])\n"), "\(found.out)")
    #expect(found.out.contains("is faster"))
    #expect(found.out.contains("launches: improvement"))
    let reversed = try bisected.run("HEAD", "good")
    #expect(reversed.status == 2)
    #expect(reversed.err.contains("'HEAD' comes after 'good'"))
  }

  @Test("a good end that is no ancestor is an error, with the commit where they part")
  func unrelated() throws {
    _ = try bisected.history(3, slow: 2)
    let base = try repository.git("rev-parse", "--short=10", "HEAD~1")
    try repository.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    try bisected.commit("elsewhere")
    let result = try bisected.run("other", "main")
    #expect(result.status == 2)
    #expect(result.err.contains("error: 'other' is no ancestor of 'main'"), "\(result.err)")
    #expect(result.err.contains("hint: they part at \(base)"))
  }

  @Test("what was asked for and is not there is named")
  func unknown() throws {
    _ = try bisected.history(3, slow: 2)
    let benchmark = try bisected.run("--benchmark", "Coumt", "good", "HEAD")
    #expect(benchmark.status == 2, "\(benchmark.err)")
    #expect(
      benchmark.err.contains("error: no benchmark is like 'Coumt'\nhint: did you mean 'Count'?"))
    #expect(try bisected.run("--metric", "instrs", "good", "HEAD").status == 2)
    #expect(try bisected.run("good").status == 2)
    #expect(try bisected.run("--resume", "--swap").status == 2)
    #expect(try bisected.run("--log").status == 0)
    #expect(try bisected.run("reset").status == 0)
    #expect(try bisected.run("--log").status == 2)
  }

  @Test("a typed command is measured by its time, and prepared as asked")
  func typed() throws {
    let commits = try bisected.history(3, slow: 9)
    try repository.directory.write("a.h", "#define A 200000L\n")
    let slow = try repository.commit("slow", file: "change.txt", text: "slow")
    let result = try bisected.run(
      "--prepare", "./build", "--metric", "wall_time", "--confidence", "90%", "good", "HEAD", "--",
      "./prog")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(slow)\n"), "\(result.out)")
    #expect(result.out.contains("wall_time of 'prog' is slower"))
    #expect(commits.count == 3)
  }

  @Test("recorded numbers say where to look first")
  func stored() throws {
    let commits = try bisected.history(12, slow: 4)
    for (commit, time) in [(commits[6], 10_000), (commits[8], 13_000)] {
      let line = "BenchmarkCount 1 \(time) ns/op\n"
      try bisected.project.run(
        "perf-record", "--import", "-", "--format", "go", "--commit", commit,
        input: String(repeating: line, count: 5))
    }
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    // They are wrong, and that is found out.
    #expect(result.err.contains("[▁▁▁▁▁▁██▁▁▁] 20 %"), "\(result.err)")
    #expect(result.out.hasPrefix("\(commits[4])\n"), "\(result.out)")
  }

  @Test("outcomes go through the same loop")
  func outcomes() throws {
    let bisected = try BisectProject(
      configuration: "[suite \"default\"]\ncommand = task: ./task\noutcome = exit\n")
    let commits = try (0..<8).map { number in
      try bisected.repository.directory.writeExecutable(
        "task", "#!/bin/sh\nexit \(number >= 5 ? 1 : 0)\n")
      return try bisected.commit("version \(number)")
    }
    let result = try bisected.run("--metric", "success", commits[0], "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(commits[5])\n"), "\(result.out)")
  }
}
