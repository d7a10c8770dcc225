import CommandLine
import Configuration
import Formats
import Git
import Measurements
import Reports
import Runner
import Statistics
import System

/// The source of a recording's numbers: launched commands, or files.
struct Source {
  let call: CommandContext<RecordSettings>
  /// The prices of the tokens that files count; nil if they are applied when the run is stored.
  /// The tokens of several models are priced at once nevertheless, because they are summed.
  let prices: Prices?
  /// The plan of what is launched; nil if files are read.
  let plan: Plan?
  /// The top of the work tree; nil outside one.
  private let root: String?

  /// Makes a source.
  ///
  /// - Parameter place: The place of the runs; nil if nothing of the repository is known.
  init(call: CommandContext<RecordSettings>, place: RecordTarget? = nil, plan: Plan? = nil) {
    self.call = call
    self.plan = plan
    prices = place?.configuration.prices
    root = place?.root
  }

  private var settings: RecordSettings { call.settings }

  /// The numbers to store.
  struct Numbers {
    let reading: ParsedResults
    /// The digest of the files; nil if the numbers were measured.
    var digest: String?
    /// The load average before each round; empty for files.
    var roundLoads: [Double] = []
  }

  /// Measures, or reads the files.
  ///
  /// - Parameter seed: The seed of the order in which benchmarks are launched.
  func numbers(seed: Int64 = 0) throws -> Numbers {
    try plan.map { try measured($0, seed) } ?? imported(settings.imports)
  }

