import Intake
import Measurements
import Reports
import Statistics

/// What is going on, on one line of a terminal that is written over; nothing in a pipe.
final class ProgressLine {
  private let stream: Invocation.Stream?
  private let sides: [String]
  private var lastShown: SuspendingClock.Instant?

  /// - Parameter sides: What they are called, where there are two.
  init(_ call: Call<some CommonSettings>, sides: [String] = []) {
    stream =
      call.err.isTerminal && call.settings.common.verbosity != .quiet ? call.err : nil
    self.sides = sides
  }

  /// - Parameter left: As far as that is known.
  func show(_ progress: Campaign.Progress, _ left: TimeLeft?) {
    guard let stream, isDue else { return }
    stream("\r\u{1B}[K\(text(progress, left, width: (stream.width ?? 80) - 1))")
  }

  /// Whether somebody would see another line: what is drawn more often only takes time.
  private var isDue: Bool {
    let now = SuspendingClock.now
    if let lastShown, now - lastShown < .milliseconds(50) { return false }
    lastShown = now
    return true
  }

  /// The same where nothing is left to do when all rounds are there.
  func show(_ progress: Campaign.Progress) {
    show(progress, progress.left.map { TimeLeft(time: $0, end: .nothing) })
  }

  /// The name gives way to the numbers, and a number that there is no room for is left out: cut, it
  /// would be another one.
  private func text(_ progress: Campaign.Progress, _ left: TimeLeft?, width: Int) -> String {
    let side = sides.isEmpty ? "" : " \(sides[progress.side])"
    let turn = "\(side.visible(limit: 20)) \(progress.turn) of \(progress.count)"
    let left = left.map { ", \($0)" } ?? ""
    let room = width - bar(progress).count - 1 - turn.count - left.count
    let name = progress.probe.benchmark.description.visible(limit: min(30, max(10, room)))
    let start = String("\(bar(progress)) \(name)\(turn)".prefix(width))
    return [left, estimate(progress)].reduce(start) { text, number in
      text.count + number.count > width ? text : text + number
    }
  }

  /// What the rounds so far say; before there are any, and where they say something else than a time,
  /// how long the last launch took.
  private func estimate(_ progress: Campaign.Progress) -> String {
    func text(_ word: String, _ time: Double) -> String {
      ", \(word) \(Scale(.nanoseconds, for: [time]).text(time))"
    }
    let times = progress.usages.map { Double($0.wallTime.nanoseconds) }
    if let sample = try? Sample(times) { return text("median", sample.median) }
    return progress.last.map { text("last", Double($0.nanoseconds)) } ?? ""
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
