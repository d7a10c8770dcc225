import CommandLine
import Configuration
import Formats
import Measurements
import Runner
import Statistics
import System

/// What is launched and how, before anybody says where.
struct Plan {
  let definition: SuiteDefinition
  /// Of every benchmark that is timed.
  let labels: [String: String]
  /// Of the caller.
  let environment: [String: String]
  /// Where the output of launches that fail is kept; nil for nowhere.
  let outputs: OutputFolder?
  /// For the cost of what a launch prints of its tokens.
  let prices: Prices
  private let concurrentLoad: ConcurrentLoad?
  /// As far as this machine goes.
  private let metrics: [LaunchMetric]

  /// - Throws: ``UsageError`` where the definition contradicts itself, ``Diagnostic`` where it asks for
  ///   what this machine does not count.
  init(
    definition: SuiteDefinition, labels: [String: String], environment: [String: String],
    outputs: OutputFolder?, prices: Prices
  ) throws {
    self.definition = definition
    self.environment = environment
    self.prices = prices
    self.outputs = outputs
    concurrentLoad = try definition.concurrentLoad()
    try Self.checkNames(definition)
    try definition.checkMetrics()
    metrics = try definition.metrics.resolved()
    guard let concurrentLoad else {
      self.labels = labels
      return
    }
    // More or fewer at once are another benchmark.
    let label = ["concurrency": "\(concurrentLoad.workers)"]
    self.labels = labels.merging(label) { $1 }
    guard self.labels == label.merging(labels, uniquingKeysWith: { $1 }) else {
      throw UsageError(
        "the label 'concurrency' is \(concurrentLoad.workers), as so many run at once",
        hint: "choose another name for this label")
    }
  }

  /// A harness has names of its own.
  private static func checkNames(_ definition: SuiteDefinition) throws(UsageError) {
    guard definition.format == nil, definition.output == nil else { return }
    let names = definition.commands.map { $0.name ?? name(of: $0.command) }
    guard let twice = names.first(where: { name in names.count { $0 == name } > 1 }) else { return }
    throw UsageError(
      "two commands are called '\(twice)' in \(definition.place)",
      hint: "name them: `command = <name>: <command>`")
  }

  var rounds: Int { definition.rounds ?? (counts ? 3 : 10) }

  /// Those that a look asks for, or fewer where they say no more.
  func rounds(at look: InterimLook) -> Int { counts ? min(rounds, look.rounds) : look.rounds }

  /// One launch finds everything cold; what a harness prints, it has warmed up itself.
  var warmups: Int { definition.warmups ?? (isTimed && !counts ? 1 : 0) }

  var isTimed: Bool { definition.format == nil && definition.output == nil }

  /// What its commands are called.
  var benchmarks: Set<Benchmark> { Set(definition.commands.map { benchmark($0) }) }

  /// Whether instructions are counted, which takes valgrind.
  private var counts: Bool { metrics == [.callgrind] }

  /// Whether what it prints matters.
  private var isRead: Bool { definition.format != nil || !metrics.printed.isEmpty }

  /// - Parameters:
  ///   - root: The top of the work tree, or the directory of the caller.
  ///   - side: nil where there is one only.
  /// - Throws: ``Diagnostic`` where callgrind is missing. What there is no program or directory for is a
  ///   probe that fails.
  func jobs(in root: String, side: Side? = nil) throws -> [BenchmarkJob] {
    let surroundings = surroundings(in: root)
    let folder = counts ? try Callgrind.Folder(in: surroundings.temporaryDirectory) : nil
    return try definition.commands.enumerated().map { index, named in
      let callgrind = folder.map { Callgrind(folder: $0, prefix: "\(index).") }
      do {
        return try job(named, in: surroundings, root, side: side, callgrind)
      } catch let error as LaunchError {
        return BenchmarkJob(benchmark(named), error)
      }
    }
  }

  private func job(
    _ named: SuiteDefinition.NamedCommand, in surroundings: Surroundings, _ root: String,
    side: Side?, _ callgrind: Callgrind?
  ) throws -> BenchmarkJob {
    let benchmark = benchmark(named)
    let place = { (what: String?) in outputs?.place(benchmark.name, side?.word, what) }
    let launch =
      try callgrind?.launch(
        named.command, in: surroundings, limits: limits, keepingFailuresIn: place(nil))
      ?? Launch(
        named.command, in: surroundings, output: isRead ? .captured : .discarded, limits: limits,
        counting: metrics.counters, keepingFailuresIn: place(nil))
    let read =
      callgrind?.reader(of: benchmark) ?? reader(in: surroundings.directory)
      ?? metrics.printed.reader(
        of: benchmark, within: min(definition.timeout ?? .seconds(60), .seconds(60)))
    let definitions = definition.definitions(of: named.command, metrics: metrics, in: root)
    return BenchmarkJob(
      benchmark, launch,
      read: read.map(priced),
      isTimed: isTimed && !counts, forget: callgrind?.clear,
      setup: try script(definition.setup, in: surroundings, place("setup")),
      cleanup: try script(definition.cleanup, in: surroundings, place("cleanup")),
      allowed: definition.allowed, retries: definition.retries, concurrentLoad: concurrentLoad,
      fallback: callgrind?.fallback(
        for: named.command, in: surroundings, limits: limits, keepingFailuresIn: place(nil)),
      define: { definitions.byMetric[$0.metric.name] ?? definitions.common })
  }

