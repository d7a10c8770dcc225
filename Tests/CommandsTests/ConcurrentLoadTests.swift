import Foundation
import TestSupport
import Testing

@Suite("perf-record launches from several workers at once", .serialized)
struct ConcurrentLoadTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  /// The values of each metric that the run of HEAD has, and the labels of its benchmark.
  private func run() throws -> (metrics: [String: [Double]], labels: [[String: String]]) {
    let series = try #require(repository.lastRun()["series"] as? [[String: Any]])
    let metrics = try series.map { one in
      let rounds = try #require(one["rounds"] as? [[Double]])
      return (try #require(one["metric"] as? String), rounds.flatMap(\.self))
    }
    let labels = series.map { $0["labels"] as? [String: String] ?? [:] }
    return (Dictionary(uniqueKeysWithValues: metrics), labels)
  }

  private func record(_ options: String...) throws -> Subprocess {
    try project.run("perf-record", options)
  }

  private func lines(_ file: String) -> [String] {
    ((try? repository.directory.read(file)) ?? "").split(separator: "\n").map(String.init)
  }

  @Test("as many launches as were asked for, each round, kept as metrics of the labelled benchmark")
  func requests() throws {
    let result = try record(
      "--concurrency", "4", "--requests", "20", "--rounds", "3", "--warmup", "1", "--name", "x",
      "--", "sh", "-c", "echo x >>.git/log")
    #expect(result.status == 0, "\(result.err)")
    #expect(lines(".git/log").count == 80)
    let (metrics, labels) = try run()
    #expect(
      metrics.keys.sorted() == [
        "error_rate", "latency_max", "latency_p50", "latency_p95", "latency_p99", "throughput",
      ])
    #expect(metrics.values.allSatisfy { $0.count == 3 })
    #expect(metrics["error_rate"] == [0, 0, 0])
    #expect(labels.allSatisfy { $0 == ["concurrency": "4"] })
    let text = try repository.note()
    #expect(text.components(separatedBy: #""better":"higher""#).count == 2)
    #expect(text.components(separatedBy: #""unit":"1/s""#).count == 2)
  }

  @Test("a suite says it too, options go before it, and a gate compares what it gave")
  func suite() throws {
    try repository.directory.write(
      ".perfconfig",
      "[suite \"default\"]\ncommand = q: sh -c 'echo x >>.git/log'\nconcurrency = 2\n"
        + "duration = 1h\nrounds = 5\nwarmup = 0\n[gate]\nthreshold = 99%\n")
    try repository.commit("configure", file: "configured.txt")
    let result = try record("--requests", "6")
    #expect(result.status == 0, "\(result.err)")
    #expect(lines(".git/log").count == 30)
    let gate = try project.run("perf-gate", "--against", "HEAD")
    #expect(gate.out.contains("over 6 series"), "\(gate.out)\(gate.err)")
    #expect(gate.status == 0, "\(gate.out)\(gate.err)")
  }

  @Test("launches that fail are counted and told; a benchmark that only fails is a failure")
  func failing() throws {
    let script = "mkdir .git/a 2>/dev/null && echo why >&2 && exit 3; rmdir .git/a"
    let result = try record(
      "--concurrency", "1", "--requests", "10", "--rounds", "2", "--warmup", "0", "--", "sh", "-c",
      script)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("command failed with status 3 in round 1"), "\(result.err)")
    #expect(result.err.contains("(why), and 9 more launches"), "\(result.err)")
    #expect(try run().metrics["error_rate"] == [0.5, 0.5])
    let failed = try record("--concurrency", "2", "--requests", "4", "--", "sh", "-c", "exit 7")
    #expect(failed.status == 4)
    #expect(failed.err.contains("command failed with status 7 in warmup 1"))
  }

  @Test("a stuck launch is ended at its timeout, and is an error among others")
  func stuck() throws {
    let script = "mkdir .git/a 2>/dev/null && sleep 1000; exit 0"
    let result = try record(
      "--concurrency", "2", "--requests", "4", "--rounds", "1", "--warmup", "0", "--timeout",
      "300ms", "--", "sh", "-c", script)
    #expect(result.status == 0, "\(result.err)")
    #expect(try run().metrics["error_rate"] == [0.25])
    #expect(result.err.contains("did not end within 0.3s"))
  }

  @Test("what does not go together is a usage error")
  func wrong() throws {
    let mistakes = [
      ["--requests", "5"], ["--duration", "5s"],
      ["--concurrency", "2", "--requests", "5", "--duration", "1s"],
      ["--concurrency", "4", "--requests", "3"], ["--concurrency", "0"], ["--concurrency", "257"],
      ["--concurrency", "2", "--requests", "0"], ["--concurrency", "2", "--duration", "0s"],
      ["--concurrency", "2", "--format", "go"], ["--concurrency", "2", "--retries", "1"],
      ["--concurrency", "2", "--label", "concurrency=3"],
    ]
    try expectGolden(mistakes.map { try project.run("perf-record", $0 + ["--", "true"]) })
  }

  @Test(
    "a suite that contradicts itself is an error with its line, whoever reads it",
    arguments: ["perf-record", "perf-gate", "perf-diff"])
  func wrongSuite(program: String) throws {
    let operands = program == "perf-diff" ? ["HEAD"] : []
    for (line, message) in [
      ("requests = 5", "requests without concurrency"),
      ("duration = 5s", "duration without concurrency"),
      ("concurrency = 2\nformat = go", "concurrency is for commands that are timed"),
    ] {
      try repository.commit(
        "rules", file: ".perfconfig",
        text: "[gate]\nbase = main\n[suite \"users\"]\ncommand = true\n\(line)\n")
      let result = try project.run(program, operands)
      #expect(result.status == 2)
      #expect(
        result.err.hasPrefix("error: \(message), in .perfconfig:4\nhint: "), "\(result.err)")
    }
  }

  @Test("a file has no load")
  func imported() throws {
    let result = try record("--concurrency", "2", "--import", "x.json")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("whatever ends the recorder ends all that it launched", arguments: endings)
  func interrupted(by number: Int32) throws {
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    let recorder = Process()
    recorder.executableURL = project.programs.directory.appending(path: "perf-record")
    let script = "sleep 1000 & echo \"$$ $!\" >>.git/pids; wait"
    recorder.arguments = ["--concurrency", "4", "--", "sh", "-c", script]
    recorder.currentDirectoryURL = repository.url
    recorder.environment = project.programs.environment
    recorder.standardOutput = FileHandle.nullDevice
    recorder.standardError = FileHandle.nullDevice
    try recorder.run()
    for _ in 0..<3000 where lines(".git/pids").count < 4 { usleep(10_000) }
    kill(recorder.processIdentifier, number)
    recorder.waitUntilExit()
    #expect(recorder.terminationStatus == number)
    let processes = lines(".git/pids").flatMap { $0.split(separator: " ") }.compactMap { pid_t($0) }
    #expect(processes.count == 8)
    for process in processes {
      for _ in 0..<500 where kill(process, 0) == 0 { usleep(10_000) }
      #expect(kill(process, 0) != 0)
    }
    #expect(try repository.git("for-each-ref", "refs/notes") == "")
  }

  #if os(Linux)
    static let endings = [SIGINT, SIGTERM, SIGKILL]
  #else
    static let endings = [SIGINT, SIGTERM]
  #endif
}
