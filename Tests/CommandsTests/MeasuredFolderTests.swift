import Foundation
import Measurements
import TestSupport
import Testing

/// What is measured prints its own numbers, so that the verdicts do not rest on this machine's mood.
@Suite("perf-gate --measure measures what the commits hold", .serialized)
struct MeasuredFolderTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws {
    project = try Project()
    try repository.git("config", "perf.measure.unfit", "ignore")
  }

  /// A program that prints one number, near a value.
  private func program(_ name: String, _ value: Int) throws {
    let script = """
      #!/bin/sh
      echo x >>launches
      echo "n=$((\(value) * 1000 + $(wc -l <launches) % 5))"
      """
    try repository.directory.writeExecutable(name, script)
  }

  private func configuration(_ suites: [String: [String]], _ more: String = "") throws {
    let text = suites.sorted { $0.key < $1.key }.map { suite, commands in
      "[suite \"\(suite)\"]\nwarmup = 0\nmetric = n[lower]=n=([0-9]+)\n\(more)\n"
        + commands.map { "command = \($0)\n" }.joined()
    }.joined()
    try repository.directory.write(
      ".perfconfig",
      text + "[metric \"wall_time\"]\nthreshold = 99%\n[metric \"max_rss\"]\nthreshold = 99%\n")
  }

  private func commit(_ message: String, on branch: String? = nil) throws {
    if let branch { try repository.git("checkout", "--quiet", "-B", branch) }
    try repository.git("add", "--all")
    try repository.commit(message, file: "\(message).txt")
  }

  private func measure(_ options: String...) throws -> Subprocess {
    try project.run("perf-gate", ["--measure", "--report", "text"] + options)
  }

  /// Whether a row of the report says something of a benchmark's number.
  private func row(_ name: String, of result: Subprocess, says words: String) -> Bool {
    result.out.split(separator: "\n").contains {
      $0.contains(" \(name) ") && $0.contains(" n ") && $0.contains(words)
    }
  }

  @Test("no hook of the repository runs there", arguments: ["exit 1", "echo 'echo n=7' >p"])
  func hooks(_ hook: String) throws {
    try configuration(["default": ["p: ./p"]])
    try program("p", 100)
    try commit("base", on: "main")
    try program("p", 200)
    try commit("head", on: "topic")
    try repository.directory.writeExecutable(".git/hooks/post-checkout", "#!/bin/sh\n\(hook)\n")
    let result = try measure()
    #expect(result.status == 1, "\(result.out)\(result.err)")
  }

  @Test("a program that both sides build to the same place is an error that names it")
  func shared() throws {
    let place = try ScratchDirectory()
    try configuration(
      ["default": ["p: \(place.path)/tool"]], "prepare = install p \(place.path)/tool")
    try program("p", 100)
    try commit("base", on: "main")
    try program("p", 200)
    try commit("head", on: "topic")
    let result = try measure()
    #expect(result.status == 4, "\(result.out)\(result.err)")
    #expect(
      result.err.contains("error: '\(place.path)/tool' is the same file on both sides"),
      "\(result.err)")
  }

  @Test("a benchmark that only the base defines is measured there, and missing")
  func baseOnly() throws {
    try configuration(["default": ["keep: ./p", "hot: ./q"]])
    try program("p", 100)
    try program("q", 100)
    try commit("base", on: "main")
    try configuration(["default": ["keep: ./p"]])
    try commit("head", on: "topic")
    let result = try measure()
    #expect(result.status == 4, "\(result.out)\(result.err)")
    #expect(row("hot", of: result, says: "missing"), "\(result.out)")
  }

  @Test("what the base cannot start as the head has it, is started as the base has it")
  func moved() throws {
    try configuration(["default": ["hot: ./p"]])
    try program("p", 100)
    try commit("base", on: "main")
    try repository.git("mv", "p", "q")
    try program("q", 200)
    try configuration(["default": ["hot: ./q"]])
    try commit("head", on: "topic")
    let result = try measure()
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(row("hot", of: result, says: "regression"), "\(result.out)")
    #expect(result.err.contains("as its own configuration has it: ./p"), "\(result.err)")
  }

  @Test("a base whose configuration cannot be read is measured as the head says, and that is said")
  func unreadableBase() throws {
    try configuration(["default": ["p: ./p"]], "rounds = none")
    try program("p", 100)
    try commit("base", on: "main")
    try configuration(["default": ["p: ./p"]])
    try program("p", 200)
    try commit("head", on: "topic")
    let result = try measure()
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(
      result.err.contains("what only its own configuration defines is not measured"),
      "\(result.err)")
  }

  @Test("all suites are measured but those that are not required, and the worst decides")
  func suites() throws {
    try configuration(["a": ["p: ./p"], "b": ["q: ./q"], "c": ["r: ./r"]])
    let file = "\(try repository.directory.read(".perfconfig"))[suite \"c\"]\nrequired = false\n"
    try repository.directory.write(".perfconfig", file)
    for name in ["p", "q", "r"] { try program(name, 100) }
    try commit("base", on: "main")
    try program("q", 200)
    try program("r", 200)
    try commit("head", on: "topic")
    let result = try measure()
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(row("q", of: result, says: "regression"), "\(result.out)")
    let suites = try repository.note("topic").split(separator: "\n")
      .compactMap { $0.firstMatch(of: /"suite":"(.)"/)?.output.1 }
    #expect(suites.sorted() == ["a", "b"])
    #expect(try measure("--suite", "a").status == 0)
    #expect(try measure("--suite", "c").status == 1)
  }

  @Test("measured again, it goes on from the rounds that there are, unless the work is another")
  func earlier() throws {
    try configuration(["default": ["p: ./p"]])
    try program("p", 100)
    try commit("base", on: "main")
    try commit("head", on: "topic")
    func rounds() throws -> [Int] {
      try repository.runs("topic").map { run in
        run.series.first { $0.metric.name == "n" }?.rounds.count ?? 0
      }.sorted()
    }
    let first = try measure()
    #expect(first.status == 0, "\(first.out)\(first.err)")
    let before = try rounds()[0]
    let second = try measure()
    #expect(second.status == 0, "\(second.out)\(second.err)")
    #expect(
      second.err.contains("goes on from \(before) rounds of earlier sessions"), "\(second.err)")
    #expect(try rounds().count == 2)
  }

  @Test("fewer than three rounds are an error that says what to do")
  func shortage() throws {
    // Each launch takes half of the time that there is.
    try configuration(["default": ["p: ./p"]])
    try repository.directory.writeExecutable("p", "#!/bin/sh\nsleep 0.6\necho n=1\n")
    try commit("base", on: "main")
    try commit("head", on: "topic")
    let result = try measure("--time-limit", "1s")
    #expect(result.status == 4, "\(result.out)\(result.err)")
    #expect(
      result.err.contains("1s were ") && result.err.contains("; 3 are the least, 5 decide: "),
      "\(result.err)")
    #expect(result.err.contains("or a suite of less"), "\(result.err)")
  }
}
