import CommandLine
import Formats
import Measurements
import Runner
import Statistics
import System

/// The file of `--log`: a line of JSON for each launch of a task.
struct TaskLog {
  private let spool: LineSpool
  private let typed: String

  /// - Throws: ``Diagnostic`` if the file cannot be written.
  init(_ path: String, typed: String) throws {
    spool = LineSpool(path)
    self.typed = typed
    try append([])
  }

  func note(_ round: TaskRound, _ event: TaskRunner.Event) throws {
    let usage = round.result.usage
    let line = JSONValue.object([
      "time": .string(Timestamp.now.description), "task": .string(round.benchmark.name),
      "labels": .strings(round.benchmark.labels), "round": .integer(Int64(round.round)),
      "attempt": .integer(Int64(round.result.attempts)),
      "end": .string(round.result.end.rawValue), "repeated": .bool(event.isRepeated),
      "reason": round.result.reason.isEmpty ? .null : .string(round.result.reason),
      "duration": .number(event.duration / .seconds(1)),
      "wallTime": usage.map { .number($0.wallTime / .seconds(1)) } ?? .null,
      "numbers": .object(numbers(of: round)),
    ])
    try append(line.line + [UInt8(ascii: "\n")])
  }

  private func numbers(of round: TaskRound) -> [String: JSONValue] {
    Dictionary(
      (round.result.reading?.series ?? []).compactMap { series in
        series.rounds.first?.samples.median.map { (series.metric.name, .number($0)) }
      }, uniquingKeysWith: { one, _ in one })
  }

  private func append(_ line: [UInt8]) throws {
    do throws(SystemError) {
      try spool.append(line)
    } catch {
      throw Diagnostic(.failure, "cannot write '\(typed.visible(limit: 200))': \(error)")
    }
  }
}
