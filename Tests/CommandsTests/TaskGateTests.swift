import Foundation
import TestSupport
import Testing

@Suite("The gate judges what a fleet of tasks solves")
struct TaskGateTests {
  let project: Project
  private static let all = Array(repeating: 3, count: 24)
  /// Eight of 24 tasks are lost, and one is flaky.
  private static let worse = (0..<24).map { $0 % 3 == 0 ? 0 : $0 == 1 ? 2 : 3 }

  init() throws {
    project = try Project()
  }

  /// Records all tasks as solved on main, and others on a branch.
  private func recordBoth(_ new: TaskFleet = TaskFleet(solved: worse), rules: String = "") throws {
    if !rules.isEmpty { try project.configure(rules) }
    #expect(try project.record(TaskFleet(solved: Self.all)).status == 0)
    try project.leaveMain()
    #expect(try project.record(new, recording: 1).status == 0)
  }

  @Test("a candidate that is cheaper, because it fails fast, is refused")
  func failingFast() throws {
    var cheap = TaskFleet(solved: Self.worse)
    cheap.dollars.failed = 0.05
    try recordBoth(
      cheap, rules: "[gate]\n\tby = label:agent\n[metric \"cost\"]\n\tignoreBelow = 1USD\n")
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1)
    try expectGolden(gate)
  }

  @Test("equal fleets pass, and those of an option's label are judged together")
  func equal() throws {
    try recordBoth(TaskFleet(solved: Self.all))
    let gate = try project.run("perf-gate", "--by", "label:agent", "--report", "json")
    #expect(gate.status == 0, "\(gate.err)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(gate.out.utf8)) as? [String: Any])
    let rows = try #require(object["series"] as? [[String: Any]]).filter {
      $0["metric"] as? String == "success"
    }
    #expect(rows.map { $0["benchmark"] as? String } == Array(repeating: "(all tasks)", count: 3))
    #expect(rows.map { $0["tasks"] as? Int } == [24, 12, 12])
    let solved = try #require(rows[0]["solved"] as? [String: [Int]])
    #expect(solved == ["old": [72, 72], "new": [72, 72]])
    #expect(rows.allSatisfy { ($0["lost"] as? [String]) == [] })
    let wrong = try project.run("perf-gate", "--by", "agent")
    #expect(wrong.status == 2 && wrong.err.contains("label:agent"), "\(wrong.err)")
  }

  @Test("a margin decides, and a change that widens it says so first")
  func margin() throws {
    let rules = "[metric \"success\"]\n\tmargin = "
    try project.configure("\(rules)5%\n")
    #expect(try project.record(TaskFleet(solved: Self.all)).status == 0)
    try project.leaveMain()
    try project.configure("\(rules)50%\n")
    try project.record(TaskFleet(solved: Self.worse), recording: 1)
    let gate = try project.run("perf-gate", "--decide", "success")
    #expect(gate.status == 0, "\(gate.out)")
    #expect(gate.out.contains("5 %") && gate.out.contains("50 %"), "\(gate.out)")
    #expect(gate.out.contains("margin"), "\(gate.out)")
  }

  @Test("a waiver by the name of the row permits the drop, and what --accept writes does")
  func accepted() throws {
    try recordBoth()
    let result = try project.run(
      "perf-gate", "--rules", "worktree", "--accept", "(all tasks)", "--reason", "a cheaper model")
    #expect(result.status == 0, "\(result.err)")
    let file = try project.repository.directory.read(".perfconfig")
    #expect(file.contains("[waiver \"(all tasks)\"]") && file.contains("ceiling = 35%"), "\(file)")
    let gate = try project.run("perf-gate", "--rules", "worktree")
    #expect(gate.status == 0, "\(gate.out)\(gate.err)")
    #expect(gate.out.contains("waived until"))
  }

  @Test("marks name the tasks too, so that the next commit is not compared with what was refused")
  func marked() throws {
    #expect(try project.record(TaskFleet(solved: Self.all)).status == 0)
    try project.repository.commit("worse")
    try project.record(TaskFleet(solved: Self.worse), recording: 1)
    #expect(try project.run("perf-gate", "--mark").status == 1)
    try project.repository.commit("next")
    try project.record(TaskFleet(solved: Self.worse), recording: 2)
    #expect(try project.run("perf-gate").status == 1)
    #expect(try project.run("perf-gate", "--marks").out.contains("(all tasks) success"))
  }

  @Test("budgets are held against what is solved and what it costs over all tasks")
  func budgets() throws {
    try recordBoth(
      TaskFleet(solved: Self.all),
      rules: """
        [benchmark "(all tasks)"]
        \tbudget = cost 1USD
        \tbudget = success 0.5
        """)
    let gate = try project.run("perf-gate")
    #expect(gate.status == 1, "\(gate.out)")
    #expect(gate.out.contains("over budget") || gate.out.contains("budget"), "\(gate.out)")
  }

  @Test("perf-diff shows the same rows, for two files and for three")
  func files() throws {
    var fast = TaskFleet(solved: Self.worse)
    fast.dollars = (0.25, 0.05)
    for (name, fleet) in [
      ("old", TaskFleet(solved: Self.all)), ("same", TaskFleet(solved: Self.all)), ("fast", fast),
    ] {
      let result = try project.run(
        "perf-record", "--quiet", "--import", "-", "--output", "\(name).json",
        input: fleet.csv(recording: name.count))
      #expect(result.status == 0, "\(result.err)")
    }
    try expectGolden(
      try project.run("perf-diff", "old.json", "fast.json"),
      try project.run("perf-diff", "old.json", "same.json", "fast.json"))
  }

  @Test("a metric is an outcome by a word in .perfconfig, with no other values than 1 and 0")
  func configured() throws {
    var old = TaskFleet(solved: Self.all)
    var new = TaskFleet(solved: Self.worse)
    (old.outcome, new.outcome) = ("passed", "passed")
    try project.configure("[metric \"passed\"]\n\toutcome = true\n")
    #expect(try project.record(old).status == 0)
    let stored = try project.repository.git("notes", "--ref=perf", "show")
    #expect(stored.contains(#""metric":"passed","outcome":true"#))
    try project.leaveMain()
    try project.record(new, recording: 1)
    #expect(try project.run("perf-gate").status == 1)
    let half = try project.run(
      "perf-record", "--import", "-",
      input: "benchmark,metric,unit,value,round\ntask-1,passed,1,0.5,1\n")
    #expect(half.status == 4)
    #expect(half.err.contains("an outcome is 1 or 0"), "\(half.err)")
  }

  @Test("printed numbers are outcomes, too")
  func printed() throws {
    try project.configure(
      """
      [suite "default"]
      \tcommand = echo solved=1
      \tmetric = solved=solved=([01])
      \trounds = 4
      [metric "solved"]
      \toutcome = true
      """)
    let result = try project.run("perf-record", "--quiet")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      try project.repository.git("notes", "--ref=perf", "show")
        .contains(#""metric":"solved","outcome":true"#))
  }
}
