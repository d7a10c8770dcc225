import Git
import History
import Intake
import Measurements
import Reports

/// One side of a comparison, with its numbers in hand.
struct Contender {
  let party: Party
  let series: [Series]
  /// What a reader should know about how it was read.
  let warnings: [String]
}

extension Contender {
  /// The runs of a commit.
  init(_ selection: Selection, name: String) {
    party = Party(
      name: name, commit: selection.commit.id.description, tree: selection.commit.tree.description,
      runs: selection.runs.map(\.id.description), environment: selection.environment)
    series = selection.runs.flatMap(\.run.series).pooled()
    warnings = []
  }

  /// What a file holds: numbers of a tool, or of this project's own runs those of one suite and
  /// machine, the newest five.
  ///
  /// - Parameters:
  ///   - machine: The key of the machine that is wanted, where that matters.
  ///   - suite: Whose runs are wanted.
  init(
    _ file: ReadFile, suite: String, machine: String?, anyEnvironment: Bool
  ) throws {
    let runs = file.reading.records.map(\.run)
    let ofSuite = runs.filter { $0.suite == suite }
    guard runs.isEmpty || !ofSuite.isEmpty else {
      let suites = Set(runs.map(\.suite)).sorted().joined(separator: ", ")
      throw Complaint(
        .nothingToCompare, "'\(file.name)' has no run of suite '\(suite)', only of \(suites)",
        hint: "name the suite with `--suite <name>`")
    }
    let newest = ofSuite.sorted {
      ($0.recordedAt?.description ?? "") > ($1.recordedAt?.description ?? "")
    }
    let keys = newest.map { $0.environment?.key }
    let key = machine != nil && keys.contains(machine) ? machine : keys.first ?? nil
    let chosen = newest.filter { anyEnvironment || $0.environment?.key == key }.prefix(5)
    party = Party(
      name: file.name, commit: Self.shared(chosen.map(\.commit)),
      tree: Self.shared(chosen.map(\.tree)), runs: [], environment: chosen.first?.environment)
    series = (file.reading.series + chosen.flatMap(\.series)).pooled()
    warnings = file.reading.remarks.filter { $0.weight == .warning }.map(\.description)
  }

  /// What all have in common, if they do.
  private static func shared(_ values: [String?]) -> String? {
    Set(values).count == 1 ? values[0] : nil
  }
}

/// A file and all that was found in it.
struct ReadFile {
  let name: String
  let reading: Reading

  /// - Throws: For a file that does not parse, and for one that reports failed benchmarks.
  init(path: String, typed name: String) throws {
    let input = try Input(path: path, name: name)
    reading = try Format.detect(input).read(input)
    self.name = name
    guard reading.failures.isEmpty else {
      throw Complaint(
        .unusable, "'\(name)' reports failed benchmarks", hint: "a failure is no measurement",
        details: reading.failures.map(\.description))
    }
  }
}
