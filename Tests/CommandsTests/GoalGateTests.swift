import Foundation
import TestSupport
import Testing

@Suite("A goal is held against a file of the commit or a revision")
struct GoalGateTests {
  let project: Project

  /// A file of the commit with 1000 tokens for each of two tasks, and rules with a goal.
  init() throws {
    project = try Project()
    try project.repository.directory.write("baselines/all.json", Self.runs(["a": 1000, "b": 1000]))
  }

  /// Runs of ten rounds each, 1 % apart.
  private static func runs(
    _ tokens: [String: Double], metric: String = "total_tokens", unit: String = "1",
    rounds: Int = 10
  ) -> String {
    let series = tokens.sorted { $0.key < $1.key }.map { name, value in
      let rounds = (0..<rounds).map { "[\(value * (1 + 0.01 * sin(Double($0) * 2.1)))]" }
      return #"{"benchmark":"\#(name)","metric":"\#(metric)","unit":"\#(unit)","better":"lower","#
        + #""rounds":[\#(rounds.joined(separator: ","))]}"#
    }
    return #"{"version":1,"suite":"default","tool":"test","series":["#
      + "\(series.joined(separator: ","))]}\n"
  }

  private func configure(_ lines: String, section: String = "goal \"total_tokens\"") throws {
    try project.repository.directory.write(".perfconfig", "[\(section)]\n\(lines)\n")
    try project.repository.git("add", ".")
    try project.repository.git("commit", "--quiet", "-m", "goal")
  }

  /// Records tokens for HEAD and judges them.
  private func gate(
    _ tokens: [String: Double], rounds: Int = 10, _ options: String...
  ) throws -> Subprocess {
    let stored = try project.run(
      "perf-record", "--quiet", "--import", "-", "--commit", "HEAD",
      input: Self.runs(tokens, rounds: rounds))
    #expect(stored.status == 0, "\(stored.err)")
    return try project.run("perf-gate", options)
  }

  private static let wanted = "against = baselines/all.json\nchange = -60%"

