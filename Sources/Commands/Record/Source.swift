import Intake
import Measurements
import Reports

/// Where the numbers of a recording come from: a command that is timed, a command that prints
/// them, or files.
struct Source {
  let call: Call<RecordSettings>
  let place: Place

  private var settings: RecordSettings { call.settings }

  func reading() throws -> Reading {
    if let words = call.command {
      let command = Command(words[0], Array(words.dropFirst()))
      Interrupts.watch()
      guard let name = settings.format else { return try timed(command) }
      return try printed(by: command, try format(name))
    }
    return try settings.imports.map(imported).merged()
  }

  private func timed(_ command: Command) throws -> Reading {
    let progress = ProgressLine(call)
    defer { progress.clear() }
    let recorder = Recorder(
      try Launch(command, in: surroundings, limits: limits), rounds: rounds, warmups: warmups(1))
    return Reading(series: try recorder.series(of: benchmark(command), progress: progress.show))
  }

  private func printed(by command: Command, _ format: Format) throws -> Reading {
    let progress = ProgressLine(call)
    defer { progress.clear() }
    let recorder = Recorder(
      try Launch(command, in: surroundings, output: .captured, limits: limits), rounds: rounds,
      warmups: warmups(0))
    return try recorder.results(progress: progress.show).enumerated().map { index, result in
      try format.read(Input(name: "output of round \(index + 1)", bytes: result.output))
    }.merged()
  }

  private func imported(_ file: String) throws -> Reading {
    let input =
      file == "-" ? try Input.standardInput() : try Input(path: call.path(file), name: file)
    return try (settings.format.map(format) ?? Format.detect(input)).read(input)
  }

  private func format(_ name: String) throws -> Format {
    guard let format = Format.named(name) else { throw UsageError("unknown format '\(name)'") }
    return format
  }

  private func benchmark(_ command: Command) -> Benchmark {
    Benchmark(
      name: settings.name ?? Self.name(of: command),
      labels: settings.labels.reduce(into: [:]) { $0.merge($1) { $1 } })
  }

  /// The command as it was typed, but for the directory of its program: two of one program are two.
  private static func name(of command: Command) -> String {
    let program = command.program.split(separator: "/").last.map(String.init) ?? command.program
    return Command(program, command.arguments).description
  }

  private var surroundings: Surroundings {
    Surroundings(directory: call.directory, environment: call.invocation.environment)
  }

  private var limits: Limits { Limits(timeout: settings.timeout) }

  private var rounds: Int { settings.rounds ?? place.configuration.rounds ?? 10 }

  private func warmups(_ usual: Int) -> Int {
    settings.warmups ?? place.configuration.warmups ?? usual
  }
}

/// What is going on, on one line of a terminal that is written over; nothing in a pipe.
private struct ProgressLine {
  private let stream: Invocation.Stream?

  init(_ call: Call<RecordSettings>) {
    stream =
      call.err.isTerminal && call.settings.common.verbosity != .quiet ? call.err : nil
  }

  func show(_ progress: Recorder.Progress) {
    let last = progress.last.map { duration in
      ", last "
        + Scale(.nanoseconds, for: [Double(duration.nanoseconds)])
        .text(Double(duration.nanoseconds))
    }
    stream?("\r\u{1B}[K\(progress.turn) of \(progress.count)\(last ?? "")")
  }

  func clear() { stream?("\r\u{1B}[K") }
}
