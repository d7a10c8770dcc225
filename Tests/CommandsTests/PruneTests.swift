import Foundation
import Measurements
import TestSupport
import Testing

@Suite("perf-sync prune makes the notes smaller, here and everywhere")
struct PruneTests {
  /// Bare.
  let hub: ScratchDirectory
  let one: Project

  init() throws {
    hub = try ScratchDirectory.bareRepository()
    one = try Project.pushed(to: hub)
  }

  private func clone(_ options: String...) throws -> Project {
    try Project.clone(of: hub, options)
  }

  /// Stores a run of HEAD that is some days old.
  private func record(
    _ project: Project, daysAgo days: Double, _ samples: [Double] = [1, 2, 3], exact: Bool = false,
    isOutcome: Bool = false
  ) throws {
    let time = ISO8601DateFormatter().string(from: Date.now.addingTimeInterval(-days * 86_400))
    let run = Run(
      commit: try project.repository.git("rev-parse", "HEAD"),
      tree: try project.repository.git("rev-parse", "HEAD^{tree}"), recordedAt: Timestamp(time),
      session: nil, tool: "test", environment: nil,
      series: [
        Series(
          benchmark: Benchmark(name: "parse"),
          metric: isOutcome
            ? Metric("solved", .one, better: .higher, isOutcome: true)
            : Metric("allocations", .one, better: .lower, exact: exact),
          rounds: try samples.map { try Round([$0]) }, source: "test")
      ])
    try project.repository.directory.write(
      ".git/run.json", String(decoding: run.json.line, as: UTF8.self))
    let result = try project.run("perf-record", "--quiet", "--import", ".git/run.json")
    try #require(result.status == 0, "\(result.err)")
  }

