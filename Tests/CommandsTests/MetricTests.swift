import Foundation
import System
import TestSupport
import Testing

@Suite("perf-record --metric records more of a launch")
struct MetricTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  struct Recorded {
    let unit: String
    let better: String
    let exact: Bool
    let rounds: [[Double]]
  }

  /// By metric, what the one run on HEAD has, which is taken away.
  private func recorded() throws -> [String: Recorded] {
    let run = try repository.lastRun()
    try repository.git("update-ref", "-d", "refs/notes/perf")
    let series = try #require(run["series"] as? [[String: Any]])
    return try series.reduce(into: [:]) { found, one in
      found[try #require(one["metric"] as? String)] = Recorded(
        unit: try #require(one["unit"] as? String),
        better: one["better"] as? String ?? "lower", exact: one["exact"] as? Bool ?? false,
        rounds: try #require(one["rounds"] as? [[Double]]))
    }
  }

  private static let always: Set = ["wall_time", "user_time", "system_time", "max_rss"]

  @Test("what the kernel counts, where it is asked for and not else")
  func counted() throws {
    #expect(try project.run("perf-record", "--", "true").status == 0)
    #expect(Set(try recorded().keys) == Self.always)
    let result = try project.run(
      "perf-record", "--metric", "page_faults", "--metric=context_switches", "-r", "2", "--", "true"
    )
    #expect(result.status == 0, "\(result.err)")
    let metrics = try recorded()
    #expect(Set(metrics.keys) == Self.always.union(["page_faults", "context_switches"]))
    #expect(metrics["page_faults"]?.rounds.count == 2)
    #expect(metrics["page_faults"]?.unit == "1")
  }

  @Test("a suite has metrics of its own, in whose place those of the command line are")
  func suite() throws {
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = true\nrounds = 1\nmetric = page_faults\n")
    try repository.commit("configure", file: "configured.txt")
    #expect(try project.run("perf-record").status == 0)
    #expect(Set(try recorded().keys) == Self.always.union(["page_faults"]))
    #expect(try project.run("perf-record", "--metric", "context_switches").status == 0)
    #expect(Set(try recorded().keys) == Self.always.union(["context_switches"]))
  }

  @Test("what the program prints, in base units, besides what is always recorded")
  func printed() throws {
    let script = "echo tokens: 42; echo took 1.5 ms; echo took 2 ms; echo 'rate 3 MB/s, score 9'"
    let result = try project.run(
      "perf-record", "-r", "2", "--metric", "tokens=tokens: ([0-9]+)", "--metric",
      "latency[ms]=took ([0-9.]+) ms", "--metric", "speed[MB/s]=rate ([0-9]+)", "--metric",
      "score[1,higher]=score ([0-9]+)", "--metric", "page_faults", "--", "sh", "-c", script)
    #expect(result.status == 0, "\(result.err)")
    let metrics = try recorded()
    #expect(
      Set(metrics.keys)
        == Self.always.union(["page_faults", "tokens", "latency", "speed", "score"]))
    #expect(metrics["tokens"]?.rounds == [[42], [42]])
    #expect(metrics["latency"]?.rounds == [[1_500_000, 2_000_000], [1_500_000, 2_000_000]])
    #expect(metrics["latency"]?.unit == "ns")
    #expect(metrics["speed"]?.rounds == [[3_000_000], [3_000_000]])
    #expect(
      ["tokens", "speed", "score"].map { metrics[$0]?.better } == ["lower", "higher", "higher"])
  }

  @Test("a suite has them too, and one that prints nothing like it fails without the others")
  func printedInSuite() throws {
    try repository.directory.write(
      ".perfconfig",
      #"""
      [suite "default"]
        command = good: echo tokens: 7
        command = bad: echo none
        rounds = 2
        metric = tokens=tokens: ([0-9]+)
      """#)
    try repository.commit("configure", file: "configured.txt")
    let result = try project.run("perf-record")
    #expect(result.status == 4)
    #expect(result.err.contains("printed nothing like 'tokens: ([0-9]+)'"), "\(result.err)")
    #expect(try recorded()["tokens"]?.rounds == [[7], [7]])
  }

  @Test("a single command that prints nothing like it is told at once, and nothing is stored")
  func nothingPrinted() throws {
    let result = try project.run("perf-record", "--metric", "n=n ([0-9]+)", "--", "true")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try repository.git("for-each-ref", "refs/notes") == "")
  }

  private static let hasValgrind = ["/usr/bin", "/bin", "/usr/local/bin"]
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/valgrind") }

  @Test(
    "instructions are counted, children and all, alone and exactly, and leave nothing behind",
    .enabled(if: hasValgrind, "valgrind is not installed (Debian: valgrind)"))
  func instructions() throws {
    let temporary = try ScratchDirectory()
    func count(_ command: String...) throws -> [Double] {
      let result = try project.run(
        "perf-record", ["--metric", "callgrind", "--"] + command,
        environment: ["TMPDIR": temporary.path])
      #expect(result.status == 0, "\(result.err)")
      let metrics = try recorded()
      #expect(Set(metrics.keys) == ["instructions"])
      let instructions = try #require(metrics["instructions"])
      #expect(instructions.exact && instructions.unit == "1")
      #expect(instructions.rounds.count == 3)
      return instructions.rounds.flatMap { $0 }
    }
    let one = try count("seq", "1", "1000")
    #expect(Set(one).count == 1)
    #expect(one[0] > 1000)
    let children = try count("sh", "-c", "seq 1 1000; seq 1 1000")
    #expect(children[0] > 2 * one[0])
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
  }

  @Test("what the processor counts is recorded with the rest, or it is said that it does not")
  func processorCounters() throws {
    let isOffered = Counter.cycles.availability == .available
    let result = try project.run("perf-record", "-r", "2", "--metric", "cycles", "--", "true")
    guard isOffered else {
      #expect(result.status == 4)
      #expect(result.err.contains("error: cannot count cycles"), "\(result.err)")
      #expect(result.err.contains("\nhint: "))
      return
    }
    #expect(result.status == 0, "\(result.err)")
    let metrics = try recorded()
    #expect(Set(metrics.keys) == Self.always.union(["cycles"]))
    #expect(metrics["cycles"]?.rounds.flatMap { $0 }.allSatisfy { $0 > 10_000 } == true)
  }

  @Test(
    "instructions are counted by the processor, and where it does not, by callgrind",
    .enabled(if: hasValgrind, "valgrind is not installed (Debian: valgrind)"))
  func instructionsSomehow() throws {
    let result = try project.run("perf-record", "--metric", "instructions", "--", "true")
    #expect(result.status == 0, "\(result.err)")
    let metrics = try recorded()
    let isOffered = Counter.instructions.availability == .available
    #expect(Set(metrics.keys) == (isOffered ? Self.always : []).union(["instructions"]))
    let instructions = try #require(metrics["instructions"])
    #expect(instructions.exact == !isOffered)
    #expect(instructions.rounds.flatMap { $0 }.allSatisfy { $0 > 10_000 })
  }

  @Test(
    "a launch that failed and is tried again is not counted twice",
    .enabled(if: hasValgrind, "valgrind is not installed (Debian: valgrind)"))
  func retried() throws {
    let script = "mkdir .git/x 2>/dev/null && exit 1; exit 0"
    func count() throws -> [Double] {
      let result = try project.run(
        "perf-record", "--metric", "callgrind", "--retries", "1", "--", "sh", "-c", script)
      #expect(result.status == 0, "\(result.err)")
      return try recorded()["instructions"]?.rounds.flatMap { $0 } ?? []
    }
    let counts = try count()
    #expect(counts.count == 3)
    #expect(Set(counts).count == 1)
  }

  @Test("tokens that a program prints have a cost, where its model has a price")
  func cost() throws {
    try repository.git("config", "perf.price.m.input", "$2")
    let result = try project.run(
      "perf-record", "-r", "2", "--label", "model=m", "--metric",
      "input_tokens=in ([0-9]+)", "--", "echo", "in 500000")
    #expect(result.status == 0, "\(result.err)")
    #expect(try recorded()["cost"]?.rounds == [[1], [1]])
  }

  @Test(
    "a gate that measures counts three times on each side, and finds one instruction in ten more",
    .enabled(if: hasValgrind, "valgrind is not installed (Debian: valgrind)"))
  func measured() throws {
    let loop = "#!/bin/sh\ni=0; while [ $i -lt $1 ]; do i=$((i+1)); done\n"
    try repository.directory.write("loop", loop)
    try repository.directory.write(
      ".perfconfig",
      "[gate]\nbase = main\n[suite \"default\"]\ncommand = loop: sh loop 1000\nmetric = callgrind\n"
    )
    try repository.git("add", "loop", ".perfconfig")
    try repository.commit("on main", file: "configured.txt")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.directory.write("loop", loop.replacingOccurrences(of: "$1", with: "1200"))
    try repository.git("add", "loop")
    try repository.commit("slower", file: "slower.txt")
    let result = try project.run("perf-gate", "--measure")
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(result.out.contains("instructions"))
    #expect(try recorded()["instructions"]?.rounds.count == 3)
  }

  @Test(
    "a program whose debug information valgrind cannot read is counted from a copy without it",
    .enabled(if: hasValgrind, "valgrind is not installed (Debian: valgrind)"))
  func unreadableDebugInformation() throws {
    let program = project.programs.directory.appending(path: "perf-diff")
      .path(percentEncoded: false)
    let valgrind = try Subprocess.run(
      "/usr/bin/env", ["valgrind", "--tool=none", program, "--version"],
      in: FileManager.default.temporaryDirectory)
    let isUnreadable = valgrind.status != 0 && valgrind.err.contains("debuginfo reader")
    let folder = URL(filePath: program).deletingLastPathComponent()
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        $0.hasPrefix("perf-diff-perf-")
      }
    }
    let result = try project.run(
      "perf-record", "--metric", "callgrind", "--", program, "--version")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      result.err.contains("valgrind cannot read the debug information of its program")
        == isUnreadable)
    #expect(try #require(recorded()["instructions"]).rounds.flatMap { $0 }[0] > 100_000)
    #expect(try files() == [])
  }

  @Test("without valgrind, what to install is said, and a typing error is told as such")
  func withoutValgrind() throws {
    let tools = try ScratchDirectory()
    for tool in ["git", "true"] {
      let place = ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(tool)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
      try FileManager.default.createSymbolicLink(
        atPath: "\(tools.path)/\(tool)", withDestinationPath: try #require(place))
    }
    func run(_ command: String) throws -> Subprocess {
      try project.run(
        "perf-record", ["--metric", "callgrind", "--", command],
        environment: ["PATH": tools.path])
    }
    let result = try run("true")
    #expect(result.status == 4)
    #expect(try run("ture").err.contains("command 'ture' not found"))
    // In a suite of several commands it is no failure of one of them, and nothing is kept as failed.
    try project.repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\n command = a: true\n command = b: true\n metric = callgrind\n")
    try project.repository.git("add", ".perfconfig")
    try project.repository.git("commit", "--quiet", "--message", "suite")
    let suite = try project.run("perf-record", environment: ["PATH": tools.path])
    #expect(suite.status == 4)
    try expectGolden(result, suite)
  }

  @Test("what makes no sense is told before anything is launched")
  func mistakes() throws {
    let mistakes = [
      ["--metric", "page_fault"], ["--metric", "heat"], ["--metric", "wall_time"],
      ["--metric", "page_faults", "--metric", "page_faults"], ["--metric", "n=("],
      ["--metric", "n=[0-9]+"], ["--metric", "=(.)"], ["--metric", "n[ms=(.)"],
      ["--metric", "n[ms,s]=(.)"], ["--metric", "max_rss=(.)"],
      ["--metric", "n=(.)", "--metric", "n=b(.)"],
      ["--metric", "callgrind", "--metric", "page_faults"],
      ["--metric", "callgrind", "--metric", "instructions"],
      ["--metric", "page_faults", "--format", "go"],
      ["--metric", "page_faults", "--concurrency", "2"],
    ]
    try expectGolden(
      mistakes.map { try project.run("perf-record", $0 + ["--", "touch", "launched"]) })
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/launched"))
  }

  @Test("a file has the metrics that it has")
  func imported() throws {
    let result = try project.run("perf-record", "--metric", "page_faults", "--import", "x.json")
    #expect(result.status == 2)
    try expectGolden(result)
  }
}