  private func json(_ path: String) throws -> [String: Any] {
    let data = Data(try project.repository.directory.read(path).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("a goal that every series has met is told, and its status is 0")
  func met() throws {
    try configure(Self.wanted + "\nfail = true")
    let result = try gate(["a": 300, "b": 320])
    #expect(result.status == 0)
    #expect(
      result.out.contains("✓ goal total_tokens -60 % against baselines/all.json: met by all 2\n"),
      "\(result.out)")
    #expect(result.err == "perf-gate: no baseline yet: 2 new; 1 goal met\n")
  }

  @Test("a goal that is not met is told, and fails only where that is asked for")
  func notMet() throws {
    try configure(Self.wanted)
    let told = try gate(["a": 300, "b": 900])
    #expect(told.status == 0)
    #expect(
      told.out.contains(
        "~ goal total_tokens -60 % against baselines/all.json: not met by 1 of 2 (b)\n"),
      "\(told.out)")
    try configure(Self.wanted + "\nfail = true")
    let failed = try gate(["a": 301, "b": 901])
    #expect(failed.status == 1)
    #expect(
      failed.err.hasSuffix("perf-gate: goal not met: 2 unchanged; 1 goal not met\n"),
      "\(failed.err)")
    #expect(failed.out.contains("✗ goal total_tokens"))
  }

  @Test("an open goal says of which series and why, and fails nothing")
  func open() throws {
    try configure(Self.wanted + "\nfail = true")
    let result = try gate(["a": 300, "b": 400, "c": 5])
    #expect(result.status == 0)
    #expect(
      result.out.contains(
        "? goal total_tokens -60 % against baselines/all.json: met by 1 of 3 "
          + "(open: b: the interval contains the goal; open: c: nothing to hold it against)\n"),
      "\(result.out)")
    let few = try gate(["a": 300, "b": 300], rounds: 1, "--report", "json=few.json")
    #expect(few.status == 0, "\(few.err)")
  }

  @Test("it is in every report, and a comment is made from the JSON")
  func reports() throws {
    try configure(Self.wanted + "\nbenchmark = a*\nfail = true")
    let result = try gate(
      ["a": 900, "b": 100], "--report", "text", "--report", "markdown=perf.md", "--report",
      "json=perf.json", "--report", "html=perf.html")
    #expect(result.status == 1)
    let markdown = try project.repository.directory.read("perf.md")
    #expect(markdown.contains("**Goal not met**"), "\(markdown)")
    #expect(markdown.contains("🔴"), "\(markdown)")
    #expect(try project.repository.directory.read("perf.html").contains("<h2>Goals</h2>"))
    let report = try json("perf.json")
    #expect(report["outcome"] as? String == "goalNotMet" && report["status"] as? Int == 1)
    let goal = try #require((report["goals"] as? [[String: Any]])?.first)
    #expect(goal["metric"] as? String == "total_tokens" && goal["benchmark"] as? String == "a*")
    #expect(goal["against"] as? String == "baselines/all.json")
    #expect(goal["change"] as? Double == -0.6 && goal["fail"] as? Bool == true)
    #expect(goal["state"] as? String == "notMet" && goal["place"] as? String == ".perfconfig:2")
    let row = try #require((goal["series"] as? [[String: Any]])?.first)
    #expect(row["benchmark"] as? String == "a" && row["state"] as? String == "notMet")
    let interval = try #require(row["interval"] as? [Double])
    #expect(interval.count == 2 && interval[0] > -0.6)
    let comment = try project.run("perf-comment", "--dry-run", "perf.json")
    #expect(comment.status == 0 && comment.out == markdown, "\(comment.err)")
  }

  @Test("a revision is a fixed point as well")
  func revision() throws {
    try project.run(
      "perf-record", "--quiet", "--import", "-", "--commit", "HEAD",
      input: Self.runs(["a": 1000]))
    try project.repository.git("tag", "start")
    try configure("against = start\nchange = -60%")
    let result = try gate(["a": 300])
    #expect(result.status == 0)
    #expect(result.out.contains("goal total_tokens -60 % against start: met\n"), "\(result.out)")
  }

  @Test("a revision without numbers leaves the goal open")
  func withoutNumbers() throws {
    try project.repository.git("tag", "start")
    try configure("against = start\nchange = -60%\nfail = true")
    let result = try gate(["a": 300])
    #expect(result.status == 0)
    #expect(result.out.contains("goal total_tokens -60 % against start: open: "), "\(result.out)")
  }

  @Test("the file is that of the judged commit, not of the work tree")
  func committed() throws {
    try configure(Self.wanted)
    try project.repository.directory.write("baselines/all.json", "{}")
    #expect(try gate(["a": 300, "b": 300]).status == 0)
    try project.repository.git("checkout", "--quiet", "--", "baselines/all.json")
    try project.repository.git("rm", "--quiet", "baselines/all.json")
    try project.repository.git("commit", "--quiet", "-m", "gone")
    let result = try gate(["a": 301, "b": 301])
    #expect(result.status == 2)
    #expect(
      result.err.contains(
        "[goal \"total_tokens\"] in .perfconfig:2: 'baselines/all.json' is no file of the judged "
          + "commit and no revision\nhint: "), "\(result.err)")
  }

  @Test("a file without the metric is an error, and another unit leaves the goal open")
  func otherNumbers() throws {
    try configure(Self.wanted)
    try project.repository.directory.write(
      "baselines/all.json", Self.runs(["a": 1], metric: "input_tokens"))
    try project.repository.git("commit", "--quiet", "-am", "other metric")
    let other = try gate(["a": 300])
    #expect(other.status == 2)
    #expect(
      other.err.contains(
        "'baselines/all.json' has no metric like 'total_tokens'\nhint: it has input_tokens"),
      "\(other.err)")
    try project.repository.directory.write(
      "baselines/all.json", Self.runs(["a": 1000], unit: "kilotokens"))
    try project.repository.git("commit", "--quiet", "-am", "other unit")
    let unit = try gate(["a": 301])
    #expect(unit.status == 0)
    #expect(unit.out.contains("(open: a: unit kilotokens became 1)"), "\(unit.out)")
    try project.repository.directory.write("baselines/all.json", "nothing that can be read")
    try project.repository.git("commit", "--quiet", "-am", "damaged")
    #expect(try gate(["a": 302]).status == 4)
  }

  @Test(
    "a section that says too little or nonsense is refused",
    arguments: [
      ("change = -60%", "[goal \"total_tokens\"] in .perfconfig:2 has no 'against'"),
      ("against = main", "[goal \"total_tokens\"] in .perfconfig:2 has no 'change'"),
      (
        "against = main\nchange = 60",
        "for 'goal.change' in .perfconfig:3: not a change in per cent"
      ),
      ("against = main\nchange = -160%", "not a change in per cent"),
      ("against = main\nchange = -6%\nfail = maybe", "for 'goal.fail' in .perfconfig:4"),
    ])
  func mistakes(lines: String, message: String) throws {
    try configure(lines)
    let result = try project.run("perf-gate")
    #expect(result.status == 2)
    #expect(result.err.contains(message), "\(result.err)")
  }

  @Test("a metric that is nearly the name of another one is an error")
  func misspelt() throws {
    try configure(Self.wanted, section: "goal \"total_token\"")
    let result = try gate(["a": 300])
    #expect(result.status == 2)
    #expect(result.err.contains("did you mean 'total_tokens'?"), "\(result.err)")
  }

  @Test("a goal that another suite has counts for that one only")
  func suite() throws {
    try configure(Self.wanted + "\nsuite = nightly")
    let result = try gate(["a": 300, "b": 300])
    #expect(result.status == 0)
    #expect(!result.out.contains("goal "), "\(result.out)")
  }
}
