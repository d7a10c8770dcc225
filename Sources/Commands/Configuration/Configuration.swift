import Git
import Intake
import Verdicts

/// What `.perfconfig` and `git config perf.*` say, the latter going before the former.
struct Configuration: Sendable {
  var notesRef = "refs/notes/perf"
  var base: String?
  /// What is compared where nobody says which suite.
  var suite: String?
  /// How many first-parent steps a baseline may be away.
  var maxDistance = 50
  var environmentRule = EnvironmentRule.same
  var policy = Policy()
  var rounds: Int?
  var warmups: Int?
  var missingResult = MissingResult.warn
  var environmentKey: String?
  var environmentLabels: [String: String] = [:]
  /// Keys that nobody knows, as sentences.
  var warnings: [String] = []
}

/// Whether runs of other machines may be compared.
enum EnvironmentRule: String, CaseIterable, Sendable {
  case same, any
}

/// What a push without a result, or without a baseline, comes to.
enum MissingResult: String, CaseIterable, Sendable {
  case warn, fail
}

/// What a benchmark comes to that is in the baseline only.
enum MissingBenchmark: String, CaseIterable, Sendable {
  case fail, ignore
}

/// What an undecided series comes to.
enum InconclusiveRule: String, CaseIterable, Sendable {
  case warn, fail
}

extension Configuration {
  /// Reads both places of a repository.
  static func read(
    _ repository: Repository, _ call: Call<some CommonSettings>
  ) throws -> Configuration {
    var configuration = Configuration()
    if let top = repository.workTree {
      for entry in try fileEntries(repository, "\(top)/.perfconfig") {
        try configuration.apply(Setting(entry, place: ".perfconfig"))
      }
    }
    for entry in try gitConfiguration(repository, call) {
      guard let setting = Setting(gitConfig: entry) else { continue }
      try configuration.apply(setting)
    }
    return configuration
  }

  /// What `git config` says under `perf.`.
  ///
  /// libgit2 reads the files; what stands in the environment, as `git -c` puts it there, only the git
  /// program knows.
  private static func gitConfiguration(
    _ repository: Repository, _ call: Call<some CommonSettings>
  ) throws -> [ConfigurationEntry] {
    let names = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL"]
    let environment = call.invocation.environment
    guard names.contains(where: { environment[$0] != nil }) else {
      return try repository.perfConfiguration()
    }
    let command = Command("git", ["config", "--list", "--null"])
    let surroundings = Surroundings(directory: call.directory, environment: environment)
    let listing = try Launch(command, in: surroundings, output: .captured).run()
    guard listing.ending == .exited(0) else {
      throw Complaint(
        .failure, "`git config --list` failed",
        details: listing.messages.split(separator: "\n").map(String.init))
    }
    // The key, a line break and the value, each entry ending in a null byte.
    return String(decoding: listing.output, as: UTF8.self).split(separator: "\0").compactMap {
      entry in
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0].hasPrefix("perf.") else { return nil }
      return ConfigurationEntry(
        key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true")
    }
  }

  private static func fileEntries(
    _ repository: Repository, _ path: String
  ) throws -> [ConfigurationEntry] {
    do {
      return try repository.configuration(inFile: path)
    } catch {
      throw Complaint(
        .usage, error.description,
        hint: "it is written like `.gitconfig`: sections and `key = value`")
    }
  }

  private mutating func apply(_ setting: Setting) throws {
    guard let key = ConfigurationKey.all.first(where: { $0.matches(setting) }) else {
      warnings.append(
        "unknown key '\(setting.fullName)' in \(setting.place)\(Self.remedy(for: setting))")
      return
    }
    do {
      try key.apply(&self, setting)
    } catch let error as UsageError {
      throw Complaint(
        .usage,
        "invalid value '\(setting.value)' for '\(key.name)' in \(setting.place): \(error.message)",
        hint: error.hint)
    }
  }
}

extension Configuration {
  /// What was probably meant by a key that nobody knows.
  private static func remedy(for setting: Setting) -> String {
    if let key = ConfigurationKey.all.first(where: { $0.isNamed(as: setting) }) {
      return key.takesPattern
        ? ": write `[\(setting.section) \"<pattern>\"]`" : ": it takes no subsection"
    }
    let names = ConfigurationKey.all.map(\.name)
    return Suggestion.hint(for: setting.name, among: names).map { ", \($0)" } ?? ""
  }
}

/// One value under a key, as somebody wrote it.
struct Setting: Sendable {
  let section: String
  let subsection: String?
  let key: String
  let value: String
  /// `.perfconfig` or `git config`.
  let place: String

  init(_ entry: ConfigurationEntry, place: String) {
    section = entry.section
    subsection = entry.subsection
    key = entry.name
    value = entry.value
    self.place = place
  }

  /// `perf.gate.base` is `gate.base`, `perf.benchmark.parse/*.threshold` the threshold of a
  /// benchmark; `perf.notesRef` stays what it is.
  init?(gitConfig entry: ConfigurationEntry) {
    let parts = entry.subsection?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
    guard let section = parts.first else {
      self.init(entry, place: "git config")
      return
    }
    self.init(
      ConfigurationEntry(
        section: section, subsection: parts.count > 1 ? parts[1] : nil, name: entry.name,
        value: entry.value),
      place: "git config")
  }

  /// Without the subsection, which is a pattern.
  var name: String { "\(section).\(key)" }

  /// As git writes it.
  var fullName: String { subsection.map { "\(section).\($0).\(key)" } ?? name }
}