  @Test("a dry run lists what would go, and changes nothing")
  func dryRun() throws {
    for days in [1.0, 100, 101] { try record(one, daysAgo: days) }
    let before = try one.repository.git("rev-parse", "refs/notes/perf")
    let dry = try one.run("perf-sync", "prune", "--dry-run")
    #expect(dry.status == 0, "\(dry.err)")
    let lines = dry.out.split(separator: "\n")
    #expect(lines.count == 4, "\(dry.out)")
    #expect(lines[0].contains(" default of ") && lines[0].contains(": dropped, newer runs"))
    #expect(
      lines[2]
        == "2 runs would be dropped: newer runs of the same commit have all that was measured")
    #expect(lines[3].hasSuffix("0 kB of notes would be left of 1 kB"), "\(dry.out)")
    #expect(try one.repository.git("rev-parse", "refs/notes/perf") == before)
    let less = try one.run("perf-sync", "prune", "--dry-run", "--keep-days", "101")
    #expect(less.out.hasPrefix("nothing to prune"), "\(less.out)")
  }

  @Test("others follow when they fetch, keep what is new, and bring nothing back")
  func everywhere() throws {
    for days in [1.0, 100, 101] { try record(one, daysAgo: days) }
    try one.run("perf-sync", "push")
    let two = try clone()
    try two.run("perf-sync", "fetch")
    try record(two, daysAgo: 0.5)
    let pruned = try one.run("perf-sync", "prune")
    #expect(pruned.status == 0, "\(pruned.err)")
    try expectGolden(pruned)
    #expect(try one.run("perf-sync", "push").out == "origin has all runs\n")
    let status = try two.run("perf-sync", "status")
    #expect(status.out.hasPrefix("only here    1 run"), "\(status.out)")
    let pushed = try two.run("perf-sync", "push")
    #expect(pushed.out == "1 run to origin\n", "\(pushed.err)")
    #expect(try two.repository.runs().count == 2)
    try one.run("perf-sync", "fetch")
    #expect(
      try one.repository.git("rev-parse", "refs/notes/perf")
        == two.repository.git("rev-parse", "refs/notes/perf"))
    // One commit of what was pruned, one of the run that came later.
    #expect(try one.repository.git("rev-list", "--count", "refs/notes/perf") == "2")
    #expect(try one.run("perf-sync", "prune").out.hasPrefix("nothing to prune"))
  }

  @Test("a clone that fetches hears that runs are gone")
  func told() throws {
    for days in [1.0, 100] { try record(one, daysAgo: days) }
    try one.run("perf-sync", "push")
    let two = try clone()
    try two.run("perf-sync", "fetch")
    try one.run("perf-sync", "prune")
    try one.run("perf-sync", "push")
    let fetched = try two.run("perf-sync", "fetch")
    #expect(
      fetched.out == """
        1 run that was pruned elsewhere is gone here, too
        nothing new from origin

        """, "\(fetched.out)\(fetched.err)")
  }

  @Test("what the output says undoes it, until git has taken the old history away")
  func undo() throws {
    for days in [1.0, 100] { try record(one, daysAgo: days) }
    let out = try one.run("perf-sync", "prune").out
    let command = try #require(out.split(separator: "`").first { $0.hasPrefix("git update-ref") })
    try one.repository.git(command.split(separator: " ").dropFirst().map(String.init))
    #expect(try one.repository.runs().count == 2)
  }

  @Test("a remote that lets no history be replaced gets it as a continued one")
  func noReplacing() throws {
    for days in [1.0, 100] { try record(one, daysAgo: days) }
    try one.run("perf-sync", "push")
    try hub.write(
      "hooks/update", "#!/bin/sh\ngit merge-base --is-ancestor $2 $3 || { echo no; exit 1; }\n")
    _ = try Subprocess.run("/bin/chmod", ["+x", "hooks/update"], in: hub.url)
    try one.run("perf-sync", "prune")
    let pushed = try one.run("perf-sync", "push")
    #expect(pushed.status == 0, "\(pushed.err)")
    try expectGolden(pushed)
    let two = try clone()
    try two.run("perf-sync", "fetch")
    #expect(try two.repository.runs().count == 1)
  }

  @Test("a very old run becomes one number for each series, which a gate tells from rounds")
  func summaries() throws {
    try record(one, daysAgo: 400, [3, 1, 2])
    try one.repository.commit("second")
    try record(one, daysAgo: 400, [5, 5, 5], exact: true)
    try one.repository.commit("third")
    try record(one, daysAgo: 399)
    let out = try one.run("perf-sync", "prune").out
    #expect(out.hasPrefix("2 runs summarized: one number is left of each series\n"), "\(out)")
    let texts = try ["HEAD~2", "HEAD~1"].map {
      try one.repository.note($0)
    }
    #expect(texts[0].contains(#""rounds":[[2]],"source":"test","summary":true"#), "\(texts[0])")
    #expect(texts[1].contains(#""rounds":[[5]],"source":"test","unit""#), "\(texts[1])")
    #expect(try one.run("perf-sync", "prune").out.hasPrefix("nothing to prune"))
  }

  @Test("outcomes of a very old run stay, as their median says nothing")
  func outcomes() throws {
    try record(one, daysAgo: 400, [1, 0, 1], isOutcome: true)
    try one.repository.commit("second")
    try record(one, daysAgo: 399)
    #expect(try one.run("perf-sync", "prune").out.hasPrefix("nothing to prune"))
    let line = try one.repository.note("HEAD~1")
    #expect(line.contains(#""outcome":true,"rounds":[[1],[0],[1]]"#), "\(line)")
  }

  @Test("a clone without all branches and tags cannot tell what is gone, nor can a shallow one")
  func parts() throws {
    try record(one, daysAgo: 100)
    let git = one.repository
    try git.commit("second")
    try git.git("checkout", "--quiet", "-b", "topic")
    try git.commit("topic")
    try git.git("tag", "v1")
    try git.git("checkout", "--quiet", "main")
    try git.git("push", "--quiet", "origin", "main", "topic", "v1")
    try one.run("perf-sync", "push")
    let shallow = try clone("--depth", "1")
    let single = try clone("--no-tags")
    for (project, word) in [
      (shallow, "shallow"), (single, "'refs/heads/topic' and 1 more of 'origin' is not"),
    ] {
      try project.run("perf-sync", "fetch")
      for arguments in [["prune"], ["prune", "--dry-run"]] {
        let result = try project.run("perf-sync", arguments)
        #expect(result.status == 5)
        #expect(result.err.contains(word) && result.err.contains("hint: "), "\(result.err)")
      }
    }
    try single.repository.git(
      "fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*",
      "+refs/tags/*:refs/tags/*")
    #expect(try single.run("perf-sync", "prune", "--dry-run").status == 0)
    try single.repository.git("remote", "set-url", "origin", "/nowhere")
    let lost = try single.run("perf-sync", "prune")
    #expect(lost.status == 5)
    #expect(lost.err.contains("cannot ask 'origin' for its branches"), "\(lost.err)")
  }

  @Test("a damaged branch is an error, and not a branch that is gone")
  func damaged() throws {
    try record(one, daysAgo: 100)
    for text in ["", "junk\n", String(repeating: "1", count: 40) + "\n"] {
      try one.repository.directory.write(".git/refs/heads/damaged", text)
      let result = try one.run("perf-sync", "prune")
      #expect(result.status == 5, "\(result.out)")
      #expect(result.err.contains("hint: "), "\(result.err)")
    }
  }

  @Test("what was recorded since cannot be undone with it")
  func undoneLate() throws {
    for days in [1.0, 100] { try record(one, daysAgo: days) }
    let out = try one.run("perf-sync", "prune").out
    try record(one, daysAgo: 0)
    let command = try #require(out.split(separator: "`").first { $0.hasPrefix("git update-ref") })
    #expect(throws: GitFailure.self) {
      try one.repository.git(command.split(separator: " ").dropFirst().map(String.init))
    }
    #expect(try one.repository.runs().count == 2)
  }

  @Test("a run that was pruned and is imported again is told to go again")
  func again() throws {
    for days in [1.0, 100] { try record(one, daysAgo: days) }
    let file = try one.repository.directory.read(".git/run.json")
    try one.run("perf-sync", "prune")
    try one.repository.directory.write(".git/run.json", file)
    let told = try one.run("perf-record", "--import", ".git/run.json")
    #expect(told.status == 0)
    try expectGolden(told)
  }

  @Test("an anchor that is not here is an error, for its runs are to stay")
  func anchor() throws {
    try record(one, daysAgo: 100)
    try one.repository.git("config", "perf.gate.anchor", "good")
    let lost = try one.run("perf-sync", "prune")
    #expect(lost.status == 2)
    try expectGolden(lost)
    try one.repository.git("branch", "good")
    try record(one, daysAgo: 101)
    #expect(try one.run("perf-sync", "prune").out.hasPrefix("nothing to prune"))
  }

  @Test("days that make no sense are mistakes")
  func mistakes() throws {
    let mistakes = [
      ["prune", "--keep-days", "-1"], ["prune", "--keep-days", "400"], ["fetch", "--dry-run"],
      ["prune", "a", "b"],
    ]
    try expectGolden(mistakes.map { try one.run("perf-sync", $0) })
  }

  @Test("the configuration says how long, too")
  func configured() throws {
    for days in [1.0, 20] { try record(one, daysAgo: days) }
    try one.repository.directory.write(".perfconfig", "[prune]\n\tkeepDays = 10\n")
    #expect(try one.run("perf-sync", "prune").out.hasPrefix("1 run dropped"))
  }
}