  /// Builds what is to be measured.
  ///
  /// - Parameter side: nil where there is one only.
  func prepare(in root: String, side: Side? = nil) throws {
    guard let script = definition.prepare else { return }
    let launch = try Launch(
      Command("/bin/sh", ["-c", script]), in: surroundings(in: root), output: .captured,
      limits: Limits(timeout: definition.prepareTimeout),
      keepingFailuresIn: outputs?.place("prepare", side?.word))
    let result: Launch.Result
    do {
      result = try launch.run()
    } catch {
      throw Diagnostic(error).telling(error.kept)
    }
    guard result.ending != .exited(0) else { return }
    let output = String(decoding: result.output.suffix(2000), as: UTF8.self)
    throw Diagnostic(
      .unusable, "`prepare` failed\(side.map { " for \($0)" } ?? ""): \(script)",
      hint: "what it printed last is above; nothing was measured",
      details: (output + "\n" + result.messages).split(separator: "\n").suffix(20).map(String.init)
    ).telling(launch.keep(result))
  }

  func surroundings(in root: String) -> Surroundings {
    let folder = definition.workingDirectory.map { $0.hasPrefix("/") ? $0 : "\(root)/\($0)" }
    return Surroundings(
      directory: folder ?? root, environment: environment.merging(definition.environment) { $1 })
  }

  private var limits: Limits { Limits(timeout: definition.timeout) }

  private func script(
    _ text: String?, in surroundings: Surroundings, _ place: OutputPlace?
  ) throws -> Launch? {
    try text.map {
      try Launch(
        Command("/bin/sh", ["-c", $0]), in: surroundings, limits: limits, keepingFailuresIn: place)
    }
  }

  private func benchmark(_ named: SuiteDefinition.NamedCommand) -> Benchmark {
    Benchmark(name: named.name ?? Self.name(of: named.command), labels: labels)
  }

  /// The command as it was typed, but for the directory of its program: two of one program are two.
  private static func name(of command: Command) -> String {
    let program = command.program.split(separator: "/").last.map(String.init) ?? command.program
    return Command(program, command.arguments).description
  }
}

extension Plan {
  /// A path that leads into a work tree itself, and so to the same file on both sides of a pair.
  func fixedPath(inside top: String) -> String? {
    let paths =
      definition.commands.map(\.command.program)
      + [definition.workingDirectory, definition.output].compactMap(\.self)
    return paths.first { Self.isFixed($0, inside: top) }
  }

  /// An argument that does: data, maybe, that both sides are meant to share.
  func fixedArgument(inside top: String) -> String? {
    definition.commands.flatMap(\.command.arguments).first { Self.isFixed($0, inside: top) }
  }

  private static func isFixed(_ path: String, inside top: String) -> Bool {
    path.hasPrefix("/")
      && (OutputFile.target(of: path) + "/").hasPrefix(OutputFile.target(of: top) + "/")
  }

  /// With the cost of the tokens that are read.
  private func priced(_ read: @escaping BenchmarkJob.Reader) -> BenchmarkJob.Reader {
    { [prices] result throws(InputError) in prices.applied(to: try read(result)) }
  }

  /// Reads what a launch printed, or wrote into a file.
  private func reader(
    in directory: String
  ) -> BenchmarkJob.Reader? {
    guard !isTimed else { return nil }
    let format = definition.format
    let path = definition.output.map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
    return { result throws(InputError) in
      var input = Input(name: "output of a round", bytes: result.output)
      if let path {
        // The next launch must write it anew.
        defer { OutputFile.remove(path) }
        input = try Input(path: path, name: path)
      }
      guard let format else { return try Format.detect(input).read(input) }
      return try format.read(input)
    }
  }
}

extension [PrintedNumber] {
  /// Reads what a launch printed besides being timed; nil where nobody asks.
  fileprivate func reader(
    of benchmark: Benchmark, within limit: Duration
  ) -> BenchmarkJob.Reader? {
    guard !isEmpty else { return nil }
    return { result throws(InputError) in
      var series: [Series] = []
      for number in self {
        series.append(try number.series(of: benchmark, in: result.output, within: limit))
      }
      return ParsedResults(series: series)
    }
  }
}
