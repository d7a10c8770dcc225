import Measurements
import Reports
import Runner
import Statistics
import System

/// Shows the progress of a measurement. A terminal has one line that is written over. A pipeline,
/// whose log is read later, gets one line a minute.
final class ProgressLine {
  private let stream: ProcessContext.Stream?
  private let sides: [String]
  private var cadence: Cadence

  /// Starts a progress line.
  ///
  /// - Parameter sides: The names of the sides; empty if there is only one.
  init(_ call: CommandContext<some CommonSettings>, sides: [String] = []) {
    stream = call.settings.common.verbosity != .quiet ? call.err : nil
    self.sides = sides
    // Drawing more often would only take time.
    cadence =
      call.err.isTerminal ? Cadence(.milliseconds(50)) : Cadence(.seconds(60), since: .now)
  }

  /// Shows the progress of a launch.
  ///
  /// - Parameters:
  ///   - left: The time that is left; nil if it is unknown.
  ///   - state: The progress of a gate that judges its rounds at interim looks.
  func show(_ progress: BenchmarkRunner.Progress, _ left: TimeLeft?, at state: LookState? = nil) {
    guard let stream, cadence.isDue(at: .now) else { return }
    if let width = stream.width {
      stream("\r\u{1B}[K\(text(progress, left, state, width: width - 1))")
    } else {
      stream.line(line(progress, left, state))
    }
  }

  /// The line for a log, such as `look 2, 10 rounds, 3 of 6 settled, ~41 s left`.
  private func line(_ progress: BenchmarkRunner.Progress, _ left: TimeLeft?, _ state: LookState?)
    -> String
  {
    let name = progress.job.benchmark.description.visible(limit: 60)
    let place = state?.description ?? "\(progress.iteration) of \(progress.count) of '\(name)'"
    return ([place] + (left.map { [$0.description] } ?? [])).joined(separator: ", ")
  }

  /// Shows the progress of a measurement that ends when all rounds are done.
  func show(_ progress: BenchmarkRunner.Progress) {
    show(progress, progress.left.map { TimeLeft(time: $0, end: .nothing) })
  }

  /// The line for a terminal. The name is shortened to make room for the numbers. A number that has
  /// no room is left out, because a shortened number would be another one.
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

  /// The median of the rounds so far. If there are none, or if they measure no time, it is the time
  /// of the last launch.
  private func estimate(_ progress: BenchmarkRunner.Progress) -> String {
    func text(_ word: String, _ time: Double) -> String {
      ", \(word) \(Scale(.nanoseconds, for: [time]).text(time))"
    }
    let times = progress.usages.map { Double($0.wallTime.nanoseconds) }
    if let sample = try? Sample(times) { return text("median", sample.median) }
    return progress.last.map { text("last", Double($0.nanoseconds)) } ?? ""
  }

  /// Shows the progress of a measurement of many commits, as a text.
  ///
  /// - Parameter isStep: True if the text may have to stand for a long time.
  func show(_ text: String, isStep: Bool = false) {
    guard let stream else { return }
    guard let width = stream.width else {
      if cadence.isDue(at: .now) { stream.line(text.visible()) }
      return
    }
    if cadence.isDue(at: .now) || isStep {
      stream("\r\u{1B}[K\(String(text.visible().prefix(width - 1)))")
    }
  }

  /// Shows a step before measuring.
  ///
  /// - Parameter isLong: True if the step may take long.
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
