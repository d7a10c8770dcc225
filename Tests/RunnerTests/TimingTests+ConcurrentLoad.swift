import Formats
import Foundation
import Measurements
import Runner
import System
import Testing

/// Several launches at once.
extension TimingTests {
  static func concurrentLoad(
    _ script: String, _ concurrentLoad: ConcurrentLoad, in folder: Folder,
    allowed: Set<Int32> = [0],
    limits: Limits = Limits()
  ) throws -> ConcurrentLoad.Outcome {
    let launch = try Launch(
      Command("sh", ["-c", script]), in: surroundings(folder.path), limits: limits)
    return try launch.run(concurrentLoad, .round(1), allowing: allowed)
  }

  private func lines(_ name: String, in folder: Folder) throws -> [String] {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  @Test("so many launches as are asked for, from however many workers", arguments: [1, 4, 20])
  func requests(workers: Int) throws {
    let folder = try Folder()
    let outcome = try Self.concurrentLoad(
      "echo x >>log", ConcurrentLoad(workers: workers, until: .requests(20)), in: folder)
    #expect(try lines("log", in: folder).count == 20)
    #expect(outcome.latencies.count == 20 && outcome.failures == 0)
    #expect(outcome.latencies.allSatisfy { $0 > .zero && $0 <= outcome.wallTime })
  }

  @Test("as many run at once as there are workers")
  func atOnce() throws {
    let folder = try Folder()
    // Each waits for three others.
    let script = "echo x >>log; while [ $(wc -l <log) -lt 4 ]; do sleep 0.01; done"
    let outcome = try Self.concurrentLoad(
      script, ConcurrentLoad(workers: 4, until: .requests(4)), in: folder,
      limits: Limits(timeout: .seconds(60)))
    #expect(outcome.latencies.count == 4 && outcome.failures == 0)
  }

  @Test("never more run at once than there are workers")
  func notMore() throws {
    let folder = try Folder()
    let script = "mkdir slot.$$; ls -d slot.* | wc -l >>counts; rmdir slot.$$"
    _ = try Self.concurrentLoad(
      script, ConcurrentLoad(workers: 3, until: .requests(30)), in: folder)
    let counts = try lines("counts", in: folder).map { Int($0.filter(\.isNumber)) ?? 0 }
    #expect(counts.count == 30 && counts.allSatisfy { (1...3).contains($0) })
  }

  @Test("what has begun before the time is over is waited for, and counts")
  func duration() throws {
    let folder = try Folder()
    let outcome = try Self.concurrentLoad(
      "echo begun >>log; sleep 0.1; echo ended >>log",
      ConcurrentLoad(workers: 2, until: .duration(.milliseconds(1))), in: folder)
    let log = try lines("log", in: folder)
    #expect(log.count { $0 == "begun" } == outcome.latencies.count)
    #expect(log.count { $0 == "ended" } == outcome.latencies.count)
    #expect((1...2).contains(outcome.latencies.count))
  }

  @Test("every other launch of one worker fails: counted, and the first one's messages kept")
  func failing() throws {
    let folder = try Folder()
    let script = "mkdir a 2>/dev/null && echo why >&2 && exit 3; rmdir a"
    let outcome = try Self.concurrentLoad(
      script, ConcurrentLoad(workers: 1, until: .requests(20)), in: folder)
    #expect(outcome.failures == 10 && outcome.latencies.count == 10)
    #expect(outcome.firstFailure?.reason == .exited(3))
    #expect(outcome.firstFailure?.iteration == .round(1))
    #expect(outcome.firstFailure?.messages == "why")
  }

  @Test("failures among several workers are those that there were")
  func failingAtOnce() throws {
    let folder = try Folder()
    let script = "mkdir a 2>/dev/null && echo x >>failed && exit 1; rmdir a 2>/dev/null; exit 0"
    let outcome = try Self.concurrentLoad(
      script, ConcurrentLoad(workers: 4, until: .requests(40)), in: folder)
    #expect(try lines("failed", in: folder).count == outcome.failures)
    #expect(outcome.latencies.count == 40 - outcome.failures)
  }

  @Test("a status that is allowed is no failure; a round of nothing but failures is one")
  func allFail() throws {
    let folder = try Folder()
    let concurrentLoad = ConcurrentLoad(workers: 2, until: .requests(6))
    #expect(
      try Self.concurrentLoad("exit 3", concurrentLoad, in: folder, allowed: [3]).failures == 0)
    let error = #expect(throws: LaunchError.self) {
      try Self.concurrentLoad("echo x >>log; exit 3", concurrentLoad, in: folder)
    }
    #expect(error?.reason == .exited(3))
    #expect(try lines("log", in: folder).count == 6)
  }

  @Test("a stuck launch is ended and counted, with its children, and the others go on")
  func stuck() throws {
    let folder = try Folder()
    let script = "mkdir a 2>/dev/null || exit 0; sleep 1000 & echo $! >child; sleep 1000"
    let limit = Duration.milliseconds(300)
    let outcome = try Self.concurrentLoad(
      script, ConcurrentLoad(workers: 2, until: .requests(8)), in: folder,
      limits: Limits(timeout: limit))
    #expect(outcome.failures == 1 && outcome.latencies.count == 7)
    #expect(outcome.firstFailure?.reason == .cut(.timeout(limit)))
    let child = try #require(pid_t(try lines("child", in: folder)[0]))
    for _ in 0..<500 where kill(child, 0) == 0 { usleep(10_000) }
    #expect(kill(child, 0) != 0)
  }

  @Test("of one that writes without end no more is kept than the limit")
  func keptFlood() throws {
    let folder = try Folder()
    let limits = Limits(bytes: 100_000)
    let kept = try OutputFolder(at: folder.path, name: "kept")
    let launch = try Launch(
      Command("yes"), in: Self.surroundings(folder.path), limits: limits,
      keepingFailuresIn: kept.place("x"))
    let error = #expect(throws: LaunchError.self) {
      try launch.run(ConcurrentLoad(workers: 1, until: .requests(1)), .round(1))
    }
    #expect(error?.reason == .cut(.flood(limits.bytes)))
    #expect(
      error?.kept == .files(output: "kept/x-round-1.out", messages: "kept/x-round-1.err"))
    let text = try String(contentsOfFile: "\(folder.path)/x-round-1.out", encoding: .utf8)
    #expect(text == String(repeating: "y\n", count: limits.bytes / 2))
  }

  @Test("a program that vanishes fails from then on")
  func vanishingAtOnce() throws {
    let folder = try Folder()
    try folder.add("once", "#!/bin/sh\nrm once\n")
    let launch = try Launch(Command("./once"), in: Self.surroundings(folder.path), limits: Limits())
    let outcome = try launch.run(ConcurrentLoad(workers: 1, until: .requests(5)), .round(1))
    #expect(outcome.latencies.count == 1 && outcome.failures == 4)
    #expect(outcome.firstFailure?.reason == .refused("./once", .noFile))
  }

  @Test("six metrics are recorded, one value for each round, and failed launches are said")
  func trafficSeries() throws {
    let folder = try Folder()
    let script = "mkdir a 2>/dev/null && echo why >&2 && exit 3; rmdir a"
    let benchmark = Benchmark(name: "x", labels: ["concurrency": "1"])
    let job = BenchmarkJob(
      benchmark,
      try Launch(
        Command("sh", ["-c", script]), in: Self.surroundings(folder.path), limits: Limits()),
      concurrentLoad: ConcurrentLoad(workers: 1, until: .requests(4)))
    var runner = Self.runner([job], warmups: 1)
    try runner.advance(to: 3)
    let reading = runner.logs[0][0].reading(of: benchmark)
    let metrics: [Metric] = [
      .throughput, .latencyP50, .latencyP95, .latencyP99, .latencyMax, .errorRate,
    ]
    #expect(reading.series.map(\.metric) == metrics)
    for series in reading.series {
      #expect(series.benchmark == benchmark && !series.isSummary)
      #expect(series.rounds.map(\.samples.count) == [1, 1, 1])
    }
    let values = reading.series.map { $0.rounds[0].samples[0] }
    #expect(values[0] > 0 && values[1] > 0)
    #expect(values[1] <= values[2] && values[2] <= values[3] && values[3] == values[4])
    #expect(reading.series[5].rounds.map(\.samples) == [[0.5], [0.5], [0.5]])
    #expect(
      reading.parseNotes.map(\.description) == [
        "'\(benchmark)': command failed with status 3 in round 1: \(launchText(script)) (why), "
          + "and 5 more launches"
      ])
  }

  private func launchText(_ script: String) -> String { "\(Command("sh", ["-c", script]))" }
}
