import Formats
import Foundation
import Measurements
import Runner
import Statistics
import System
import Testing

extension TimingTests {
  static func job(
    _ name: String, _ program: String, _ arguments: [String] = [],
    in place: Surroundings = surroundings(), retries: Int = 0, allowed: Set<Int32> = [0],
    setup: String? = nil, cleanup: String? = nil, counters: Set<Counter> = []
  ) throws -> BenchmarkJob {
    func script(_ text: String) throws -> Launch {
      try Launch(Command("sh", ["-c", text]), in: place)
    }
    return BenchmarkJob(
      Benchmark(name: name), try Launch(Command(program, arguments), in: place, counting: counters),
      setup: try setup.map(script), cleanup: try cleanup.map(script), allowed: allowed,
      retries: retries)
  }

  static func runner(_ sides: [BenchmarkJob]..., warmups: Int = 0, seed: UInt64 = 1)
    -> BenchmarkRunner
  {
    BenchmarkRunner(sides: sides, warmups: warmups, generator: SeededGenerator(seed: seed))
  }

  @Test("four metrics are recorded, one sample for each round")
  func series() throws {
    var runner = Self.runner([try Self.job("nothing", "true")], warmups: 2)
    try runner.advance(to: 3)
    let benchmark = Benchmark(name: "nothing", labels: ["size": "0"])
    let series = runner.logs[0][0].reading(of: benchmark).series
    #expect(series.map(\.metric) == [.wallTime, .userTime, .systemTime, .maxRSS])
    for one in series {
      #expect(one.benchmark == benchmark)
      #expect(one.source == "perf-record")
      #expect(one.rounds.map(\.samples.count) == [1, 1, 1])
      #expect(one.rounds.allSatisfy { $0.samples[0] >= 0 && $0.samples[0] < 1e12 })
    }
    #expect(series[0].rounds.allSatisfy { $0.samples[0] > 0 })
  }

