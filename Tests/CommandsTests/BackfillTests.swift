import Foundation
import TestSupport
import Testing

@Suite("perf-record --backfill measures commits that have no numbers", .serialized)
struct BackfillTests {
  let backfill: BackfillProject
  var project: Project { backfill.project }
  var repository: TemporaryRepository { project.repository }

  init() throws { backfill = try BackfillProject() }

  @Test("from coarse to fine, in groups whose launches take turns, each group a session")
  func all() throws {
    try repository.directory.write("file.txt", "not committed")
    let result = try backfill.record("HEAD", "--seed", "1")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("warning: uncommitted changes are not measured"))
    #expect(result.out.hasSuffix("8 commits measured, in 2 sessions\n"), "\(result.out)")
    let launches = backfill.launches
    let groups = [["8", "1", "5", "3"], ["7", "6", "4", "2"]]
    #expect(launches.count == 16)
    for (start, group) in zip(stride(from: 0, to: 16, by: 4), groups.flatMap { [$0, $0] }) {
      #expect(Set(launches[start..<start + 4]) == Set(group))
    }
    var sessions: [String] = []
    for group in groups {
      let runs = try group.flatMap { try backfill.runs("v\($0)") }
      #expect(runs.count == 4)
      #expect(Set(runs.map { $0["session"] as? String }).count == 1)
      #expect(runs.allSatisfy { $0["order"] as? String == "drawn" && $0["part"] == nil })
      sessions += runs.prefix(1).compactMap { $0["session"] as? String }
    }
    #expect(Set(sessions).count == 2)
    let tree = try repository.git("rev-parse", "v3^{tree}")
    #expect(try repository.note(tree) == repository.note("v3"))
    #expect(try repository.directory.read("file.txt") == "not committed")
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/program"))
    #expect(try backfill.isTidy)
  }

  @Test("the gate compares the newest with the one before it, in the same session or not")
  func gate() throws {
    let before = try repository.git("rev-parse", "v7")
    func gate() throws -> Subprocess {
      try project.run("perf-gate", "--threshold", "99%", "--report", "json")
    }
    // The newest and the oldest, in one session: the oldest is the nearest with numbers.
    #expect(try backfill.record("HEAD", "--every", "7").status == 0)
    let far = try gate()
    #expect(far.out.contains(#""rule": "session""#), "\(far.out)")
    // Between them, in other sessions.
    #expect(try backfill.record("HEAD").status == 0)
    let near = try gate()
    #expect(near.out.contains(#""commit": "\#(before)""#), "\(near.out)")
    #expect(near.out.contains(#""rule": "first-parent""#), "\(near.out)")
    let trend = try project.run("perf-log", "trend", "it", "--metric", "wall_time")
    #expect(trend.status == 0)
    for version in 1...8 { #expect(trend.out.contains("version \(version)"), "\(trend.out)") }
  }

  @Test("the same command does the rest, and nothing that has numbers is measured again")
  func resumed() throws {
    let first = try backfill.record("HEAD", "--time-limit", "1ms")
    #expect(first.status == 0, "\(first.err)")
    #expect(first.out.hasSuffix("4 of 8 commits are left: run it again\n"), "\(first.out)")
    #expect(try backfill.measured == [1, 3, 5, 8])
    let second = try backfill.record("HEAD")
    #expect(second.status == 0, "\(second.err)")
    #expect(second.err.contains("4 of 8 commits have numbers already"), "\(second.err)")
    #expect(backfill.launches.count == 16)
    let third = try backfill.record("HEAD")
    #expect(third.status == 0)
    #expect(third.out == "8 commits of 'HEAD' measured already: nothing is left\n")
    #expect(backfill.launches.count == 16)
  }

  @Test("with --changes only the commits are measured in which a change of level lies")
  func changes() throws {
    for version in 9...11 { try backfill.commit(version) }
    for version in [1, 2, 3, 4, 8, 9, 10, 11] {
      let milliseconds = (version < 6 ? 100 : 130) + Double(version) / 10
      let result = try project.run(
        "perf-record", ["--quiet", "--import", "-", "--commit", "v\(version)"],
        input: Project.hyperfine(["parse": Project.times(milliseconds, 5)]))
      #expect(result.status == 0, "\(result.err)")
    }
    let result = try backfill.record("HEAD", "--changes")
    #expect(result.status == 0, "\(result.err)")
    #expect(Set(backfill.launches) == ["5", "6", "7"], "\(result.out)")
    let again = try backfill.record("HEAD", "--changes")
    #expect(again.status == 0)
    #expect(again.out == "no change of 'HEAD' lies in a gap: nothing is to be measured\n")
    let both = try backfill.record("HEAD", "--changes", "--every", "2")
    #expect(both.status == 2, "\(both.err)")
  }

  @Test("none of five is measured alone")
  func five() throws {
    let result = try backfill.record("v4..")
    #expect(result.out.hasSuffix("5 commits measured, in 2 sessions\n"), "\(result.out)")
    let sessions = try (4...8).flatMap { try backfill.runs("v\($0)") }
      .compactMap { $0["session"] as? String }
    #expect(Dictionary(grouping: sessions) { $0 }.values.map(\.count).sorted() == [2, 3])
  }

  @Test("what this machine, this suite or this command has no numbers of is measured")
  func others() throws {
    #expect(try backfill.record("v7..", "--suite", "other").status == 2)
    #expect(try backfill.record("v7..", "--name", "x", "--", "./build.sh").status == 4)
    #expect(try backfill.record("v7..", "--name", "x", "--", "sh", "build.sh").status == 0)
    #expect(try backfill.record("v7..").status == 0)
    #expect(try backfill.runs("v8").count == 2)
    #expect(try backfill.runs("v8").contains { $0["part"] as? String == "--name x" })
    try repository.git("config", "perf.environment.key", "another")
    #expect(try backfill.record("v7..").status == 0)
    #expect(try backfill.runs("v8").count == 3)
    let again = try backfill.record("v7..", "--name", "x", "--", "sh", "build.sh")
    #expect(again.out.contains("2 commits measured"), "\(again.out)")
    let known = try backfill.record("v7..", "--name", "x", "--", "sh", "build.sh")
    #expect(known.out.contains("nothing is left"), "\(known.out)")
    let metric = try backfill.record("v7..", "--metric", "page_faults")
    #expect(metric.out.contains("2 commits measured"), "\(metric.out)")
    let both = try backfill.record("v7..", "--metric", "page_faults")
    #expect(both.out.contains("nothing is left"), "\(both.out)")
  }

  @Test("a harness that is typed is known by its command")
  func harness() throws {
    func harness(_ name: String) throws -> Subprocess {
      try backfill.record(
        "v7..", "--format", "go", "--rounds", "1", "--", "echo", "Benchmark\(name)", "1", "5 ns/op")
    }
    for name in ["A", "B"] {
      let result = try harness(name)
      #expect(result.status == 0, "\(result.err)")
      #expect(result.out.contains("2 commits measured"), "\(result.out)")
    }
    #expect(try harness("A").out.contains("nothing is left"))
    #expect(try backfill.runs("v8").count == 2)
  }

  @Test("--every counts from the newest, and the oldest always counts")
  func every() throws {
    #expect(try backfill.record("HEAD", "--every", "3").status == 0)
    #expect(try backfill.measured == [1, 2, 5, 8])
    #expect(try backfill.record("v3..v6", "--every", "100").status == 0)
    #expect(try backfill.measured == [1, 2, 3, 5, 6, 8])
  }

  @Test("commits of the same content are measured once")
  func sameContent() throws {
    try repository.git("revert", "--no-edit", "HEAD")
    try repository.git("commit", "--quiet", "--allow-empty", "--message", "nothing")
    let result = try backfill.record("v7..")
    #expect(result.status == 0, "\(result.err)")
    // v8, and one of the three with the content of v7.
    #expect(backfill.launches.count == 4)
    #expect(try backfill.record("v7..").out.contains("4 commits of 'v7..' measured already"))
  }

  @Test("one that does not build is told with its last words, and the others go on")
  func broken() throws {
    try backfill.rewrite(from: 3, build: [3: "echo cannot compile; exit 1\n", 8: "exit 7\n"])
    let names = try ["v3", "v8"].map { try repository.git("rev-parse", "--short=10", $0) }
    let result = try backfill.record("v2..", "--quiet")
    #expect(result.status == 4)
    try expectGolden(result, naming: ["broken": names[0], "newest": names[1]])
    #expect(try backfill.measured == [2, 4, 5, 6, 7])
    #expect(try backfill.isTidy)
    #expect(backfill.launches.count == 10)
    // What did not build is tried again, but after what may build.
    let again = try backfill.record("HEAD", "--time-limit", "1ms")
    #expect(again.status == 4)
    #expect(again.out.contains("1 commit measured"), "\(again.out)")
    #expect(try backfill.measured == [1, 2, 4, 5, 6, 7])
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = it: sh source\nrounds = 2\nwarmup = 0\n")
    #expect(try backfill.record("HEAD").status == 0)
    #expect(try backfill.measured == Array(1...8))
    #expect(try repository.directory.read(".git/perf/unmeasurable") == "")
  }

  @Test("what did not build does not use up the time again and again")
  func brokenLast() throws {
    try backfill.rewrite(
      from: 2, build: Dictionary(uniqueKeysWithValues: (2...6).map { ($0, "exit 1\n") }))
    var left: [[Int]] = []
    for _ in 0..<3 {
      #expect(try backfill.record("HEAD", "--time-limit", "1ms").status == 4)
      left.append(try backfill.measured)
    }
    #expect(left == [[1, 8], [1, 7, 8], [1, 7, 8]])
  }

  @Test("a benchmark that fails is left out, and fails no gate")
  func failing() throws {
    let backfill = try BackfillProject(
      settings: "command = other: ./program x\nrounds = 2\nwarmup = 0\n")
    try backfill.rewrite(
      from: 4, program: [5: "test $# = 0 || { echo no such option >&2; exit 3; }", 6: "exit 5"])
    let result = try backfill.record("v3..")
    #expect(result.status == 4)
    #expect(result.err.contains("no such option"), "\(result.err)")
    #expect(result.err.contains("error: 2 commits of 6 could not be measured"), "\(result.err)")
    #expect(try backfill.measured == [3, 4, 5, 7, 8])
    let run = try #require(try backfill.runs("v5").first)
    #expect(run["failures"] == nil && run["part"] as? String == "--backfill, without what failed")
    let series = try #require(run["series"] as? [[String: Any]])
    #expect(Set(series.map { $0["benchmark"] as? String }) == ["it"])
    #expect(series.allSatisfy { ($0["rounds"] as? [Any])?.count == 2 })
    // Of those, only the one that has no number at all is tried again.
    let count = backfill.launches.count
    #expect(try backfill.record("v3..").status == 4)
    #expect(Set(backfill.launches.dropFirst(count)) == ["6"])
    let gate = try backfill.project.run("perf-gate", "--threshold", "99%")
    #expect(gate.status == 0, "\(gate.out)\(gate.err)")
  }

  @Test("kept folders have less to build, and stay")
  func keepBuilds() throws {
    #expect(try backfill.record("v5..", "--keep-builds").status == 0)
    #expect(try repository.git("worktree", "list").contains(".git/perf/builds/commit-4"))
    #expect(try backfill.record("HEAD", "--keep-builds").status == 0)
    #expect(try backfill.measured == Array(1...8))
    #expect(try repository.git("worktree", "list").split(separator: "\n").count == 5)
  }

  @Test("--push brings the runs to the remote")
  func push() throws {
    let hub = try ScratchDirectory.bareRepository()
    try repository.git("remote", "add", "origin", hub.path)
    let result = try backfill.record("v6..", "--push")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("3 runs pushed to origin"), "\(result.out)")
  }

  @Test("in a bare repository a typed command works")
  func bare() throws {
    let bare = Project(try TemporaryRepository(cloning: repository.path, "--bare"))
    try bare.repository.git("config", "perf.measure.unfit", "ignore")
    let result = try bare.run(
      "perf-record", "--backfill", "v7..main", "--rounds", "1", "--", "sh", "build.sh")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("2 commits measured, in 1 session"), "\(result.out)")
  }

  @Test(
    "ended in the middle, it keeps what is stored, leaves nothing else, and can go on",
    arguments: [SIGINT, SIGTERM, SIGKILL])
  func ended(by number: Int32) throws {
    let path = "\(repository.path)/.git"
    try backfill.rewrite(
      from: 3,
      program: [6: "test -e '\(path)/awake' || { sleep 1000 & echo $! >'\(path)/child'; wait; }"])
    try project.interruptRecording(
      ["--backfill", "HEAD"], with: number, temporary: backfill.temporary)
    #expect(try backfill.measured == [1, 3, 5, 8])
    try repository.directory.write(".git/awake", "")
    #expect(try backfill.record("HEAD").status == 0)
    #expect(try backfill.measured == Array(1...8))
  }
}