  private func measured(_ plan: Plan, _ seed: Int64) throws -> Numbers {
    Interrupts.watch()
    let root = call.typesCommands ? nil : root
    let directory = root ?? call.directory
    try plan.prepare(in: directory)
    let jobs = try plan.jobs(in: directory)
    var runner = BenchmarkRunner(
      sides: [jobs], warmups: plan.warmups,
      generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
    let progress = ProgressLine(call)
    defer { progress.clear() }
    try runner.advance(to: plan.rounds, progress: progress.show)
    // If a single typed command fails, the error is reported at once and nothing is stored.
    let log = runner.logs[0][0]
    if call.command != nil, jobs.count == 1, let failure = log.failure {
      throw Diagnostic(failure).telling(log.kept.latest)
    }
    progress.clear()
    call.showLastWords(in: runner)
    return Numbers(reading: runner.readings(of: [jobs])[0], roundLoads: runner.loads)
  }

  private func imported(_ files: [String]) throws -> Numbers {
    var digests: [String] = []
    var reader = ResultReader(
      prices: prices, isPerCall: settings.per == .call, name: settings.name,
      labels: call.typedLabels)
    var areSums = settings.name != nil && settings.per != .call
    var readings = try read(files) { format, input in
      digests.append(try input.digest())
      areSums = areSums && format.subject == .modelCalls
      try call.checkNamed(format, input)
      let parsed = try reader.parsed(input, as: format)
      if reader.prices == nil, parsed.hasSeveralModels {
        reader.prices = try Workspace.ifAny(call)?.configuration.prices
      }
      return try reader.finished(parsed, as: format)
    }
    readings = areSums ? readings.aligned() : readings.zeroFilled()
    let commits = Set(readings.compactMap(\.namedCommit?.id)).sorted()
    guard commits.count < 2 || settings.commit != nil else {
      throw Diagnostic(
        .usage,
        "the files are of \(commits.count) commits, such as \(commits[0]) and \(commits[1])",
        hint:
          "import those of each commit by themselves, or say with `--commit <revision>` which it is"
      )
    }
    // The digest does not depend on the order in which the files are named.
    let digest = try ObjectID(hashing: Array(digests.sorted().joined(separator: "\n").utf8))
    return Numbers(
      reading: readings.merged(areFiles: true), digest: String(digest.description.prefix(16)))
  }

  /// The histories of many commits that the files hold.
  func commitHistories() throws -> [CommitHistory] {
    try read(settings.imports) { format, input in try format.history(input) }
  }

  private func read<Result>(
    _ files: [String], as result: (Format, Input) throws -> Result
  ) throws -> [Result] {
    let explanations = try self.explanations(among: files)
    let others = files.filter { explanations[$0] == nil }
    return try (others.isEmpty ? files : others).map { file in
      var input = try input(file)
      input.companions = explanations.sorted { $0.key < $1.key }.map(\.value)
      warn(of: input)
      return try result(settings.format ?? Format.detect(input), input)
    }
  }

  /// Warns if a file also has results of other formats, which are not read because one format
  /// was named.
  private func warn(of input: Input) {
    let others = settings.format?.others(in: input) ?? []
    guard !others.isEmpty else { return }
    let names = others.map { "'\($0.name)'" }.joined(separator: " and ")
    call.warn("\(input.name.visible()) has results of \(names), too, which are not read")
  }

  private func input(_ file: String) throws -> Input {
    let limit = settings.maxSize ?? Input.usualLimit
    var input =
      file == "-"
      ? try Input.standardInput(limit: limit)
      : try Input(path: call.path(file), name: file, limit: limit)
    input.isLenient = settings.isLenient
    return input
  }

  /// The files without numbers that explain the numbers of the others, by file name.
  private func explanations(among files: [String]) throws -> [String: Input] {
    var explanations: [String: Input] = [:]
    for file in files where files.count > 1 && Format.mayExplainOthers(file) {
      let input = try input(file)
      if Format.explainsOthers(input) { explanations[file] = input }
    }
    return explanations
  }
}

extension CommandContext where Settings == RecordSettings {
  /// The labels of `--label`.
  fileprivate var typedLabels: [String: String] {
    settings.labels.reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  /// Checks that a file names no benchmarks, if options name them.
  fileprivate func checkNamed(_ format: Format, _ input: Input) throws {
    guard settings.name != nil || !settings.labels.isEmpty, format.namesBenchmarks else { return }
    throw UsageError(
      "\(input.name.visible()) is of format '\(format.name)', which has names of its own",
      hint: "leave out --name and --label")
  }
}

extension Input {
  /// The digest of the bytes; for a folder, that of its files and their names.
  fileprivate func digest() throws -> String {
    guard let directory else { return try ObjectID(hashing: bytes).description }
    // An entry that is no file, or is too large to be read, counts with its name.
    let files = try directory.files.map { file in
      let id = try (try? directory.input(at: file)).map { try ObjectID(hashing: $0.bytes) }
      return "\(file) \(id?.description ?? "")"
    }
    return try ObjectID(hashing: Array(files.joined(separator: "\n").utf8)).description
  }
}

extension CommandContext where Settings == RecordSettings {
  /// The plan for the typed command, or for the suite of the configuration. Options have precedence
  /// over both.
  ///
  /// - Parameter root: The top of the work tree; nil outside one.
  func plan(_ configuration: ProjectConfiguration, in root: String?) throws -> Plan {
    let labels = typedLabels
    var definition =
      try settings.variants.isEmpty
      ? command.map(typed) ?? configuration.definition(of: settings.suite)
      : SuiteDefinition(comparing: settings.variants, name: settings.name, besides: labels)
    if typesCommands { definition.format = settings.format }
    definition.per = settings.per ?? definition.per
    definition.rounds = settings.rounds ?? definition.rounds ?? configuration.rounds
    definition.parallel = settings.parallel ?? definition.parallel
    definition = try definition.withPrintedTasks(
      in: root ?? directory, environment: process.environment)
    // A launch of a task may cost money, so that only the suite itself asks for warm-ups.
    definition.warmups =
      settings.warmups ?? definition.warmups
      ?? (definition.isOfTasks ? nil : configuration.warmups)
    definition.timeout = settings.timeout ?? definition.timeout
    definition.retries = settings.retries ?? definition.retries
    definition.concurrency = settings.concurrency.first ?? definition.concurrency
    if settings.duration != nil || settings.requests != nil {
      (definition.duration, definition.requests) = (settings.duration, settings.requests)
    }
    if !settings.metrics.isEmpty {
      definition.metrics = settings.metrics
    } else if !typesCommands {
      definition = try definition.recording(configuration.deciding[suite(configuration)] ?? [])
    }
    return try Plan(
      definition: definition, labels: labels, concurrencies: settings.concurrency,
      environment: process.environment, outputs: try outputFolder(settings.keepOutput),
      prices: configuration.prices)
  }

  private func typed(_ words: [String]) -> SuiteDefinition {
    var definition = SuiteDefinition("the command line")
    let command = Command(words[0], Array(words.dropFirst()))
    definition.commands = [.init(name: settings.name, command: command)]
    return definition
  }
}

extension ProjectConfiguration {
  /// The suite with a name; without one, the suite that `.perfconfig` chooses, else the default.
  func definition(of name: String?) throws -> SuiteDefinition {
    let name = name ?? suite ?? Run.defaultSuite
    guard let definition = suites[name], definition.hasCommands else {
      throw UsageError(
        suites[name].map { "suite '\(name)' in \($0.place) has no command" }
          ?? "nothing to record: there is no suite '\(name)'",
        hint: Suggestion.hint(for: name, among: suites.keys.sorted())
          ?? "measure with `perf-record -- <command>`, read with `perf-record --import <file>`, or write "
          + "`command = <command>` below `[suite \"\(name)\"]` in \(Self.fileName)")
    }
    return definition
  }
}