  @Test("what is asked for is counted too, of children that were waited for as of the program")
  func counters() throws {
    let counters: Set = [Counter.pageFaults, .contextSwitches]
    let jobs = [
      try Self.job("one", "true", counters: counters),
      try Self.job("many", "sh", ["-c", "true & wait; true; true"], counters: counters),
    ]
    var runner = Self.runner(jobs)
    try runner.advance(to: 2)
    let series = runner.logs[0].map { $0.reading(of: Benchmark(name: "x")).series }
    #expect(
      series.map { $0.map(\.metric.name).suffix(2) }.allSatisfy {
        $0 == ["page_faults", "context_switches"]
      })
    let faults = series.map { $0[4].rounds.map { $0.samples[0] } }
    #expect(faults[0].allSatisfy { $0 > 0 })
    #expect(faults[1].min() ?? 0 > faults[0].max() ?? .infinity)
  }

  @Test("times are recorded in whole nanoseconds, memory in bytes, and nothing is a number too")
  func units() {
    let usage = Usage(
      wallTime: .nanoseconds(1_234_567_891), userTime: .zero, systemTime: .microseconds(3),
      maxRSS: 4096, counts: [.pageFaults: 7, .contextSwitches: 2])
    let series = [usage].series(of: Benchmark(name: "x"), and: [.contextSwitches, .pageFaults])
    #expect(series.map { $0.rounds[0].samples[0] } == [1_234_567_891, 0, 3000, 4096, 7, 2])
    #expect(series[4].metric == Metric("page_faults", .one))
  }

  @Test("progress tells each launch before it starts, and the last wall time")
  func progress() throws {
    var seen: [BenchmarkRunner.Progress] = []
    var runner = Self.runner([try Self.job("x", "true")], warmups: 1)
    try runner.advance(to: 2) { seen.append($0) }
    #expect(seen.map(\.iteration) == [.warmup(1), .round(1), .round(2)])
    #expect(seen.map(\.count) == [1, 2, 2])
    #expect(seen.map(\.done) == [0, 1, 2])
    #expect(seen.map(\.all) == [3, 3, 3])
    #expect(seen[0].last == nil && seen[1].last != nil)
    #expect(seen[2].last == runner.logs[0][0].usages[0].wallTime)
    #expect(seen[0].left == nil && seen[1].left != nil && seen[2].left != nil)
  }

  @Test("of a benchmark that was given up nothing is ahead any more, on either side")
  func leftAfterFailure() throws {
    var seen: [BenchmarkRunner.Progress] = []
    let bad = try ["true", "false"].map { try Self.job("bad", $0) }
    let good = try Self.job("good", "true")
    var runner = Self.runner([bad[0], good], [bad[1], good])
    try runner.advance(to: 1)
    try runner.advance(to: 3) { seen.append($0) }
    #expect(seen.map(\.job.benchmark.name) == ["good", "good", "good", "good"])
    #expect(seen.map(\.done) == [0, 1, 2, 3])
    #expect(seen.allSatisfy { $0.all == 4 && $0.left != nil })
  }

  @Test("going on needs no second warm-up, and adds rounds to those that there are")
  func goingOn() throws {
    var turns: [Iteration] = []
    var runner = Self.runner([try Self.job("x", "true")], warmups: 1)
    try runner.advance(to: 1) { turns.append($0.iteration) }
    try runner.advance(to: 3) { turns.append($0.iteration) }
    #expect(turns == [.warmup(1), .round(1), .round(2), .round(3)])
    #expect(runner.logs[0][0].usages.count == 3)
  }

  @Test("in each round every benchmark has its turn, in another order, the same for one seed")
  func order() throws {
    func order(_ seed: UInt64) throws -> [[String]] {
      var rounds: [[String]] = [[], [], []]
      let jobs = try ["a", "b", "c", "d"].map { try Self.job($0, "true") }
      var runner = Self.runner(jobs, seed: seed)
      try runner.advance(to: 3) { progress in
        guard case .round(let number) = progress.iteration else { return }
        rounds[number - 1].append(progress.job.benchmark.name)
      }
      return rounds
    }
    let one = try order(1)
    #expect(one.allSatisfy { $0.sorted() == ["a", "b", "c", "d"] })
    #expect(Set(one).count > 1)
    #expect(try order(1) == one)
    #expect(try order(2) != one)
  }

  @Test("two sides follow each other at once, each the first in every other round")
  func pairs() throws {
    var sides: [Int] = []
    var runner = Self.runner([try Self.job("x", "true")], [try Self.job("x", "true")])
    try runner.advance(to: 4) { sides.append($0.side) }
    #expect(sides == [0, 1, 1, 0, 0, 1, 1, 0])
    #expect(runner.logs.map { $0[0].usages.count } == [4, 4])
  }

  @Test("more sides follow each other at once, in an order that is drawn for each round")
  func manySides() throws {
    func order(_ seed: UInt64) throws -> [Int] {
      var sides: [Int] = []
      let jobs = try (0..<3).map { _ in [try Self.job("x", "true")] }
      var runner = BenchmarkRunner(
        sides: jobs, warmups: 0, generator: SeededGenerator(seed: seed))
      #expect(runner.order == .drawn)
      try runner.advance(to: 8) { sides.append($0.side) }
      return sides
    }
    let sides = try order(1)
    let rounds = stride(from: 0, to: 24, by: 3).map { Array(sides[$0..<$0 + 3]) }
    #expect(rounds.allSatisfy { $0.sorted() == [0, 1, 2] })
    #expect(Set(rounds).count > 2)
    #expect(try order(1) == sides)
    #expect(Self.runner([try Self.job("x", "true")]).order == nil)
    #expect(Self.runner([try Self.job("x", "true")], [try Self.job("x", "true")]).order == .abba)
  }

  @Test("where sides are not compared, one that fails or lacks a benchmark stops no other")
  func independentSides() throws {
    var seen: [BenchmarkRunner.Progress] = []
    let absent = BenchmarkJob(
      Benchmark(name: "bad"), LaunchError(Command("bad"), .notFound(nil)))
    let jobs = try [Self.job("bad", "true"), Self.job("bad", "false"), absent].map {
      try [Self.job("good", "true"), $0]
    }
    var runner = BenchmarkRunner(
      sides: jobs, isComparison: false, warmups: 0, generator: SeededGenerator(seed: 1))
    try runner.advance(to: 3) { seen.append($0) }
    #expect(runner.logs.map { $0[0].usages.count } == [3, 3, 3])
    #expect(runner.logs.map { $0[1].usages.count } == [3, 0, 0])
    #expect(runner.logs.map { $0[1].failure != nil } == [false, true, false])
    let last = try #require(seen.last)
    let time = try #require(last.left)
    // One launch is left: what failed is not waited for.
    #expect(time < .seconds(10) && last.done == seen.count - 1)
  }

  @Test("only those that are wanted go on")
  func wanted() throws {
    var runner = Self.runner([try Self.job("a", "true"), try Self.job("b", "true")])
    try runner.advance(to: 1)
    try runner.advance(to: 3, only: [1])
    #expect(runner.logs[0].map(\.usages.count) == [1, 3])
  }

  @Test("setup and cleanup stand around every launch, and are not measured")
  func around() throws {
    let folder = try Folder()
    let job = try Self.job(
      "x", "sh", ["-c", "echo run >>log"], in: Self.surroundings(folder.path),
      setup: "echo setup >>log", cleanup: "echo cleanup >>log")
    var runner = Self.runner([job], warmups: 1)
    try runner.advance(to: 1)
    let log = try String(contentsOfFile: "\(folder.path)/log", encoding: .utf8)
    #expect(log == "setup\nrun\ncleanup\nsetup\nrun\ncleanup\n")
    #expect(runner.logs[0][0].usages.count == 1)
  }

  @Test("what each launch prints is read for itself, without that of the warmups")
  func outputs() throws {
    let folder = try Folder()
    let launch = try Launch(
      Command("sh", ["-c", "echo x >>count; wc -l <count"]),
      in: Self.surroundings(folder.path), output: .captured)
    let job = BenchmarkJob(Benchmark(name: "x"), launch) { result throws(InputError) in
      let text = String(decoding: result.output, as: UTF8.self)
      return ParsedResults(context: ["count": text.filter(\.isNumber)])
    }
    var runner = Self.runner([job], warmups: 2)
    try runner.advance(to: 3)
    #expect(runner.logs[0][0].readings.map(\.context) == [3, 4, 5].map { ["count": "\($0)"] })
  }

  struct FailureCase: CustomTestStringConvertible, Sendable {
    let script: String
    let place: String
    let messages: String
    var testDescription: String { place }
  }

  static let failures = [
    FailureCase(
      script: "echo out; echo err >&2; exit 3",
      place: "command failed with status 3 in warmup 1", messages: "err"),
    FailureCase(
      script: "kill -9 $$", place: "command was killed by SIGKILL in warmup 1", messages: ""),
    FailureCase(
      script: "mkdir a || mkdir b || exit 7",
      place: "command failed with status 7 in round 2", messages: "mkdir"),
  ]

  @Test("a failing benchmark says which launch and why, and the others go on", arguments: failures)
  func failing(_ failure: FailureCase) throws {
    let folder = try Folder()
    let bad = try Self.job(
      "bad", "sh", ["-c", failure.script], in: Self.surroundings(folder.path))
    var runner = Self.runner([bad, try Self.job("good", "true")], warmups: 1)
    try runner.advance(to: 5)
    let error = try #require(runner.logs[0][0].failure as? LaunchError)
    #expect(error.description == "\(failure.place): sh -c '\(failure.script)'")
    #expect(error.messages.hasPrefix(failure.messages))
    let hint =
      failure.place.contains("SIGKILL")
      ? "the system does this too when memory runs out"
      : failure.place.contains("status")
        ? "launch it by itself to see why; `exitCodes` of a suite allows other statuses" : nil
    #expect(error.hint == hint)
    #expect(runner.logs[0][1].usages.count == 5)
    let reading = runner.logs[0][0].reading(of: Benchmark(name: "bad"))
    #expect(reading.failures.map(\.reason) == [error.description])
  }

  @Test("a benchmark that fails on one side is given up on both")
  func failingSide() throws {
    var runner = Self.runner([try Self.job("x", "true")], [try Self.job("x", "false")])
    try runner.advance(to: 3)
    #expect(runner.logs.map { $0[0].usages.count } == [1, 0])
    #expect(runner.logs[1][0].failure != nil)
  }

  @Test("what fails now and then is tried again, which is counted and said")
  func retries() throws {
    let folder = try Folder()
    let script = "mkdir a 2>/dev/null && exit 1; rmdir a"
    let job = try Self.job(
      "flaky", "sh", ["-c", script], in: Self.surroundings(folder.path), retries: 1)
    var runner = Self.runner([job])
    try runner.advance(to: 3)
    let log = runner.logs[0][0]
    #expect(log.failure == nil && log.usages.count == 3 && log.retries == 3)
    let parseNotes = log.reading(of: Benchmark(name: "flaky")).parseNotes.map(\.description)
    #expect(parseNotes == ["'flaky' failed and was tried again: 3 times"])
  }

  @Test("an exit status that is allowed is no failure")
  func allowed() throws {
    let job = try Self.job("x", "sh", ["-c", "exit 3"], allowed: [0, 3])
    var runner = Self.runner([job])
    try runner.advance(to: 2)
    #expect(runner.logs[0][0].usages.count == 2)
  }

  @Test("a program that vanishes between rounds is an error of that round")
  func vanishing() throws {
    let folder = try Folder()
    try folder.add("once", "#!/bin/sh\nrm once\n")
    var runner = Self.runner([
      try Self.job("x", "./once", in: Self.surroundings(folder.path))
    ])
    try runner.advance(to: 2)
    let error = runner.logs[0][0].failure as? LaunchError
    #expect(error?.iteration == .round(2))
    #expect(error?.reason == .refused("./once", .noFile))
  }
}

@Test(
  "a command is taken apart as a shell would",
  arguments: [
    ("a b", ["a", "b"]), ("  a\t b ", ["a", "b"]), ("'a b' c", ["a b", "c"]),
    (#""a b"c d"#, ["a bc", "d"]), (#"a\ b"#, ["a b"]), (#""a\"b" '\'"#, [#"a"b"#, #"\"#]),
    (#""a\n""#, [#"a\n"#]), ("''", [""]), ("$HOME *", ["$HOME", "*"]), ("a''b", ["ab"]),
    ("", nil), ("  ", nil), ("'a", nil), (#"a\"#, nil), (#""a"#, nil),
  ] as [(String, [String]?)])
func typedCommand(text: String, words: [String]?) {
  let command = Command(typed: text)
  #expect(command.map { [$0.program] + $0.arguments } == words)
}
