import Foundation
import TestSupport
import Testing

@Suite("A task of an agent is one benchmark, and each launch one round")
struct AgentTaskTests {
  let project: Project

  init() throws { project = try Project() }

  private var directory: ScratchDirectory { project.repository.directory }

  private static func call(_ id: String, _ model: String, _ more: String = "") -> String {
    #"{"id":"\#(id)","role":"assistant","model":"\#(model)","#
      + #""usage":{"input_tokens":100,"output_tokens":10\#(more)}}"# + "\n"
  }

  private typealias Numbers = [String: [String: [[Double]]]]

  /// The rounds of the last command, by benchmark and metric.
  private func recorded(_ arguments: String..., status: Int32 = 0) throws -> Numbers {
    let result = try project.run(
      "perf-record", ["--quiet", "--output", "run.json"] + arguments)
    try #require(result.status == status, "\(result.err)")
    let document = try JSONSerialization.jsonObject(with: Data(directory.read("run.json").utf8))
    let runs = try #require((document as? [String: Any])?["runs"] as? [[String: Any]])
    var numbers: Numbers = [:]
    for series in try #require(runs.first?["series"] as? [[String: Any]]) {
      let labels = series["labels"] as? [String: String] ?? [:]
      let text = labels.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      let name = try #require(series["benchmark"] as? String) + text
      numbers[name, default: [:]][try #require(series["metric"] as? String)] =
        series["rounds"] as? [[Double]]
    }
    return numbers
  }

  private static let prices = """
    [price "m"]
    input = 1
    output = 10
    [price "n"]
    input = 2
    output = 20

    """

  @Test("thirty tasks are thirty benchmarks, with tokens, cost and time side by side")
  func suite() throws {
    try directory.write("m.jsonl", Self.call("a", "m") + Self.call("b", "m"))
    try directory.write("mn.jsonl", Self.call("a", "m") + Self.call("b", "n"))
    let tasks = (1...29).map { "command = task-\($0): cat m.jsonl\n" }.joined()
    try directory.write(
      ".perfconfig",
      "[suite \"default\"]\n\(tasks)command = both: cat mn.jsonl\nformat = anthropic\n"
        + Self.prices)
    let numbers = try recorded("--rounds", "2")
    #expect(numbers.count == 30)
    let task = try #require(numbers["task-7 model=m provider=anthropic"])
    #expect(task["requests"] == [[2], [2]])
    #expect(task["total_tokens"] == [[220], [220]])
    #expect(task["cost"] == [[0.0004], [0.0004]])
    #expect(task["wall_time"]?.count == 2)
    #expect(task["max_rss"]?.count == 2)
    let both = try #require(numbers["both provider=anthropic"])
    #expect(both["cost"]?.count == 2)
    #expect(abs((both["cost"]?[0][0] ?? 0) - 0.0006) < 1e-12)
    #expect(both["wall_time"]?.count == 2)
  }

  @Test("no launch is made to warm up, and also = none records no times")
  func also() throws {
    try directory.write("m.jsonl", Self.call("a", "m"))
    let suite =
      "[suite \"default\"]\ncommand = t: sh -c 'echo >>n && cat m.jsonl'\nformat = anthropic\n"
    try directory.write(".perfconfig", suite + "also = none\n")
    let numbers = try recorded("--rounds", "2")
    #expect(numbers["t model=m provider=anthropic"]?["wall_time"] == nil)
    #expect(try directory.read("n") == "\n\n")
    try directory.write(".perfconfig", "[suite \"default\"]\ncommand = cat m.jsonl\nalso = none\n")
    let wrong = try project.run("perf-record")
    #expect(wrong.status == 2)
    #expect(wrong.err.contains("nothing is recorded with also = none"))
  }

  @Test("a model without a price leaves the launch without a cost, never with a part of it")
  func missingPrice() throws {
    let text = Self.call("a", "m") + Self.call("b", "n") + Self.call("c", "o")
    try directory.write(".perfconfig", Self.prices)
    let result = try project.run(
      "perf-record", "--import", "-", "--output", "run.json", input: text)
    #expect(result.status == 0)
    #expect(result.err.contains("warning: no cost: model 'o' has no `[price \"o\"]`"))
    #expect(!result.out.contains("cost"))
    let free = Self.prices + "[price \"o\"]\ninput = 0\noutput = 0\n"
    try directory.write(".perfconfig", free)
    try directory.write("t.jsonl", text)
    let cost = try recorded("--import", "t.jsonl")["chat provider=anthropic"]?["cost"]?[0][0]
    #expect(abs((cost ?? 0) - 0.0006) < 1e-12)
  }

