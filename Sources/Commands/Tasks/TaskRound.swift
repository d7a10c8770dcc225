import Formats
import Measurements
import Runner
import System

/// A round of a task as a line of a journal: a run with the numbers that the task printed, and one more
/// member with how the round ended.
struct TaskRound {
  let benchmark: Benchmark
  let round: Int
  let result: RoundResult

  private static let key = "task"

  init(_ benchmark: Benchmark, _ round: Int, _ result: RoundResult) {
    self.benchmark = benchmark
    self.round = round
    self.result = result
  }

  /// Reads the line; nil for a line that is none, as that of a killed writer.
  init?(_ line: [UInt8]) {
    guard let record = try? RunRecord(line), case .object(let members) = record.json,
      case .object(let task)? = members[Self.key],
      case .string(let name)? = task["benchmark"], let labels = task["labels"]?.texts,
      case .integer(let round)? = task["round"], case .integer(let attempts)? = task["attempts"],
      let end = task["end"]?.text.flatMap(RoundResult.End.init)
    else { return nil }
    benchmark = Benchmark(name: name, labels: labels)
    self.round = Int(round)
    var result = RoundResult(end, reason: task["reason"]?.text ?? "")
    result.attempts = Int(attempts)
    result.usage = task["usage"].flatMap(Usage.init)
    result.leftOthers = task["leftOthers"] == .bool(true)
    if task["printed"] == .bool(true) {
      result.reading = ParsedResults(
        series: record.run.series, failures: record.run.failures,
        context: task["context"]?.texts ?? [:],
        parseNotes: task["warnings"]?.elements.compactMap { note in
          note.text.map { ParseNote(.warning, $0) }
        } ?? [])
    }
    self.result = result
  }

  /// The line, for a run that this is a part of.
  func line(of run: Run) -> [UInt8] {
    let reading = result.reading
    let part = Run(
      commit: run.commit, tree: run.tree, recordedAt: .now, session: run.session, suite: run.suite,
      tool: run.tool, environment: nil, series: reading?.series ?? [],
      failures: reading?.failures ?? [])
    guard case .object(var members) = part.json else { preconditionFailure("a run is an object") }
    let usage = result.usage.map(\.json) ?? .null
    let warnings = (reading?.parseNotes ?? []).filter { $0.weight == .warning }
    members[Self.key] = .object([
      "benchmark": .string(benchmark.name), "labels": .strings(benchmark.labels),
      "round": .integer(Int64(round)), "attempts": .integer(Int64(result.attempts)),
      "end": .string(result.end.rawValue), "reason": .string(result.reason), "usage": usage,
      "leftOthers": .bool(result.leftOthers), "printed": .bool(reading != nil),
      "context": .strings(reading?.context ?? [:]),
      "warnings": .array(warnings.map { .string($0.description) }),
    ])
    return JSONValue.object(members).line + [UInt8(ascii: "\n")]
  }
}

extension Usage {
  fileprivate init?(_ json: JSONValue) {
    guard case .object(let members) = json,
      case .integer(let wall)? = members["wall"], case .integer(let user)? = members["user"],
      case .integer(let system)? = members["system"],
      case .integer(let memory)? = members["maxRSS"],
      case .object(let counts)? = members["counts"]
    else { return nil }
    var counted: [Counter: Int64] = [:]
    for (name, count) in counts {
      guard let counter = Counter(rawValue: name), case .integer(let value) = count else {
        return nil
      }
      counted[counter] = value
    }
    self.init(
      wallTime: .nanoseconds(wall), userTime: .nanoseconds(user),
      systemTime: .nanoseconds(system), maxRSS: memory, counts: counted)
  }

  fileprivate var json: JSONValue {
    .object([
      "wall": .integer(wallTime.nanoseconds), "user": .integer(userTime.nanoseconds),
      "system": .integer(systemTime.nanoseconds), "maxRSS": .integer(maxRSS),
      "counts": .object(
        Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, .integer($1)) })),
    ])
  }
}

extension JSONValue {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  fileprivate var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  fileprivate var texts: [String: String]? {
    guard case .object(let members) = self else { return nil }
    let texts = members.compactMapValues(\.text)
    return texts.count == members.count ? texts : nil
  }
}
