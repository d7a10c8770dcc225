import CommandLine
import Measurements
package import Verdicts

/// What `.perfconfig` and `git config perf.*` say, the latter going before the former.
package struct ProjectConfiguration: Sendable {
  package var notesRef = "refs/notes/perf"
  /// Names and patterns of branches, of which the nearest is compared with.
  package var bases: [String] = []
  /// Paths that cannot change a measurement, as `.gitignore` has patterns.
  var irrelevant: [String] = []
  /// Whose say it is how a change is judged.
  package var judge = PolicySource.change
  /// What reports call the project; nil where it needs no name.
  package var project: String?
  /// What is compared where nobody says which suite.
  package var suite: String?
  /// How many first-parent steps a baseline may be away.
  package var maxDistance = 50
  package var environmentRule = EnvironmentRule.same
  /// The fixed point to compare with besides: a revision, a pattern of tags, or a file.
  package var anchor: String?
  var policy = Policy()
  var waivers: [WaiverDraft] = []
  /// What stands below a subsection, and may be for one suite only.
  var sections: [Setting] = []
  /// For which suite a section is, where it says so.
  var suitesOfSections: [Setting.Heading: String] = [:]
  /// Where the waiver of a heading is among ``waivers``.
  var waiverPlaces: [Setting.Heading: Int] = [:]
  /// What files say of each series' budget, to find two that contradict each other.
  var budgetLimits: [BudgetSubject: Budget] = [:]
  /// Where each of the other keys was last set.
  package var places: [String: String] = [:]
  package var rounds: Int?
  package var warmups: Int?
  /// What can be measured, by name.
  package var suites: [String: SuiteDefinition] = [:]
  /// The metrics that decide in a suite, by its name; all where none is named.
  package var deciding: [String: [Pattern]] = [:]
  package var prices = Prices()
  /// What becomes of a machine that is not fit to measure.
  package var unfit = Response.warn
  package var missingResult = MissingResult.warn
  /// What becomes of a push whose rules are looser than those that it is compared with.
  package var loosenedPush = MissingResult.warn
  /// How long all runs stay.
  package var keepDays = 90
  /// How long those that stay keep their rounds.
  package var summarizeDays = 365
  package var environmentKey: String?
  package var environmentLabels: [String: String] = [:]
  /// Keys that nobody knows, as sentences; the first ones, and how many more there are.
  package var warnings: [String] = []
  var unknownKeys = 0

  package init() {}
}

/// Whether runs of other machines may be compared.
package enum EnvironmentRule: String, CaseIterable, Sendable {
  case same, any
}

/// What a push without a result, or without a baseline, comes to.
package enum MissingResult: String, CaseIterable, Sendable {
  case warn, fail
}

/// From where it is read how a change is judged: what it may be worse by, and what becomes of that.
package enum PolicySource: String, CaseIterable, Sendable {
  /// The change's own `.perfconfig`; what that loosens is told.
  case change
  /// That of the branch which it is meant for.
  case base
}

extension ProjectConfiguration {
  /// What some settings say, the later ones before the earlier.
  ///
  /// - Parameter isWhole: Whether they are all that counts, so that what they leave out is missing.
  /// - Throws: ``Diagnostic`` for what makes no sense, with its place.
  package static func saying(_ settings: [Setting], isWhole: Bool = true) throws
    -> ProjectConfiguration
  {
    var configuration = ProjectConfiguration()
    for setting in settings { try configuration.apply(setting) }
    if configuration.unknownKeys > 20 {
      configuration.warnings.append("unknown keys besides these: \(configuration.unknownKeys - 20)")
    }
    if isWhole { try configuration.validate() }
    return configuration
  }

  /// At the top of the tree.
  package static let fileName = ".perfconfig"

  private mutating func apply(_ setting: Setting) throws {
    guard let key = ConfigurationKey.of(setting) else {
      unknownKeys += 1
      if unknownKeys <= 20 {
        warnings.append(
          "unknown key '\(setting.fullName)' in \(setting.place)\(Self.remedy(for: setting))")
      }
      return
    }
    // What is measured, and what it costs, is the same whichever suite is judged.
    guard !key.takesPattern || ["suite", "price"].contains(setting.section) else {
      if setting.key == "suite" { suitesOfSections[setting.heading] = setting.value }
      return sections.append(setting)
    }
    try apply(key, setting)
  }

  /// - Throws: ``Diagnostic`` for a value that makes no sense, with its place.
  mutating func apply(_ key: ConfigurationKey, _ setting: Setting) throws {
    do {
      try key.apply(&self, setting)
      places[key.name] = setting.place
    } catch let error as UsageError {
      throw Diagnostic(
        .usage,
        "invalid value '\(setting.value)' for '\(key.name)' in \(setting.place): \(error.message)",
        hint: error.hint ?? "write another value there, or take the line out")
    }
  }
}

extension ProjectConfiguration {
  /// What was probably meant by a key that nobody knows.
  private static func remedy(for setting: Setting) -> String {
    if let key = ConfigurationKey.named[setting.name.lowercased()] {
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
