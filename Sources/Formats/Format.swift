/// The output of one benchmark tool: how to recognize it and how to read it.
///
/// To add a format, write one file in `Formats/Tools`, add it to
/// ``all``, and give it a folder of fixtures. Help and detection use ``all``.
package struct Format: Sendable {
  /// The name for `--format`, such as `hyperfine`.
  package let name: String
  /// The tool or option that writes it, in one line for the help text.
  package let summary: String
  package let carries: Carries
  /// What the numbers of an output are about.
  package let subject: Subject
  /// Returns true if an input looks like this format, by
  /// ``Input/outline`` or its first lines. The rest of the input may still be wrong; ``read(_:)``
  /// reports that.
  package let recognizes: @Sendable (Input) -> Bool

  /// The file without numbers that explains those of a format's other files; nil if there is none.
  let companion: Companion?

  /// A file that is read beside the files with the numbers.
  package struct Companion: Sendable {
    /// The end of its name, such as `benchmarks.json`.
    let name: String
    let recognizes: @Sendable (Input) -> Bool
  }

  /// Reads the results of many commits; nil for a format with those of one.
  private let walk: HistoryRecord.Walk?
  private let reader: Reader

  package typealias Reader = @Sendable (Input) throws(InputError) -> ParsedResults

  /// The kind of numbers in one file of a format, which decides what evidence it can give.
  package enum Carries: String, Sendable {
    /// Several launches, each of which is a round.
    case rounds
    /// The samples of a single process, which together are one round.
    case samples
    /// A single number for each benchmark, computed by the tool.
    case summary
  }

  /// What the numbers of an output are about.
  package enum Subject: Sendable {
    /// Benchmarks that the output names, as a harness does.
    case benchmarks
    /// The command that was launched. The tool around it measures it and knows no benchmarks.
    case command
    /// The calls of language models during a launch, which knows no benchmarks either.
    case modelCalls
  }

  /// True if the output names its benchmarks. If it does not, the benchmark of a launch is called
  /// as the launched command is.
  package var namesBenchmarks: Bool { subject == .benchmarks }

  /// Makes a format. Pass a named function as `read`: a closure literal does not infer its
  /// typed error.
  package init(
    name: String, summary: String, carries: Carries, of subject: Subject = .benchmarks,
    recognizes: @escaping @Sendable (Input) -> Bool, read: @escaping Reader
  ) {
    self.init(
      name: name, summary: summary, carries: carries, of: subject, recognizes: recognizes,
      read: read, walk: nil)
  }

  /// Makes a format whose files collect the results of many commits. The newest entry is the one
  /// that is read.
  init(
    name: String, summary: String, carries: Carries,
    recognizes: @escaping @Sendable (Input) -> Bool, walk: @escaping HistoryRecord.Walk
  ) {
    self.init(
      name: name, summary: summary, carries: carries, recognizes: recognizes,
      read: { (input) throws(InputError) in try input.newest(walk, as: name) },
      walk: walk)
  }

  init(
    name: String, summary: String, carries: Carries, of subject: Subject = .benchmarks,
    recognizes: @escaping @Sendable (Input) -> Bool, read: @escaping Reader,
    walk: HistoryRecord.Walk?, companion: Companion? = nil
  ) {
    self.subject = subject
    self.companion = companion
    self.name = name
    self.summary = summary
    self.carries = carries
    self.recognizes = recognizes
    self.reader = read
    self.walk = walk
  }

  /// True if a file may be the companion of others, by its name.
  package static func mayExplainOthers(_ name: String) -> Bool {
    all.contains { $0.companion.map { name.hasSuffix($0.name) } ?? false }
  }

  /// True if an input holds no numbers but explains those of other files.
  package static func explainsOthers(_ input: Input) -> Bool {
    all.contains { $0.companion?.recognizes(input) ?? false }
  }

  /// True if a file has the results of many commits.
  package var hasHistory: Bool { walk != nil }

  /// Reads everything that the input reports.
  ///
  /// - Throws: ``InputError`` for what the format finds wrong, and for an input without any
  ///   benchmark, so that an empty result never passes for a good one.
  package func read(_ input: Input) throws(InputError) -> ParsedResults {
    let reading = try reader(input)
    guard !reading.isEmpty else {
      throw input.error(
        "holds no benchmark in format '\(name)'",
        hint: Self.all.first { $0.name != name && $0.recognizes(input) }
          .map { "it looks like format '\($0.name)'" }
          ?? "check that the tool ran its benchmarks, and that this is the file it wrote")
    }
    guard reading.importSummaries.isEmpty else { return reading }
    return reading.with(ImportSummary(of: reading, input: input.name, format: name))
  }

  /// Reads the results of all commits in the input.
  ///
  /// - Throws: ``InputError`` for what the format finds wrong, and for an input without any result.
  package func history(_ input: Input) throws(InputError) -> CommitHistory {
    guard let walk else {
      let others = Format.all.filter(\.hasHistory).map(\.name).joined(separator: ", ")
      throw input.error(
        "format '\(name)' has the results of one commit",
        hint: "leave `--history` out; it is for \(others)")
    }
    let commitHistory = try input.commitHistory(walk, as: name)
    guard !commitHistory.entries.isEmpty else {
      throw input.error(
        "holds no result of any commit in format '\(name)'",
        hint: "check that this is the file it wrote")
    }
    return commitHistory
  }
}

extension Format {
  package static let all: [Format] = [
    .hyperfine,
    .go,
    .pyperf,
    .pytestBenchmark,
    .jmh,
    .benchmarkDotNet,
    .asv,
    .packageBench,
    .perf,
    .xctest,
    .swiftTesting,
    .junit,
    .vitest,
    .benchmarkjs,
    .gab,
    .gabHistory,
    .bmf,
    .nyrkio,
    .otava,
    .k6,
    .k6Points,
    .julia,
    .csv,
    .ndjson,
    .googleBenchmark,
    .catch2,
    .catch2Console,
    .libtest,
    .libtestJSON,
    .criterionText,
    .criterion,
    .criterionCSV,
    .cargoCriterion,
    .hyperfineCSV,
    .time,
    .callgrind,
    .gungraun,
    .anthropic,
    .openAI,
    .otelGenAI,
    .codex,
    .geminiCLI,
    .liteLLM,
    .langfuse,
    .inspect,
    .sweBench,
    .promptfoo,
  ]
}
