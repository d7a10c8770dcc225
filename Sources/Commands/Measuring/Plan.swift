import CommandLine
import Configuration
import Formats
import Measurements
import Runner
import Statistics
import System

/// The commands to launch and how to launch them, without the folder.
struct Plan {
  let definition: SuiteDefinition
  /// The labels of every benchmark that is timed.
  let labels: [String: String]
  /// The environment variables of the caller.
  let environment: [String: String]
  /// The folder for the output of failed launches; nil for none.
  let outputs: OutputFolder?
  /// The prices that give the cost of tokens that a launch prints.
  let prices: Prices
  /// The numbers of workers that are measured in turns; empty for that of the definition.
  let concurrencies: [Int]
  /// The loads under which each command is launched; a single one without a load for one launch a
  /// round.
  private let loads: [Load]
  /// The metrics that this machine can count.
  private let metrics: [LaunchMetric]

  /// The way in which the commands are launched in a round.
  private struct Load {
    /// The definition with the number of workers of this load.
    let definition: SuiteDefinition
    /// The launches of a round, if several run at once; nil for a single launch.
    let concurrentLoad: ConcurrentLoad?

    /// The label that keeps loads of other numbers of workers apart.
    var labels: [String: String] {
      concurrentLoad.map { ["concurrency": "\($0.workers)"] } ?? [:]
    }
  }

  /// Checks a definition and makes a plan of it.
  ///
  /// - Throws: ``UsageError`` if the definition contradicts itself, ``Diagnostic`` if it asks for a
  ///   metric that this machine does not count.
  init(
    definition: SuiteDefinition, labels: [String: String], concurrencies: [Int] = [],
    environment: [String: String], outputs: OutputFolder?, prices: Prices
  ) throws {
    self.definition = definition
    self.environment = environment
    self.prices = prices
    self.outputs = outputs
    self.labels = labels
    self.concurrencies = concurrencies
    let workers: [Int?] = concurrencies.isEmpty ? [definition.concurrency] : concurrencies
    loads = try workers.map { workers in
      var definition = definition
      definition.concurrency = workers
      return Load(definition: definition, concurrentLoad: try definition.concurrentLoad())
    }
    try Self.checkNames(definition)
    try definition.checkMetrics()
    try definition.checkRounds()
    try definition.checkTasks()
    metrics = try definition.metrics.resolved()
    var recorded = definition
    recorded.metrics = metrics
    try recorded.checkMetrics()
    try checkLabels()
  }

  /// Checks that no label is called as that of the load is.
  private func checkLabels() throws(UsageError) {
    for load in loads {
      guard let workers = load.concurrentLoad?.workers else { continue }
      let typed = definition.commands.compactMap { labels(of: $0)["concurrency"] }
      guard typed.allSatisfy({ $0 == "\(workers)" }) else {
        throw UsageError(
          "the label 'concurrency' is \(workers), as so many run at once",
          hint: "choose another name for this label")
      }
    }
  }

  /// Checks that the names of commands differ. A harness has names of its own and is not checked.
  private static func checkNames(_ definition: SuiteDefinition) throws(UsageError) {
    guard definition.format?.namesBenchmarks != true || definition.recordsLaunches,
      definition.format != nil || definition.output == nil
    else { return }
    // Variants have one name, and their labels differ.
    let names = definition.commands.filter(\.labels.isEmpty).map { $0.name ?? name(of: $0.command) }
    guard let twice = names.first(where: { name in names.count { $0 == name } > 1 }) else { return }
    throw UsageError(
      "two commands are called '\(twice)' in \(definition.place)",
      hint: "name them: `command = <name>: <command>`")
  }

  var rounds: Int {
    definition.rounds
      ?? (counts ? SuiteDefinition.usualCountedRounds : SuiteDefinition.usualRounds)
  }

  /// The rounds that a look asks for. Where instructions are counted, never more than ``rounds``.
  func rounds(at look: InterimLook) -> Int { counts ? min(rounds, look.rounds) : look.rounds }

  /// The number of warm-ups: 1 for a timed command, as its first launch finds all caches cold. It
  /// is 0 for a harness, which warms up by itself, for callgrind, and for tasks, which may cost money.
  var warmups: Int {
    definition.warmups
      ?? (isTimed && !counts && !definition.isOfTasks ? SuiteDefinition.usualWarmups : 0)
  }

  /// The places of the jobs by batch.
  var batches: [[Int]] {
    let labels = loads.flatMap { load in definition.commands.map { benchmark($0, load).labels } }
    return definition.batches?.places(labels) ?? [Array(labels.indices)]
  }

  var isTimed: Bool { definition.format == nil && definition.output == nil }

  /// True if the benchmarks are those of the commands, so that they are known before anything runs.
  var namesBenchmarks: Bool { definition.namesBenchmarks }

  /// The benchmarks of the commands.
  var benchmarks: Set<Benchmark> {
    Set(loads.flatMap { load in definition.commands.map { benchmark($0, load) } })
  }

  /// True if valgrind counts instructions.
  private var counts: Bool { metrics == [.callgrind] }

  /// True if the output of a launch is read.
  private var isRead: Bool {
    definition.format != nil || !metrics.printed.isEmpty
      || definition.outcome.map { $0 != .exit } ?? false
  }

  /// The jobs of the plan in a folder.
  ///
  /// - Parameters:
  ///   - root: The top of the work tree, or the directory of the caller.
  ///   - side: The side; nil if there is only one.
  /// - Throws: ``LaunchError`` if nothing can be launched here, as without valgrind. A missing program
  ///   or directory makes a job that fails.
  func jobs(in root: String, side: Side? = nil) throws -> [BenchmarkJob] {
    let surroundings = surroundings(in: root)
    let folder = counts ? try Callgrind.Folder(in: surroundings.temporaryDirectory) : nil
    return try loads.flatMap { load in
      try definition.commands.enumerated().map { index, named in
        let callgrind = folder.map { Callgrind(folder: $0, prefix: "\(index).") }
        do {
          return try job(named, load, in: surroundings, root, side: side, callgrind)
        } catch let error as LaunchError where !error.isOurs {
          return BenchmarkJob(benchmark(named, load), error)
        }
      }
    }
  }

