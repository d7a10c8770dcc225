import Intake
import Measurements
import Reports

/// What is going on, on one line of a terminal that is written over; nothing in a pipe.
struct ProgressLine {
  private let stream: Invocation.Stream?
  private let sides: [String]

  /// - Parameter sides: What they are called, where there are two.
  init(_ call: Call<some CommonSettings>, sides: [String] = []) {
    stream =
      call.err.isTerminal && call.settings.common.verbosity != .quiet ? call.err : nil
    self.sides = sides
  }

  func show(_ progress: Campaign.Progress) {
    guard let stream else { return }
    let side = sides.isEmpty ? "" : " \(sides[progress.side])"
    let last = progress.last.map { duration in
      ", last "
        + Scale(.nanoseconds, for: [Double(duration.nanoseconds)])
        .text(Double(duration.nanoseconds))
    }
    let name = progress.probe.benchmark.description.visible(limit: 30)
    let text =
      "\(bar(progress)) \(name)\(side.visible(limit: 20)) \(progress.turn) of \(progress.count)"
      + (last ?? "")
    stream("\r\u{1B}[K\(String(text.prefix((stream.width ?? 80) - 1)))")
  }

  /// What is being done where nothing is measured yet.
  func tell(_ text: String) {
    guard let stream else { return }
    stream("\r\u{1B}[K\(String(text.visible().prefix((stream.width ?? 80) - 1)))")
  }

  private func bar(_ progress: Campaign.Progress) -> String {
    let width = 20
    let full = progress.all > 0 ? min(width, width * progress.done / progress.all) : 0
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
  }

  func clear() { stream?("\r\u{1B}[K") }
}
