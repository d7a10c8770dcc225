import CommandLine
import Measurements
import Runner
import System

/// Shows the rounds of tasks as they end: on a terminal in one line that is written over, in a pipeline
/// a line a minute.
final class TaskProgress {
  private let stream: ProcessContext.Stream?
  private var cadence: Cadence
  private var ends: [RoundResult.End: Int] = [:]

  init(_ call: CommandContext<RecordSettings>) {
    stream = call.settings.common.verbosity != .quiet ? call.err : nil
    cadence =
      call.err.isTerminal ? Cadence(.milliseconds(50)) : Cadence(.seconds(60), since: .now)
  }

  func show(_ round: TaskRound, _ event: TaskRunner.Event) {
    if !event.isRepeated { ends[round.result.end, default: 0] += 1 }
    guard let stream, cadence.isDue(at: .now) else { return }
    let counts = RoundResult.End.allCases.compactMap { end in
      ends[end].map { "\($0) \(end.words)" }
    }
    let text = (["\(event.done) of \(event.all) rounds"] + counts).joined(separator: ", ")
    if let width = stream.width {
      let last = "; \(round.benchmark.description.visible(limit: 40))"
      stream("\r\u{1B}[K\(String((text + last).prefix(width - 1)))")
    } else {
      stream.line(text)
    }
  }

  func clear() {
    guard let stream, stream.isTerminal else { return }
    stream("\r\u{1B}[K")
  }
}

extension RoundResult.End {
  fileprivate var words: String {
    switch self {
    case .measured: "measured"
    case .solved: "solved"
    case .unsolved: "not solved"
    case .infrastructure: "infrastructure failures"
    case .failed: "failed"
    }
  }
}