  private func job(
    _ named: SuiteDefinition.NamedCommand, _ load: Load, in surroundings: Surroundings,
    _ root: String, side: Side?, _ callgrind: Callgrind?
  ) throws -> BenchmarkJob {
    let benchmark = benchmark(named, load)
    let name = fileName(of: named, load)
    let place = { (what: String?) in outputs?.place(name, side?.word, what) }
    let limits = Limits(timeout: named.timeout ?? definition.timeout)
    let launch =
      try callgrind?.launch(
        named.command, in: surroundings, limits: limits, keepingFailuresIn: place(nil))
      ?? Launch(
        named.command, in: surroundings, output: isRead ? .captured : .discarded, limits: limits,
        counting: metrics.counters, keepingFailuresIn: place(nil),
        input: try named.input.map { try Self.contents(of: $0, in: root) } ?? [])
    let numbers = metrics.printed.reader(
      of: benchmark, within: min(definition.timeout ?? .seconds(60), .seconds(60)))
    let calls = reader(of: benchmark, in: surroundings.directory)
    let read =
      callgrind?.reader(of: benchmark) ?? calls.map { with(numbers, besides: $0) }
      ?? numbers.map(priced)
    let definitions = load.definition.definitions(of: named, metrics: metrics, in: root)
    return BenchmarkJob(
      benchmark, launch,
      read: read,
      isTimed: definition.recordsLaunches && !counts,
      sumsCalls: definition.sumsCalls, forget: callgrind?.clear,
      setup: try script(definition.setup, in: surroundings, place("setup")),
      cleanup: try script(definition.cleanup, in: surroundings, place("cleanup")),
      allowed: definition.allowed, retries: definition.retries, backoff: definition.backoff,
      outcome: definition.outcome, infrastructure: definition.infrastructure,
      concurrentLoad: load.concurrentLoad,
      fallback: callgrind?.fallback(
        for: named.command, in: surroundings, limits: limits, keepingFailuresIn: place(nil)),
      define: { definitions.byMetric[$0.metric.name] ?? definitions.common })
  }

  /// The contents of a file that a command reads on standard input.
  private static func contents(of path: String, in root: String) throws -> [UInt8] {
    let full = path.hasPrefix("/") ? path : "\(root)/\(path)"
    do throws(SystemError) {
      return try Platform.contents(of: full)
    } catch {
      throw Diagnostic(
        .unusable, "cannot read '\(path.visible(limit: 200))', the input of a task: \(error)",
        hint: "`input` is a file from the top of the work tree")
    }
  }

  /// Runs `prepare`, which builds the programs to measure.
  ///
  /// - Parameter side: The side; nil if there is only one.
  /// - Throws: ``PreparationError`` if the script fails or has to be ended, ``LaunchError`` if it
  ///   cannot be launched at all.
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
      throw PreparationError(diagnostic: Diagnostic(error).telling(error.kept))
    }
    guard result.ending != .exited(0) else { return }
    let output = String(decoding: result.output.suffix(2000), as: UTF8.self)
    let diagnostic = Diagnostic(
      .unusable, "`prepare` failed\(side.map { " for \($0)" } ?? ""): \(script)",
      hint: "what it printed last is above; nothing was measured",
      details: (output + "\n" + result.messages).split(separator: "\n").suffix(20).map(String.init))
    throw PreparationError(diagnostic: diagnostic.telling(launch.keep(result)))
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

  private func benchmark(_ named: SuiteDefinition.NamedCommand, _ load: Load) -> Benchmark {
    Benchmark(
      name: named.name ?? Self.name(of: named.command),
      labels: labels(of: named).merging(load.labels) { $1 })
  }

  private func labels(of named: SuiteDefinition.NamedCommand) -> [String: String] {
    labels.merging(named.labels) { $1 }
  }

  /// The name of a benchmark for files, which tells its variants and loads from each other.
  private func fileName(of named: SuiteDefinition.NamedCommand, _ load: Load) -> String {
    let parts = named.labels.values.sorted() + (loads.count > 1 ? load.labels.values.sorted() : [])
    return ([named.name ?? Self.name(of: named.command)] + parts).joined(separator: "-")
  }

  /// The name of a benchmark: the typed command without the directory of its program. Two commands
  /// with one program have two names.
  private static func name(of command: Command) -> String {
    let program = command.program.split(separator: "/").last.map(String.init) ?? command.program
    return Command(program, command.arguments).description
  }
}

extension Plan {
  /// A path of a program, working directory or output that leads into the work tree itself, and so
  /// to the same file on both sides of a pair; nil if there is none.
  func fixedPath(inside top: String) -> String? {
    let paths =
      definition.commands.map(\.command.program)
      + [definition.workingDirectory, definition.output].compactMap(\.self)
    return paths.first { Self.isFixed($0, inside: top) }
  }

  /// An argument that leads into the work tree itself; nil if there is none. It may name data that
  /// both sides are meant to share.
  func fixedArgument(inside top: String) -> String? {
    definition.commands.flatMap(\.command.arguments).first { Self.isFixed($0, inside: top) }
  }

  private static func isFixed(_ path: String, inside top: String) -> Bool {
    path.hasPrefix("/")
      && (OutputFile.target(of: path) + "/").hasPrefix(OutputFile.target(of: top) + "/")
  }
}
