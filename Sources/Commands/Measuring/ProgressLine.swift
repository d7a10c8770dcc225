import Measurements
import Reports
import Runner
import Statistics
import System

/// What is going on: on one line of a terminal that is written over; in a pipeline, whose log somebody
/// reads, a line a minute.
final class ProgressLine {
  private let stream: ProcessContext.Stream?
  private let sides: [String]
  private var cadence: Cadence

  /// - Parameter sides: What they are called, where there are two.
  init(_ call: CommandContext<some CommonSettings>, sides: [String] = []) {
    stream = call.settings.common.verbosity != .quiet ? call.err : nil
    self.sides = sides
    // What is drawn more often only takes time.
    cadence =
      call.err.isTerminal ? Cadence(.milliseconds(50)) : Cadence(.seconds(60), since: .now)
  }

  /// - Parameters:
  ///   - left: As far as that is known.
  ///   - state: How far a gate has come that looks at its rounds now and then.
  func show(_ progress: BenchmarkRunner.Progress, _ left: TimeLeft?, at state: LookState? = nil) {
    guard let stream, cadence.isDue(at: .now) else { return }
    if let width = stream.width {
      stream("\r\u{1B}[K\(text(progress, left, state, width: width - 1))")
    } else {
      stream.line(line(progress, left, state))
    }
  }

  /// `look 2, 10 rounds, 3 of 6 settled, ~41 s left`.
  private func line(_ progress: BenchmarkRunner.Progress, _ left: TimeLeft?, _ state: LookState?)
    -> String
  {
    let name = progress.job.benchmark.description.visible(limit: 60)
    let place = state?.description ?? "\(progress.iteration) of \(progress.count) of '\(name)'"
    return ([place] + (left.map { [$0.description] } ?? [])).joined(separator: ", ")
  }

  /// The same where nothing is left to do when all rounds are there.
  func show(_ progress: BenchmarkRunner.Progress) {
    show(progress, progress.left.map { TimeLeft(time: $0, end: .nothing) })
  }

  /// The name gives way to the numbers, and a number that there is no room for is left out: cut, it
  /// would be another one.
  private func text(
    _ progress: BenchmarkRunner.Progress, _ left: TimeLeft?, _ state: LookState?, width: Int
  ) -> String {
    let side = sides.isEmpty ? "" : " \(sides[progress.side])"
    let iteration = "\(side.visible(limit: 20)) \(progress.iteration) of \(progress.count)"
    let left = left.map { ", \($0)" } ?? ""
    let room = width - bar(progress).count - 1 - iteration.count - left.count
    let name = progress.job.benchmark.description.visible(limit: min(30, max(10, room)))
    let start = String("\(bar(progress)) \(name)\(iteration)".prefix(width))
    let settled = state?.settled.map { ", \($0)" } ?? ""
    return [left, settled, estimate(progress)].reduce(start) { text, number in
      text.count + number.count > width ? text : text + number
    }
  }

  /// What the rounds so far say; before there are any, and where they say something else than a time,
  /// how long the last launch took.
  private func estimate(_ progress: BenchmarkRunner.Progress) -> String {
    func text(_ word: String, _ time: Double) -> String {
      ", \(word) \(Scale(.nanoseconds, for: [time]).text(time))"
    }
    let times = progress.usages.map { Double($0.wallTime.nanoseconds) }
    if let sample = try? Sample(times) { return text("median", sample.median) }
    return progress.last.map { text("last", Double($0.nanoseconds)) } ?? ""
  }

  /// What is being done where nothing is measured yet.
  ///
  /// - Parameter isLong: Whether it may be waited for.
  func tell(_ text: String, isLong: Bool) {
    guard let stream else { return }
    if let width = stream.width {
      stream("\r\u{1B}[K\(String(text.visible().prefix(width - 1)))")
    } else if isLong {
      stream.line(text.visible())
    }
  }

  private func bar(_ progress: BenchmarkRunner.Progress) -> String {
    let width = 20
    let full = progress.all > 0 ? min(width, width * progress.done / progress.all) : 0
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
  }

  func clear() {
    guard let stream, stream.isTerminal else { return }
    stream("\r\u{1B}[K")
  }
}