extension BackfillTests {
  @Test("a merged branch is passed over, and a range that begins on it begins where it was merged")
  func merged() throws {
    try repository.git("checkout", "--quiet", "-b", "side", "v6")
    try repository.commit("on the side", file: "side.txt")
    try repository.git("checkout", "--quiet", "main")
    try repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "side")
    #expect(try backfill.record("side..").status == 0)
    #expect(try backfill.measured == [6, 7, 8])
    #expect(try backfill.runs("side").isEmpty)
    #expect(try backfill.runs("HEAD").count == 1)
  }

  @Test("a shallow clone says how to deepen it")
  func shallow() throws {
    let hub = try ScratchDirectory.bareRepository()
    try repository.git("push", "--quiet", hub.path, "main")
    let clone = try Project.clone(of: hub, ["--depth=3"])
    let end = try repository.git("rev-parse", "--short=10", "v5")
    for range in ["HEAD", "FETCH_HEAD"] {
      let result = try clone.run("perf-record", "--backfill", range)
      #expect(result.status == 5)
      #expect(result.err.contains("is shallow and ends at \(end), before '\(range)' does"))
      #expect(result.err.contains("`git fetch --unshallow`"))
    }
    let within = try clone.run("perf-record", "--backfill", "HEAD~2..HEAD")
    #expect(within.status == 0, "\(within.err)")
  }

  @Test("what cannot be done is a usage error, before anything is launched")
  func misuse() throws {
    try repository.directory.write(
      ".perfconfig",
      try repository.directory.read(".perfconfig")
        + "[suite \"tasks\"]\ncommand = it: ./program\noutcome = exit\n")
    try repository.git("branch", "release", "v5")
    try repository.git("checkout", "--quiet", "release")
    try repository.git("commit", "--quiet", "--allow-empty", "--message", "released")
    try repository.git("checkout", "--quiet", "main")
    let mistakes = [
      ["HEAD..HEAD"], ["v8..v3"], ["nosuch"], ["nosuch.."], ["release.."],
      ["HEAD", "--suite", "tasks"],
      ["HEAD", "--paired", "main"], ["HEAD", "--import", "x"], ["HEAD", "--output", "x"],
      ["HEAD", "--commit", "HEAD"], ["HEAD", "--session", "x"], ["HEAD", "--baseline", "x"],
      ["HEAD", "--compare", "a: true", "b: true"], ["HEAD", "--parallel", "2"],
      ["HEAD", "--", "\(repository.path)/program"],
    ]
    let others = [
      ["--every", "2"], ["--time-limit", "1h"], ["--backfill", "HEAD", "--every", "0"],
    ]
    let fork = try repository.git("rev-parse", "--short=10", "v5")
    try expectGolden(
      try mistakes.map { try project.run("perf-record", ["--backfill"] + $0) }
        + others.map { try project.run("perf-record", $0) },
      naming: ["fork": fork, "path": repository.path])
    #expect(backfill.launches.isEmpty)
  }
}
