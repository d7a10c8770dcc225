import Foundation
import TestSupport
import Testing

@Suite("Tasks are carried out several at a time, and nothing of them is lost")
struct TaskTests {
  let project: Project

  init() throws { project = try Project() }

  private var directory: ScratchDirectory { project.repository.directory }

  /// An agent that writes what it used to a file of its own before it prints it, so that a sum over these
  /// files is independent of what was recorded. The first launch of every seventh task is an
  /// infrastructure failure; every fifth task fails in its second round.
  private static let agent = #"""
    #!/bin/sh
    task=$1
    number=${task#task-}
    launch=1
    while ! mkdir "launches/$task.$launch" 2>/dev/null; do launch=$((launch + 1)); done
    input=$((1000 + number * 7 + launch)) output=$((100 + number + launch * 3))
    printf '{"id":"m","role":"assistant","model":"m","usage":{"input_tokens":%d,"output_tokens":%d}}\n' \
      "$input" "$output"
    echo "$input $output" >"launches/$task.$launch/used"
    if [ $((number % 7)) = 0 ] && [ "$launch" = 1 ]; then exit 75; fi
    if [ $((number % 5)) = 0 ] && [ "$launch" = 2 ]; then exit 1; fi
    if [ -f stop ] && [ "$task.$launch" = "$(cat stop)" ] && [ ! -f stopped ]; then
      touch stopped
      kill -9 "$(cut -d' ' -f4 "/proc/$PPID/stat")"
      cat
    fi
    exit 0

    """#

  private static func list(_ count: Int) -> String {
    let agents = ["dev", "qa", "ops", "docs"]
    return "#!/bin/sh\ncat <<'END'\n"
      + (1...count).map { number in
        #"{"name":"task-\#(number)","command":["./agent","task-\#(number)"],"#
          + #""labels":{"agent":"\#(agents[number % 4])"}}"# + "\n"
      }.joined() + "END\n"
  }

  private static let suite = """
    [suite "default"]
    commandsFrom = ./tasks
    format = anthropic
    outcome = exit
    infrastructure = 75
    retries = 1
    backoff = 1ms
    parallel = 4
    rounds = 3
    batches = agent: qa dev
    [price "m"]
    input = 3
    output = 15

    """

  private func prepare(_ count: Int, _ configuration: String = suite) throws {
    try directory.writeExecutable("agent", Self.agent)
    try directory.writeExecutable("tasks", Self.list(count))
    try directory.write(".perfconfig", configuration)
    try directory.write(".gitignore", "launches/\nstop*\n*.json*\n")
    try directory.write("launches/.keep", "")
    try project.repository.git("add", ".")
    try project.repository.git("commit", "--quiet", "--message", "tasks")
  }

  private typealias Numbers = [String: [String: [Double]]]

  /// The values of all rounds of a run, by task and metric.
  private static func numbers(of line: String) throws -> Numbers {
    let run = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    var numbers: Numbers = [:]
    for series in try #require(run?["series"] as? [[String: Any]]) {
      let name = try #require(series["benchmark"] as? String)
      let metric = try #require(series["metric"] as? String)
      numbers[name, default: [:]][metric] = (series["rounds"] as? [[Double]])?.map { $0[0] }
    }
    return numbers
  }

  private func runs() throws -> [Numbers] {
    try project.repository.note().split(separator: "\n").map { try Self.numbers(of: String($0)) }
  }

  /// What the agents wrote that they used.
  private func used() throws -> (launches: Int, input: Double, output: Double) {
    let folder = directory.url.appending(path: "launches")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let texts = names.compactMap {
      try? String(contentsOf: folder.appending(path: "\($0)/used"), encoding: .utf8)
    }
    let words = texts.map { $0.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
    return (words.count, words.reduce(0) { $0 + $1[0] }, words.reduce(0) { $0 + $1[1] })
  }

  private static func sum(_ numbers: Numbers, _ metric: String) -> Double {
    numbers.values.compactMap { $0[metric] }.joined().reduce(0, +)
  }

  @Test("114 tasks in three rounds: all numbers, to the cent")
  func fleet() throws {
    try prepare(114)
    let result = try project.run("perf-record", "--log", "log.jsonl")
    #expect(result.status == 0, "\(result.err)")
    let numbers = try #require(runs().first)
    #expect(numbers.count == 114)
    #expect(numbers.values.allSatisfy { $0["success"]?.count == 3 && $0["cost"]?.count == 3 })
    let used = try used()
    // What launches used that were tried again is a part of what their rounds used.
    #expect(used.launches == 342 + 114 / 7)
    #expect(Self.sum(numbers, "input_tokens") == used.input)
    #expect(Self.sum(numbers, "output_tokens") == used.output)
    #expect(Self.sum(numbers, "total_tokens") == used.input + used.output)
    let cost = (used.input * 3 + used.output * 15) / 1e6
    #expect(abs(Self.sum(numbers, "cost") - cost) < 0.005)
    // Every fifth of 114 has failed once, but for those whose second launch was their first round.
    let unsolved = (1...114).count { $0 % 5 == 0 }
    #expect(Self.sum(numbers, "success") == Double(342 - unsolved))
    // Every seventh was tried again.
    #expect(Self.sum(numbers, "attempts") == Double(342 + 114 / 7))
    #expect(Self.sum(numbers, "infrastructure_failures") == 0)
    #expect(result.err.contains("'task-7 agent=docs' failed and was tried again once"))
    #expect(result.out.contains("\(342 - unsolved) of 342 rounds of 114 tasks solved"))
    // Batches: no task of the second agent begins before all of the first have ended.
    let log = try directory.read("log.jsonl").split(separator: "\n")
    #expect(log.count == 342 + 114 / 7)
    let agents = log.map {
      $0.contains(#""agent":"qa""#) ? 0 : $0.contains(#""agent":"dev""#) ? 1 : 2
    }
    #expect(agents == agents.sorted())
  }

  @Test("a recording that was killed goes on with what is missing, on the same commit only")
  func resumed() throws {
    try prepare(12)
    try directory.write("stop", "task-9.2")
    _ = try project.run("perf-record", "--parallel", "1")
    #expect(FileManager.default.fileExists(atPath: directory.url.appending(path: "stopped").path))
    #expect(throws: (any Error).self) { try project.repository.note() }
    let before = try used().launches
    #expect(before < 36)
    try project.repository.commit("another")
    let other = try project.run("perf-record", "--resume")
    #expect(other.status == 2)
    #expect(other.err.contains("is of"))
    try project.repository.git("checkout", "--quiet", "HEAD~")
    let result = try project.run("perf-record", "--resume")
    #expect(result.status == 0, "\(result.err)")
    let numbers = try #require(runs().first)
    #expect(numbers.count == 12)
    #expect(numbers.values.allSatisfy { $0["success"]?.count == 3 })
    // Only the launch that was killed was made again; the first of task 7 is tried again as ever.
    let after = try used().launches
    #expect(after == 36 + 1 + 1)
    let nothing = try project.run("perf-record", "--resume")
    #expect(nothing.status == 2)
    #expect(nothing.err.contains("no recording of suite 'default' ended early"))
  }

  @Test("rounds that nobody asks for any more are left out with a word")
  func fewerRounds() throws {
    try prepare(12)
    try directory.write("stop", "task-9.3")
    _ = try project.run("perf-record", "--parallel", "1")
    let result = try project.run("perf-record", "--resume", "--rounds", "1")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("rounds are left out: of tasks that are gone, or more than"))
    #expect(try runs().first?.values.allSatisfy { $0["success"]?.count == 1 } == true)
  }

  @Test("two recordings of one commit at the same time keep all their rounds")
  func twoAtOnce() throws {
    try prepare(10)
    let both = try project.start("perf-record --quiet & perf-record --quiet; wait $!")
    both.waitUntilExit()
    let runs = try runs()
    #expect(runs.count == 2)
    #expect(runs.allSatisfy { $0.values.allSatisfy { $0["success"]?.count == 3 } })
  }

  @Test("an outcome is read from the exit status, from a value, or by a pattern")
  func outcomes() throws {
    try directory.write("yes.json", #"{"result":{"ok":true}}"#)
    try directory.write("no.json", #"{"result":{"ok":false}}"#)
    let tasks = """
      [task "yes"]
      command = cat yes.json
      [task "no"]
      command = cat no.json
      [task "dies"]
      command = sh -c 'kill -9 $$'

      """
    for (outcome, solved) in [
      ("exit", ["yes": 1.0, "no": 1, "dies": 0]),
      ("json:/result/ok", ["yes": 1, "no": 0, "dies": 0]),
      (#"^.*tr[u]e"#, ["yes": 1, "no": 0, "dies": 0]),
    ] {
      try directory.write(
        ".perfconfig", "[suite \"default\"]\noutcome = \(outcome)\nrounds = 2\n\(tasks)")
      let result = try project.run("perf-record", "--quiet", "--output", "run.json")
      #expect(result.status == 0, "\(outcome): \(result.err)")
      let document =
        try JSONSerialization.jsonObject(with: Data(directory.read("run.json").utf8))
        as? [String: Any]
      let run = try #require((document?["runs"] as? [Any])?.first)
      let line = try String(
        decoding: JSONSerialization.data(withJSONObject: run), as: UTF8.self)
      let numbers = try Self.numbers(of: line)
      for (task, value) in solved {
        #expect(numbers[task]?["success"] == [value, value], "\(outcome), \(task)")
        #expect(numbers[task]?["wall_time"]?.count == 2)
      }
    }
  }

  @Test(
    "what cannot be told is a failure, with the reason",
    arguments: [("nothing", ""), ("half", #"{"ok":"#), ("other", #"{"ok":"perhaps"}"#)])
  func unreadable(name: String, output: String) throws {
    try directory.write("output", output)
    try directory.write(
      ".perfconfig",
      "[suite \"default\"]\noutcome = json:/ok\nrounds = 2\n[task \"t\"]\ncommand = cat output\n")
    try expectGolden(
      try project.run("perf-record", "--quiet", "--output", "run.json"), part: name)
  }

  @Test("infrastructure failures count as neither, and have a limit of their own")
  func infrastructure() throws {
    func record(_ command: String, _ limit: String) throws -> Subprocess {
      try directory.write(
        ".perfconfig",
        "[suite \"default\"]\noutcome = exit\ninfrastructure = 75 timeout\n"
          + "infrastructureLimit = \(limit)\nrounds = 4\n[task \"t\"]\ncommand = \"\(command)\"\n")
      try? FileManager.default.removeItem(at: directory.url.appending(path: "n"))
      return try project.run("perf-record", "--output", "run.json")
    }
    // The first of four launches is one.
    let first = "sh -c 'mkdir n 2>/dev/null && exit 75; exit 0'"
    let below = try record(first, "30%")
    #expect(below.status == 0, "\(below.err)")
    #expect(below.out.contains("3 of 3 rounds of 1 task solved (100.0 %)"))
    #expect(below.err.contains("1 of 4 rounds of 't' were infrastructure failures"))
    let above = try record(first, "20%")
    #expect(above.status == 4)
    #expect(above.err.contains("1 of 4 attempts were infrastructure failures, more than 20.0 %"))
    let all = try record("sh -c 'exit 75'", "100%")
    #expect(all.status == 4)
    #expect(all.err.contains("all 4 rounds were infrastructure failures"))
  }

  @Test("a task that takes too long has not solved it, or is an infrastructure failure")
  func timeout() throws {
    try directory.write("text", "from the file\n")
    try directory.write(
      ".perfconfig",
      """
      [suite "default"]
      outcome = from the file
      rounds = 1
      [task "waits"]
      command = sh -c 'cat fifo'
      timeout = 50ms
      [task "reads"]
      command = cat
      input = text

      """)
    let fifo = Process()
    fifo.executableURL = URL(filePath: "/usr/bin/env")
    fifo.arguments = ["mkfifo", directory.url.appending(path: "fifo").path]
    try fifo.run()
    fifo.waitUntilExit()
    let result = try project.run("perf-record", "--quiet", "--output", "run.json")
    #expect(result.status == 0, "\(result.err)")
    let shown = try project.run("perf-diff", "run.json", "run.json", "--report", "json")
    #expect(shown.status == 0, "\(shown.err)")
  }

  @Test(
    "lists of tasks that cannot be used are refused",
    arguments: [
      ("fails", "echo why >&2; exit 3"), ("nothing", "true"),
      ("twice", #"echo '{"name":"a","command":["true"]}'; echo '{"name":"a","command":["true"]}'"#),
      ("half", #"echo '{"name":"a","command":['"#), ("noCommand", #"echo '{"name":"a"}'"#),
      ("newline", #"printf '%s\n' '{"name":"a\nb","command":["true"]}'"#),
      ("unknown", #"echo '{"name":"a","command":["true"],"label":{}}'"#),
      ("long", #"printf '{"name":"%01001d","command":["true"]}\n' 0"#),
    ])
  func lists(name: String, script: String) throws {
    try directory.writeExecutable("tasks", "#!/bin/sh\n\(script)\n")
    try directory.write(
      ".perfconfig", "[suite \"default\"]\ncommandsFrom = ./tasks\noutcome = exit\n")
    try expectGolden(
      try project.run("perf-record", "--output", "run.json"), part: name)
  }

  @Test(
    "keys that contradict each other are refused",
    arguments: [
      ("concurrency", "outcome = exit\nconcurrency = 2\ncommand = true\n"),
      ("output", "parallel = 2\noutput = x.json\ncommand = true\n"),
      ("outcome", "outcome = (\ncommand = true\n"),
      ("pointer", "outcome = json:ok\ncommand = true\n"),
      ("infrastructure", "infrastructure = never\ncommand = true\n"),
      ("batches", "batches = core docs\ncommand = true\n"),
      ("parallel", "parallel = 0\ncommand = true\n"),
    ])
  func keys(name: String, lines: String) throws {
    try directory.write(".perfconfig", "[suite \"default\"]\n\(lines)")
    try expectGolden(
      try project.run("perf-record", "--output", "run.json"), part: name)
  }

  @Test("a text that agents read is no documentation, so that its change needs a measurement")
  func prompts() throws {
    try directory.write("AGENTS.md", "be careful\n")
    try prepare(4)
    #expect(try project.run("perf-record", "--quiet").status == 0)
    try project.leaveMain()
    #expect(try project.run("perf-record", "--quiet").status == 0)
    #expect(try project.run("perf-gate", "--quiet").status != 4)
    try directory.write("AGENTS.md", "be quick\n")
    try project.repository.git("commit", "--quiet", "--all", "--message", "prompt")
    let result = try project.run("perf-gate")
    #expect(result.status == 4, "\(result.out)\(result.err)")
  }

  @Test("what is no journal of this version is named, and stops nothing")
  func foreignJournals() throws {
    try prepare(3)
    let folder = ".git/perf/tasks"
    try directory.write("\(folder)/a.jsonl", "garbage\n")
    try directory.write("\(folder)/b.jsonl", #"{"version":99}"# + "\n")
    let fifo = Process()
    fifo.executableURL = URL(filePath: "/usr/bin/env")
    fifo.arguments = ["mkfifo", directory.url.appending(path: "\(folder)/c.jsonl").path]
    try fifo.run()
    fifo.waitUntilExit()
    let result = try project.run("perf-record", "--quiet", "--rounds", "1")
    #expect(result.status == 0)
    for name in ["a", "b", "c"] {
      #expect(result.err.contains("\(name).jsonl' holds no rounds that this version reads"))
    }
    #expect(try runs().count == 1)
    #expect(
      FileManager.default.fileExists(
        atPath: directory.url.appending(path: "\(folder)/a.jsonl").path))
  }

  @Test("a suite with a section of a task is one of tasks, and others refuse what is for tasks")
  func sections() throws {
    try directory.write(
      ".perfconfig", "[task \"t\"]\ncommand = sh -c 'echo >>n'\n[measure]\nwarmup = 3\n")
    let result = try project.run("perf-record", "--rounds", "2", "--output", "run.json")
    #expect(result.status == 0, "\(result.err)")
    #expect(try directory.read("n") == "\n\n")
    let warm = try project.run("perf-record", "--warmup", "1", "--output", "run.json")
    #expect(warm.status == 2 && warm.err.contains("tasks are not warmed up"), "\(warm.err)")
    for option in ["--resume", "--log=x.jsonl"] {
      let wrong = try project.run("perf-record", option, "--output", "run.json", "--", "true")
      #expect(wrong.status == 2 && wrong.err.contains("is for tasks"), "\(wrong.err)")
    }
    try directory.write(
      ".perfconfig", "[suite \"default\"]\noutput = x\nformat = go\ncommand = true\n")
    let both = try project.run("perf-record", "--parallel", "2", "--output", "run.json")
    #expect(both.status == 2 && both.err.contains("parallel and output"), "\(both.err)")
  }
}
