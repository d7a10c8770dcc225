import Foundation
import TestSupport
import Testing

@Suite("perf-record --spool leaves numbers for the next one who stores")
struct SpoolTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }
  private var spool: String { "\(repository.path)/.git/perf/spool" }

  init() throws { project = try Project() }

  @discardableResult
  private func spool(
    _ milliseconds: Double, _ options: String..., name: String = "parse"
  ) throws -> Subprocess {
    let result = try project.run(
      "perf-record", ["--spool", "--import", "-"] + options,
      input: Project.hyperfine([name: Project.times(milliseconds)]))
    #expect(result.status == 0 && result.out == "", "\(result.err)")
    return result
  }

  /// A recording that stores whatever is spooled, besides its own run.
  @discardableResult
  private func store() throws -> Subprocess {
    let result = try project.run(
      "perf-record", "--name", "own", "--rounds", "1", "--warmup", "0", "--", "true")
    #expect(result.status == 0, "\(result.err)")
    return result
  }

  /// The lines of a commit's note, as JSON, without those of ``store()``.
  private func runs(_ revision: String = "HEAD") throws -> [[String: Any]] {
    let note = try? repository.git("notes", "--ref=perf", "show", revision)
    return try (note ?? "").split(separator: "\n").compactMap { line in
      let run = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (run?["part"] as? String) == "--name own" ? nil : run
    }
  }

  private func files() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: spool + ".d")) ?? []
    return names.filter { $0 != "lock" }.sorted()
  }

  private func contents(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  @Test("a line each, of the commit that was HEAD then; storing them is one step, by any program")
  func stored() throws {
    try repository.git("config", "perf.environment.labels", "runner=x")
    try spool(10)
    try spool(20, "--session", "s", "--suite", "other")
    let first = try repository.git("rev-parse", "HEAD")
    try repository.commit("second")
    try spool(30)
    #expect(try contents(spool).split(separator: "\n").count == 3)
    #expect(try runs(first).isEmpty)
    let result = try store()
    #expect(result.err.contains("from the spool: 3 runs on 2 commits\n"), "\(result.err)")
    #expect(!FileManager.default.fileExists(atPath: spool))
    #expect(files().isEmpty)
    let old = try runs(first)
    #expect(old.count == 2)
    #expect(Set(old.compactMap { $0["suite"] as? String }) == ["default", "other"])
    let tree = try repository.git("rev-parse", "\(first)^{tree}")
    for run in try old + runs() {
      #expect(run["spool"] == nil)
      let environment = run["environment"] as? [String: Any]
      #expect(environment?["labels"] as? [String: String] == ["runner": "x"])
      #expect(run["imported"] != nil && run["recordedAt"] != nil && run["session"] != nil)
    }
    #expect(old.allSatisfy { $0["tree"] as? String == tree })
    // The same machine's own import has the same key.
    try project.record(milliseconds: 11)
    let keys = try runs().map { ($0["environment"] as? [String: Any])?["key"] as? String }
    #expect(Set(keys).count == 1)
    #expect(try !store().err.contains("spool"))
  }

  @Test("the gate judges what is spooled, and a push brings it")
  func readers() throws {
    try project.record(milliseconds: 10)
    try project.leaveMain()
    try spool(20)
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1, "\(gate.out)\(gate.err)")
    #expect(gate.err.contains("from the spool: 1 run on 1 commit"), "\(gate.err)")
    let hub = try ScratchDirectory.bareRepository()
    try repository.git("remote", "add", "origin", "file://\(hub.path)")
    try spool(21)
    let push = try project.run("perf-sync", "push")
    #expect(push.out == "3 runs to origin\n", "\(push.out)\(push.err)")
    try spool(22)
    let zero = String(repeating: "0", count: 40)
    let head = try repository.git("rev-parse", "HEAD")
    let hook = try project.run(
      "perf-gate", ["--pre-push", "origin", "file://\(hub.path)"],
      input: "refs/heads/topic \(head) refs/heads/topic \(zero)\n")
    #expect(hook.err.contains("from the spool: 1 run on 1 commit"), "\(hook.err)")
    #expect(try runs().count == 3)
  }

  @Test("suite, direction and price are those of the configuration when the line is stored")
  func configuration() throws {
    try repository.directory.write(
      ".perfconfig", "[gate]\nsuite = agents\n[metric \"points\"]\nbetter = higher\n")
    try repository.commit("configure", file: "configured.txt")
    try spool(10)
    try store()
    #expect(try runs().compactMap { $0["suite"] as? String } == ["agents"])
  }

  @Test("fifty writers at once, while somebody stores again and again")
  func crowd() throws {
    try repository.directory.write(".git/in", Project.hyperfine(["parse": Project.times(10)]))
    let script = """
      for i in $(seq 50); do
        sed "s/parse/parse$i/" .git/in | perf-record --spool --import - || echo failed >>.git/failed &
        case $i in *0) perf-record --quiet --name own --rounds 1 --warmup 0 -- true ;; esac
      done
      wait
      """
    let result = try Subprocess.run(
      "/bin/sh", ["-c", script], in: repository.url, environment: project.programs.environment)
    #expect(result.status == 0, "\(result.err)")
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/.git/failed"))
    try store()
    let names = try runs().flatMap { run in
      (run["series"] as? [[String: Any]] ?? []).compactMap { $0["benchmark"] as? String }
    }
    #expect(names.count == 50)
    #expect(Set(names) == Set((1...50).map { "parse\($0)" }))
    #expect(files().isEmpty)
  }

  @Test("a program that was killed at any step loses nothing and stores nothing twice")
  func killed() throws {
    try FileManager.default.createDirectory(
      atPath: spool + ".d", withIntermediateDirectories: true)
    func move(_ old: String, _ new: String) throws {
      try FileManager.default.moveItem(atPath: old, toPath: new)
    }
    // Killed after the spool was renamed.
    try spool(10)
    try move(spool, spool + ".d/taken-1")
    try spool(20)
    try store()
    #expect(try runs().count == 2)
    // Killed after the lines that cannot be stored were kept, or while the runs were written.
    try spool(30)
    try Data("torn".utf8).write(to: URL(filePath: spool + ".d/ready-2.new"))
    try (contents(spool) + "{\"damaged\n").write(
      toFile: spool + ".d/taken-2", atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: spool)
    try "{\"damaged\n".write(toFile: spool + ".d/kept-2", atomically: true, encoding: .utf8)
    try store()
    #expect(try runs().count == 3)
    #expect(files() == ["kept-2"])
    #expect(try contents(spool + ".d/kept-2") == "{\"damaged\n")
    // Killed when the runs were written, and then after they were stored. The configuration has
    // changed since.
    try repository.git("config", "perf.environment.key", "other")
    let line = try #require(
      repository.git("notes", "--ref=perf", "show", "HEAD").split(separator: "\n").first {
        $0.contains("\"imported\"")
      })
    let session = try #require(line.firstMatch(of: /"session":"([0-9a-f]+)"/)?.output.1)
    let ready = line.replacing(session, with: "0123456789abcdef") + "\n"
    try ready.write(toFile: spool + ".d/ready-3", atomically: true, encoding: .utf8)
    try "anything\n".write(toFile: spool + ".d/taken-3", atomically: true, encoding: .utf8)
    for _ in 1...2 {
      try store()
      #expect(try runs().count == 4)
      #expect(files() == ["kept-2"])
      try ready.write(toFile: spool + ".d/ready-3", atomically: true, encoding: .utf8)
    }
  }

  @Test("what cannot be stored stays where it is, with a warning, and the gate goes on")
  func unstorable() throws {
    try project.record(milliseconds: 10)
    try spool(20)
    let line = try contents(spool)
    let folder = "\(repository.path)/.git/refs/notes"
    try FileManager.default.moveItem(atPath: "\(folder)/perf", toPath: "\(folder)/kept")
    try repository.git("symbolic-ref", "refs/notes/perf", "refs/notes/kept")
    let gate = try project.run("perf-gate")
    #expect(gate.err.contains("warning: spooled runs could not be stored"), "\(gate.err)")
    #expect(gate.err.contains("hint: they stay in"), "\(gate.err)")
    try repository.git("symbolic-ref", "--delete", "refs/notes/perf")
    try FileManager.default.moveItem(atPath: "\(folder)/kept", toPath: "\(folder)/perf")
    #expect(try contents(spool) == line)
    try store()
    #expect(try runs().count == 2)
  }

  @Test("damaged lines are told and kept byte for byte, and the others stored")
  func damaged() throws {
    try spool(10)
    let good = try contents(spool)
    var bytes = Data(good.dropLast(30).utf8)
    bytes.append(contentsOf: [10, 0xff, 0xfe, 10])
    bytes.append(Data("\n[1,2]\n{}\n{\"version\":99,\"x\":1}\n".utf8))
    try bytes.write(to: URL(filePath: spool))
    // The last line of a killed writer is torn as well; the next one begins anew.
    let file = try FileHandle(forWritingTo: URL(filePath: spool))
    try file.seekToEnd()
    try file.write(contentsOf: Data(good.dropLast(50).utf8))
    try file.close()
    try spool(20)
    let result = try store()
    #expect(
      result.err.contains("warning: a spooled line was not stored: it is damaged"), "\(result.err)")
    #expect(result.err.contains(", and 5 more lines"), "\(result.err)")
    #expect(try runs().count == 1)
    let kept = try #require(files().first)
    let data = try Data(contentsOf: URL(filePath: spool + ".d/" + kept))
    #expect(data.split(separator: 10).count == 6)
    #expect(data.contains(Data([10, 0xff, 0xfe, 10])) && data.contains(Data("99,\"x\"".utf8)))
    #expect(try !store().err.contains("spool"))
    #expect(files() == [kept])
  }

  @Test("a line of a commit that is gone is kept aside, and stored once the commit is back")
  func unresolvable() throws {
    try spool(10)
    let commit = try repository.git("rev-parse", "HEAD")
    let other = String(repeating: "ab", count: 20)
    try contents(spool).replacing(commit, with: other)
      .write(toFile: spool, atomically: true, encoding: .utf8)
    let result = try store()
    #expect(result.err.contains("commit '\(other)' is not in this repository"), "\(result.err)")
    #expect(try runs().isEmpty)
    let kept = try #require(files().first)
    let path = spool + ".d/" + kept
    try contents(path).replacing(other, with: commit)
      .write(toFile: spool, atomically: true, encoding: .utf8)
    try store()
    #expect(try runs().count == 1)
  }

  @Test("equal events on standard input count, each of them")
  func events() throws {
    let event = #"{"benchmark":"task","metric":"success","unit":"1","better":"higher","value":1}"#
    for _ in 0..<3 {
      let result = try project.run(
        "perf-record", ["--spool", "--import", "-", "--format", "ndjson"], input: event + "\n")
      #expect(result.status == 0, "\(result.err)")
    }
    #expect(try store().err.contains("from the spool: 3 runs on 1 commit"))
    #expect(try runs().count == 3)
  }

  @Test("the same file is one piece of evidence, unless --again is typed")
  func again() throws {
    try repository.directory.write(".git/in", Project.hyperfine(["parse": Project.times(10)]))
    func spool(_ options: String...) throws {
      let result = try project.run("perf-record", ["--spool", "--import", ".git/in"] + options)
      #expect(result.status == 0, "\(result.err)")
    }
    try spool()
    try spool()
    let result = try store()
    #expect(
      result.err.contains("from the spool: 1 run on 1 commit, 1 of the same files already there"),
      "\(result.err)")
    try spool()
    try store()
    #expect(try runs().count == 1)
    try spool("--again")
    try store()
    #expect(try runs().count == 2)
    let direct = try project.run("perf-record", "--import", ".git/in")
    #expect(direct.out.contains("already there"), "\(direct.out)")
  }

  @Test("a file of one's own is stored where git's configuration names it, and not otherwise")
  func elsewhere() throws {
    let folder = try ScratchDirectory()
    let path = "\(folder.path)/spool"
    try spool(10, "--spool=\(path)")
    try store()
    #expect(try runs().isEmpty)
    try repository.git("config", "perf.spool", path)
    try store()
    #expect(try runs().count == 1)
    // The lines of another repository that has the same spool stay there for that one.
    let other = try Project()
    try other.repository.commit("a commit that is nowhere else")
    let result = try other.run(
      "perf-record", ["--spool=\(path)", "--import", "-"],
      input: Project.hyperfine(["p": Project.times(5)]))
    #expect(result.status == 0)
    let line = try folder.read("spool")
    try store()
    #expect(try folder.read("spool") == line)
    try other.repository.git("config", "perf.spool", path)
    let stored = try other.run("perf-gate")
    #expect(stored.err.contains("from the spool: 1 run on 1 commit"), "\(stored.err)")
    try repository.directory.write(".perfconfig", "[perf]\nspool = /etc/passwd\n")
    try repository.commit("configure", file: "configured.txt")
    let refused = try project.run("perf-gate")
    #expect(refused.status == 2)
    #expect(
      refused.err.contains("'perf.spool' in .perfconfig:2 counts in git's configuration only")
        || refused.err.contains("counts in git's configuration only"), "\(refused.err)")
  }

  @Test("what cannot be spooled is refused, and numbers that find no room are printed")
  func refused() throws {
    let cases: [(arguments: [String], message: String)] = [
      (["--spool", "--", "true"], "--spool is for what is imported"),
      (["--spool"], "--spool is for what is imported"),
      (["--spool", "--import", "-", "--commit", "HEAD"], "--spool and --commit exclude"),
      (["--spool", "--import", "-", "--push"], "--spool and --push exclude"),
      (["--spool", "--import", "-", "-o", "x"], "--spool and --output exclude"),
      (["--spool=", "--import", "-"], "it is empty"),
      (["--spool", "x", "--import", "-"], "a file of --spool is typed '--spool=x'"),
    ]
    for (arguments, message) in cases {
      let result = try project.run("perf-record", arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.err.contains(message), "\(result.err)")
    }
    let input = try Project.hyperfine(["parse": Project.times(10)])
    let nowhere = try project.run(
      "perf-record", ["--spool=none/x", "--import", "-"], input: input)
    #expect(nowhere.status == 5)
    #expect(nowhere.err.contains("cannot append to '"), "\(nowhere.err)")
    #expect(nowhere.out.contains("\"parse\""))
    let empty = try TemporaryRepository()
    let unborn = try project.programs.run(
      "perf-record", ["--spool", "--import", "-"], in: empty.url, input: input)
    #expect(unborn.status == 5)
    #expect(unborn.err.contains("HEAD has no commit yet"), "\(unborn.err)")
    let elsewhere = try ScratchDirectory()
    let outside = try project.programs.run(
      "perf-record", ["--spool", "--import", "-"], in: elsewhere.url, input: input)
    #expect(outside.status == 5, "\(outside.err)")
  }

  @Test("a work tree of its own has its own HEAD and the spool of all")
  func workTree() throws {
    let other = "\(repository.path)/.git/other"
    try repository.git("worktree", "add", "--quiet", "-b", "topic", other)
    try repository.commit("second")
    let result = try project.programs.run(
      "perf-record", ["--spool", "--import", "-"], in: URL(filePath: other),
      input: Project.hyperfine(["parse": Project.times(10)]))
    #expect(result.status == 0, "\(result.err)")
    try store()
    #expect(try runs().isEmpty)
    #expect(try runs("topic").count == 1)
  }
}
