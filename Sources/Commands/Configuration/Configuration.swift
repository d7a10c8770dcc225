import Git
import Intake
import Measurements
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `.perfconfig` and `git config perf.*` say, the latter going before the former.
struct Configuration: Sendable {
  var notesRef = "refs/notes/perf"
  var base: String?
  /// What reports call the project; nil where it needs no name.
  var project: String?
  /// What is compared where nobody says which suite.
  var suite: String?
  /// How many first-parent steps a baseline may be away.
  var maxDistance = 50
  var environmentRule = EnvironmentRule.same
  /// The fixed point to compare with besides: a revision, a pattern of tags, or a file.
  var anchor: String?
  var policy = Policy()
  var waivers: [WaiverDraft] = []
  /// What stands below a subsection, and may be for one suite only.
  var sections: [Setting] = []
  /// Where each of the other keys was last set.
  var places: [String: String] = [:]
  var rounds: Int?
  var warmups: Int?
  /// What can be measured, by name.
  var suites: [String: SuiteDefinition] = [:]
  var prices = Prices()
  /// What becomes of a machine that is not fit to measure.
  var unfit = Response.warn
  var missingResult = MissingResult.warn
  /// How long all runs stay.
  var keepDays = 90
  /// How long those that stay keep their rounds.
  var summarizeDays = 365
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

/// What a number comes to that a tool computed from samples it did not keep.
enum SummaryRule: String, CaseIterable, Sendable {
  case incomparable, threshold
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
      for setting in try fileSettings(repository, "\(top)/\(fileName)") {
        try configuration.apply(setting)
      }
    } else if try repository.commitIfPresent("HEAD") != nil, try repository.hasFile(fileName) {
      configuration.warnings.append(
        "the \(fileName) of HEAD does not count in a bare repository: only git config does")
    }
    for entry in try gitConfiguration(repository, call) {
      guard let setting = Setting(gitConfig: entry) else { continue }
      try configuration.apply(setting)
    }
    try configuration.validate()
    return configuration
  }

  /// At the top of the work tree.
  static let fileName = ".perfconfig"

  /// What `git config` says under `perf.`.
  ///
  /// libgit2 reads the files; what stands in the environment, as `git -c` puts it there, only the git
  /// program knows.
  private static func gitConfiguration(
    _ repository: Repository, _ call: Call<some CommonSettings>
  ) throws -> [ConfigurationEntry] {
    let names = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL"]
    let git = GitProgram(call)
    guard names.contains(where: { git.environment[$0] != nil }) else {
      return try repository.perfConfiguration()
    }
    let listing = try git.launch(["config", "--list", "--null"])
    guard listing.ending == .exited(0) else {
      throw Complaint(
        .failure, "`git config --list` failed",
        hint:
          "try it by hand; its output goes through a file in \(git.surroundings().temporaryDirectory), "
          + "where there may be no room",
        details: listing.lastWords)
    }
    // The key, a line break and the value, each entry ending in a null byte.
    return listing.text.split(separator: "\0").compactMap {
      entry in
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0].hasPrefix("perf.") else { return nil }
      return ConfigurationEntry(
        key: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "true")
    }
  }

  private static func fileSettings(
    _ repository: Repository, _ path: String
  ) throws -> [Setting] {
    guard OutputFile.exists(path) || OutputFile.isLink(path) else { return [] }
    func fail(_ why: String, hint: String? = nil) -> Complaint {
      Complaint(.usage, "cannot read \(fileName): \(why)", hint: hint)
    }
    guard OutputFile.exists(path) else { throw fail("it is a link to nothing") }
    guard !OutputFile.isDirectory(path), !Platform.isDevice(path) else {
      throw fail("it is no ordinary file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw fail("permission denied")
    }
    let lines = ConfigurationLines(String(decoding: data, as: UTF8.self))
    if let line = lines.include {
      throw Complaint(
        .usage, "an include in \(fileName):\(line): other files are not read",
        hint: "write what it says into \(fileName), or into git config under `perf.`")
    }
    do {
      let entries = try repository.configuration(inFile: path)
      return zip(entries, lines.places(of: entries)).map(Setting.init)
    } catch {
      throw Complaint(
        .usage, error.description,
        hint: "it is written like `.gitconfig`: sections and `key = value`")
    }
  }

  /// The suites that a file of a commit defines, checked out somewhere.
  static func suites(
    inFile path: String, of repository: Repository
  ) throws -> [String: SuiteDefinition] {
    var configuration = Configuration()
    for setting in try fileSettings(repository, path) { try configuration.apply(setting) }
    return configuration.suites
  }

  private mutating func apply(_ setting: Setting) throws {
    guard let key = ConfigurationKey.all.first(where: { $0.matches(setting) }) else {
      warnings.append(
        "unknown key '\(setting.fullName)' in \(setting.place)\(Self.remedy(for: setting))")
      return
    }
    // What is measured, and what it costs, is the same whichever suite is judged.
    guard !key.takesPattern || ["suite", "price"].contains(setting.section) else {
      return sections.append(setting)
    }
    try apply(key, setting)
  }

  /// - Throws: ``Complaint`` for a value that makes no sense, with its place.
  mutating func apply(_ key: ConfigurationKey, _ setting: Setting) throws {
    do {
      try key.apply(&self, setting)
      places[key.name] = setting.place
    } catch let error as UsageError {
      throw Complaint(
        .usage,
        "invalid value '\(setting.value)' for '\(key.name)' in \(setting.place): \(error.message)",
        hint: error.hint ?? "write another value there, or take the line out")
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
    // Similar in either part, as the longer one would make up for a shorter one that is quite another.
    let names = ConfigurationKey.all.map(\.name).filter { name in
      zip(name.split(separator: "."), setting.name.split(separator: ".")).allSatisfy {
        Suggestion.nearest(to: String($1), among: [String($0)]) != nil
      }
    }
    return Suggestion.hint(for: setting.name, among: names).map { ", \($0)" } ?? ""
  }
}
