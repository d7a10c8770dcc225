import Foundation
import Intake
import Measurements
import Testing

extension TimingTests {
  static func recorder(
    _ program: String, _ arguments: [String] = [], in place: Surroundings = surroundings(),
    output: Launch.Output = .discarded, rounds: Int, warmups: Int = 0
  ) throws -> Recorder {
    let launch = try Launch(Command(program, arguments), in: place, output: output)
    return Recorder(launch, rounds: rounds, warmups: warmups)
  }

  @Test("four metrics are recorded, one sample for each round")
  func series() throws {
    let benchmark = Benchmark(name: "nothing", labels: ["size": "0"])
    let series = try Self.recorder("true", rounds: 3, warmups: 2).series(of: benchmark)
    #expect(series.map(\.metric) == [.wallTime, .userTime, .systemTime, .maxRSS])
    for one in series {
      #expect(one.benchmark == benchmark)
      #expect(one.source == "perf-record")
      #expect(one.rounds.map(\.samples.count) == [1, 1, 1])
      #expect(one.rounds.allSatisfy { $0.samples[0] >= 0 && $0.samples[0] < 1e12 })
    }
    #expect(series[0].rounds.allSatisfy { $0.samples[0] > 0 })
  }

  @Test("times are recorded in whole nanoseconds, memory in bytes, and nothing is a number too")
  func units() {
    let usage = Usage(
      wallTime: .nanoseconds(1_234_567_891), userTime: .zero, systemTime: .microseconds(3),
      maxRSS: 4096)
    let samples = [usage].series(of: Benchmark(name: "x")).map { $0.rounds[0].samples[0] }
    #expect(samples == [1_234_567_891, 0, 3000, 4096])
  }

  @Test("progress tells each launch before it starts, and the last wall time")
  func progress() throws {
    var seen: [Recorder.Progress] = []
    let results = try Self.recorder("true", rounds: 2, warmups: 1).results { seen.append($0) }
    #expect(seen.map(\.turn) == [.warmup(1), .round(1), .round(2)])
    #expect(seen.map(\.count) == [1, 2, 2])
    #expect(seen[0].last == nil && seen[1].last != nil)
    #expect(seen[2].last == results[0].usage.wallTime)
  }

  @Test("captured output comes round by round, without that of the warmups")
  func outputs() throws {
    let folder = try Folder()
    let script = "echo x >>count; wc -l <count"
    let recorder = try Self.recorder(
      "sh", ["-c", script], in: Self.surroundings(folder.path), output: .captured, rounds: 3,
      warmups: 2)
    let outputs = try recorder.results().map { String(decoding: $0.output, as: UTF8.self) }
    #expect(outputs.map { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } == [3, 4, 5])
  }

  struct Failure: CustomTestStringConvertible, Sendable {
    let script: String
    let place: String
    let messages: String
    var testDescription: String { place }
  }

  static let failures = [
    Failure(
      script: "echo out; echo err >&2; exit 3",
      place: "command failed with status 3 in warmup 1", messages: "err"),
    Failure(
      script: "kill -9 $$", place: "command was killed by SIGKILL in warmup 1", messages: ""),
    Failure(
      script: "mkdir a || mkdir b || exit 7",
      place: "command failed with status 7 in round 2", messages: "mkdir"),
  ]

  @Test("a failing launch ends the recording and says which and why", arguments: failures)
  func failing(_ failure: Failure) throws {
    let folder = try Folder()
    let recorder = try Self.recorder(
      "sh", ["-c", failure.script], in: Self.surroundings(folder.path), rounds: 5, warmups: 1)
    let error = #expect(throws: LaunchError.self) {
      try recorder.series(of: Benchmark(name: "x"))
    }
    #expect(error?.description == "\(failure.place): sh -c '\(failure.script)'")
    #expect(error?.messages.hasPrefix(failure.messages) == true)
    let isKilled = failure.place.contains("SIGKILL")
    #expect(error?.hint == (isKilled ? "the system does this too when memory runs out" : nil))
  }

  @Test("a program that vanishes between rounds is an error of that round")
  func vanishing() throws {
    let folder = try Folder()
    try folder.add("once", "#!/bin/sh\nrm once\n")
    let recorder = try Self.recorder("./once", in: Self.surroundings(folder.path), rounds: 2)
    let error = #expect(throws: LaunchError.self) { try recorder.results() }
    #expect(error?.turn == .round(2))
    #expect(error?.reason == .refused("./once", .noFile))
  }
}
