import Measurements
import System

extension Format {
  /// Text of GNU's `/usr/bin/time -v`.
  ///
  /// Fixtures: GNU time 1.9.
  package static let time = Format(
    name: "time", summary: "what GNU's `/usr/bin/time -v` writes",
    carries: .rounds, of: .command, recognizes: recognizesTime, read: readTime)
}

@Sendable
private func recognizesTime(_ input: Input) -> Bool {
  guard input.outline == nil else { return false }
  return input.hasLine(with: String(TimeLine.command)) { TimeLine($0)?.key == TimeLine.command }
}

/// Reads all launches. Each timed command is a launch. Output of the commands may be in between.
@Sendable
private func readTime(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = TimeReader(ResultBuilder(input, as: "time"))
  for line in try input.lines() { try reader.read(line) }
  return try reader.finish()
}

/// A line such as `User time (seconds): 0.02`, indented by a tab.
private struct TimeLine {
  static let command: Substring = "Command being timed"
  static let wall: Substring = "Elapsed (wall clock) time (h:mm:ss or m:ss)"
  static let status: Substring = "Exit status"

  let key: Substring
  let value: Substring

  init?(_ text: Substring) {
    // Some names contain colons, and so do some values.
    guard text.first == "\t", let start = text.firstRange(of: ": ") else { return nil }
    key = text[text.index(after: text.startIndex)..<start.lowerBound]
    value = text[start.upperBound...]
  }
}

private struct TimeReader {
  private var builder: ResultBuilder
  private var launch: TimedLaunch?
  /// The line `Command terminated by signal 9`, which precedes the figures.
  private var signal: String?

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    if line.text.hasPrefix("Command terminated by signal ")
      || line.text.hasPrefix("Command stopped by signal ")
    {
      signal = String(line.text).trimmed
    }
    guard let figure = TimeLine(line.text) else { return }
    if figure.key == TimeLine.command {
      try rejectUnfinished()
      launch = TimedLaunch(command: figure.value, line: line)
    } else if figure.key == TimeLine.status {
      try finish(status: figure.value, on: line)
    } else if launch != nil {
      try note(figure, on: line)
    }
  }

  private mutating func note(_ figure: TimeLine, on line: Line) throws(InputError) {
    guard let kept = TimedLaunch.kept[String(figure.key)] else {
      return builder.skip("figure '\(figure.key)'", at: .line(line))
    }
    let isWall = figure.key == TimeLine.wall
    guard let value = isWall ? Self.seconds(figure.value) : figure.value.finiteDecimal, value >= 0
    else {
      return try builder.reject("expected a number", at: .line(line))
    }
    launch?.figures.append(
      TimedLaunch.Figure(metric: kept.metric, value: value, unit: kept.unit, line: line))
  }

  /// The seconds of a time such as `1:02:03` or `2:03.45`.
  private static func seconds(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return nil }
    var seconds = 0.0
    for part in parts {
      guard let number = part.finiteDecimal, number >= 0 else { return nil }
      seconds = seconds * 60 + number
    }
    return seconds
  }

  private mutating func finish(status: Substring, on line: Line) throws(InputError) {
    guard let launch else { return }
    let ended = signal
    self.launch = nil
    signal = nil
    guard let status = Int(status) else {
      return try builder.reject("expected an exit status", at: .line(line))
    }
    guard status == 0, ended == nil else {
      return builder.fail(launch.benchmark, ended ?? "exit status \(status)")
    }
    for figure in launch.figures {
      try builder.add(
        [figure.value], to: launch.benchmark, figure.metric, in: figure.unit,
        at: .line(figure.line))
      if figure.metric == "wall_time", figure.value == 0 {
        builder.warn(
          "'\(launch.benchmark)' took no time: it is faster than a hundredth of a second, which is "
            + "all that GNU time tells", at: ResultBuilder.Place(line: figure.line.number))
      }
    }
  }

  private mutating func rejectUnfinished() throws(InputError) {
    guard let unfinished = launch else { return }
    launch = nil
    try builder.reject("the figures of a command break off", at: .line(unfinished.line))
  }

  consuming func finish() throws(InputError) -> ParsedResults {
    try rejectUnfinished()
    return builder.reading()
  }
}

private struct TimedLaunch {
  let benchmark: Benchmark
  let line: Line
  var figures: [Figure] = []

  struct Figure {
    let metric: String
    let value: Double
    let unit: String
    let line: Line
  }

  /// Begins a launch.
  ///
  /// - Parameter command: The command in quotation marks.
  init(command: Substring, line: Line) {
    let isQuoted = command.count >= 2 && command.first == "\"" && command.last == "\""
    benchmark = Benchmark(name: String(isQuoted ? command.dropFirst().dropLast() : command))
    self.line = line
  }

  /// The figures that are kept. A unit of `kbytes` is 1024 bytes.
  static let kept: [String: (metric: String, unit: String)] = [
    "User time (seconds)": ("user_time", "s"),
    "System time (seconds)": ("system_time", "s"),
    String(TimeLine.wall): ("wall_time", "s"),
    "Maximum resident set size (kbytes)": ("max_rss", "KiB"),
  ]
}