  @Test("files are rounds of what --name says, calls stay apart with --per call")
  func names() throws {
    try directory.write("1.jsonl", Self.call("a", "m") + Self.call("b", "m"))
    try directory.write("2.jsonl", Self.call("a", "m", #","cache_read_input_tokens":4"#))
    let files = try recorded(
      "--name", "task-1", "--label", "agent=qa", "--import", "1.jsonl", "--import", "2.jsonl")
    let name = "task-1 agent=qa model=m provider=anthropic"
    #expect(Set(files.keys) == [name])
    #expect(files[name]?["requests"] == [[2], [1]])
    #expect(files[name]?["cache_read_tokens"] == [[0], [4]])
    let calls = try recorded("--per", "call", "--import", "1.jsonl", "--import", "2.jsonl")
    #expect(calls["chat model=m provider=anthropic"]?["requests"] == [[1], [1], [1]])
    #expect(calls["chat model=m provider=anthropic"]?["cache_read_tokens"] == [[0], [0], [4]])
    let launched = try recorded(
      "--per", "call", "--format", "anthropic", "--rounds", "1", "--name", "t", "--", "cat",
      "1.jsonl")
    #expect(Set(launched.keys) == ["t model=m provider=anthropic"])
    #expect(launched["t model=m provider=anthropic"]?["requests"] == [[1], [1]])
    #expect(launched["t model=m provider=anthropic"]?["wall_time"] == nil)
  }

  @Test("what a hook leaves is priced when it is stored, and of several models at once")
  func spool() throws {
    try directory.write(".perfconfig", Self.prices)
    for (name, text) in [
      ("one", Self.call("a", "m")), ("two", Self.call("a", "m") + Self.call("b", "n")),
    ] {
      let result = try project.run(
        "perf-record", "--spool=\(name).jsonl", "--import", "-", "--name", "task-1", "--label",
        "agent=qa", input: text)
      #expect(result.status == 0, "\(result.err)")
    }
    #expect(try !directory.read("one.jsonl").contains(#""cost""#))
    #expect(try directory.read("two.jsonl").contains(#""cost""#))
    #expect(try directory.read("two.jsonl").contains(#""agent":"qa""#))
  }

  @Test("what an agent prints beside its usage is recorded with it, and may be its outcome")
  func printed() throws {
    try directory.write(
      "m.jsonl", Self.call("a", "m") + #"{"quality":0.5,"done":1}"# + "\n")
    try directory.write(
      ".perfconfig",
      """
      [suite "default"]
      command = t: cat m.jsonl
      format = anthropic
      metric = quality[higher]=quality.:([0-9.]+)
      metric = solved=done.:([01])
      metric = page_faults
      [metric "solved"]
      outcome = true

      """ + Self.prices)
    let numbers = try recorded("--rounds", "2")
    let task = try #require(numbers["t model=m provider=anthropic"])
    #expect(numbers.count == 1)
    #expect(task["quality"] == [[0.5], [0.5]] && task["cost"] == [[0.0002], [0.0002]])
    #expect(task["page_faults"]?.count == 2)
    #expect(try directory.read("run.json").contains(#""outcome": true"#))
    let calls = try recorded("--rounds", "1", "--per", "call", "--metric", "q=quality.:([0-9.]+)")
    #expect(calls["t"] == ["q": [[0.5]]])
    #expect(calls["t model=m provider=anthropic"]?["requests"] == [[1]])
    try expectGolden(
      ["page_faults", "callgrind"].map {
        try project.run("perf-record", "--per", "call", "--metric", $0)
      })
  }

  @Test("a change of prices is told first, and is no regression")
  func otherPrices() throws {
    try directory.write("old.jsonl", Self.call("a", "m"))
    try directory.write("new.jsonl", Self.call("a", "m") + Self.call("b", "m"))
    for (name, input) in [("old", 1), ("same", 3), ("new", 3)] {
      try directory.write(".perfconfig", "[price \"m\"]\ninput = \(input)\noutput = 10\n")
      let calls = name == "new" ? "new.jsonl" : "old.jsonl"
      let files = Array(repeating: ["--import", calls], count: 3).flatMap(\.self)
      let result = try project.run(
        "perf-record", ["--quiet", "--name", "task", "--output", "\(name).json"] + files)
      #expect(result.status == 0, "\(result.err)")
    }
    try expectGolden(
      try project.run("perf-diff", "old.json", "same.json", "--verbose"),
      try project.run("perf-diff", "old.json", "new.json", "--verbose"),
      try project.run(
        "perf-diff", "old.json", "same.json", "--report", "markdown"))
    let json = try project.run(
      "perf-diff", "old.json", "same.json", "--report", "json")
    #expect(json.out.contains(#""prices": "equal""#), "\(json.out)")
  }

  @Test("--measure spends no rounds of tasks on their times")
  func measured() throws {
    let script = """
      #!/bin/sh
      echo x >>launches
      n=$(wc -l <launches)
      [ $((n % 3)) = 0 ] && sleep 0.05
      cat m.jsonl
      """
    try directory.writeExecutable("agent", script)
    try directory.write("m.jsonl", Self.call("a", "m"))
    try directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = t: ./agent\nformat = anthropic\n")
    try project.repository.git("add", "agent", "m.jsonl", ".perfconfig")
    try project.repository.commit("on main")
    try project.repository.git("config", "perf.measure.unfit", "ignore")
    try project.repository.git("checkout", "--quiet", "-b", "topic")
    try project.repository.commit("on topic")
    let result = try project.run("perf-gate", "--measure", "--against", "main")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    let series = try #require(
      project.repository.lastRun("topic")["series"] as? [[String: Any]])
    let time = try #require(series.first { $0["metric"] as? String == "wall_time" })
    #expect((time["rounds"] as? [Any])?.count == 5)
  }

  @Test("variants of an agent are one task under different labels")
  func variants() throws {
    try directory.write("a.jsonl", Self.call("a", "m"))
    try directory.write("b.jsonl", Self.call("a", "m") + Self.call("b", "m"))
    let numbers = try recorded(
      "--format", "anthropic", "--rounds", "1", "--name", "task", "--compare",
      "agent a: cat a.jsonl", "agent b: cat b.jsonl")
    #expect(numbers["task agent=a model=m provider=anthropic"]?["requests"] == [[1]])
    #expect(numbers["task agent=b model=m provider=anthropic"]?["requests"] == [[2]])
  }

  @Test("a file that names its benchmarks takes no other name")
  func named() throws {
    try directory.write("h.json", Project.hyperfine(["parse": [0.1]]))
    let result = try project.run("perf-record", "--import", "h.json", "--name", "x")
    #expect(result.status == 2)
    #expect(
      result.err.hasPrefix(
        "error: h.json is of format 'hyperfine', which has names of its own\n"
          + "hint: leave out --name and --label\n"))
  }

  @Test("what GNU time measured has the name of the command, and its own times")
  func time() throws {
    try directory.write(
      "t.txt",
      "\tCommand being timed: \"x y\"\n\tElapsed (wall clock) time (h:mm:ss or m:ss): 0:02.50\n"
        + "\tExit status: 0\n")
    let numbers = try recorded(
      "--format", "time", "--rounds", "1", "--name", "t", "--", "cat", "t.txt")
    #expect(numbers == ["t": ["wall_time": [[2_500_000_000]]]])
  }

  @Test("what was called chat is joined by an alias")
  func alias() throws {
    let calls = { (id: String, input: Int) in
      #"{"id":"\#(id)","role":"assistant","model":"m","usage":{"input_tokens":\#(input),"#
        + #""output_tokens":1}}"# + "\n"
    }
    try directory.write("old.jsonl", calls("a", 100))
    let old = try project.run("perf-record", "--import", "old.jsonl", "--output", "old.json")
    #expect(old.status == 0, "\(old.err)")
    try directory.write("new.jsonl", calls("a", 200))
    _ = try recorded("--name", "task-1", "--import", "new.jsonl")
    try directory.write(".perfconfig", "[benchmark \"task-1\"]\nalias = chat\n")
    let diff = try project.run("perf-diff", "old.json", "run.json", "--verbose")
    #expect(diff.out.contains("formerly chat"), "\(diff.out)")
    #expect(diff.out.contains("+100"), "\(diff.out)")
  }

  @Test("what prints nothing, or half of it, or another tool's words, is an error with its reason")
  func badOutput() throws {
    let half = String(Self.call("a", "m").dropLast(9))
    try directory.write("half.jsonl", half)
    try directory.write(
      "other.jsonl", #"{"usage":{"prompt_tokens":1,"total_tokens":1},"model":"m"}"#)
    try directory.write(
      "negative.jsonl",
      #"{"id":"a","role":"assistant","model":"m","usage":{"input_tokens":-5,"output_tokens":1}}"#)
    try expectGolden(
      [["true"], ["cat", "half.jsonl"], ["cat", "other.jsonl"], ["cat", "negative.jsonl"]].map {
        try project.run("perf-record", ["--format", "anthropic", "--rounds", "1", "--"] + $0)
      })
  }

  @Test("a name may be a path, hold a line break, or have ten thousand characters")
  func strangeNames() throws {
    try directory.write("m.jsonl", Self.call("a", "m"))
    for name in ["../tasks/a b.md", "a\nb", String(repeating: "x", count: 10_000)] {
      let numbers = try recorded("--name", name, "--import", "m.jsonl")
      #expect(Set(numbers.keys) == ["\(name) model=m provider=anthropic"])
      let launched = try recorded(
        "--name", name, "--format", "anthropic", "--rounds", "1", "--", "cat", "m.jsonl")
      #expect(Set(launched.keys) == ["\(name) model=m provider=anthropic"])
    }
  }
}
