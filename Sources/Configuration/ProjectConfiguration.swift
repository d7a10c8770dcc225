import CommandLine
import Measurements
package import Trends
package import Verdicts

/// The configuration of a project, from `.perfconfig` and `git config perf.*`. The latter takes
/// precedence.
package struct ProjectConfiguration: Sendable {
  package var notesRef = "refs/notes/perf"
  /// The names and patterns of base branches. A change is compared with the nearest of them.
  package var bases: [String] = []
  /// The patterns of paths that cannot change a measurement, as in `.gitignore`.
  var irrelevant: [String] = []
  /// The source of the rules by which a change is judged.
  package var judge = PolicySource.change
  /// The name of the project in reports; nil if it needs no name.
  package var project: String?
  /// The suite that is compared if nobody names one.
  package var suite: String?
  /// The largest distance of a baseline, in first-parent steps.
  package var maxDistance = 50
  package var environmentRule = EnvironmentRule.same
  /// The fixed point that is compared with as well: a revision, a pattern of tags, or a file.
  package var anchor: String?
  var policy = Policy()
  var waivers: [WaiverDraft] = []
  var goals: [GoalDraft] = []
  /// The settings below a subsection, which may apply to one suite only.
  var sections: [Setting] = []
  /// The suite of each section that names one.
  var suitesOfSections: [Setting.Heading: String] = [:]
  /// The index in ``waivers`` of the waiver of each heading.
  var waiverPlaces: [Setting.Heading: Int] = [:]
  /// The budgets of files, by their subject. They serve to find two that contradict each other.
  var budgetLimits: [BudgetSubject: Budget] = [:]
  /// The place at which each key was last set, by name of the key.
  package var places: [String: String] = [:]
  package var rounds: Int?
  package var warmups: Int?
  /// The suites that can be measured, by name.
  package var suites: [String: SuiteDefinition] = [:]
  /// The metrics that decide in a suite, by name of the suite. All metrics decide if none is named.
  package var deciding: [String: [Pattern]] = [:]
  package var prices = Prices()
  var classDrafts: [ClassDraft] = []
  var scoreDrafts: [ScoreDraft] = []
  var taskDrafts: [TaskDraft] = []
  var changeDrafts: [ChangeDraft] = []
  /// The tables of classes, in the order in which they were written.
  package private(set) var classes: [ClassTable] = []
  /// The scores, in the order in which they were written.
  package private(set) var scores: [Score] = []
  /// The answers of people to changes of level, in the order in which they were written.
  package private(set) var changeStatements: [ChangeStatement] = []
  /// The response to a regression of the base branch, where that is judged by itself.
  package var history = MissingResult.fail
  /// The number of days after which a regression that nobody accepted counts as absorbed.
  package var historyDays = 30
  /// The response to a machine that is not fit to measure.
  package var unfit = Response.warn
  package var missingResult = MissingResult.warn
  /// The response to a push whose rules are looser than those that it is compared with.
  package var loosenedPush = MissingResult.warn
  /// The number of days for which all runs are kept.
  package var keepDays = 90
  /// The number of days for which the kept runs keep their rounds.
  package var summarizeDays = 365
  package var environmentKey: String?
  package var environmentLabels: [String: String] = [:]
  /// The warnings about unknown keys, as sentences: the first ones, and the number of further ones.
  package var warnings: [String] = []
  var unknownKeys = 0

  package init() {}
}

/// The rule for comparing with runs of other machines.
package enum EnvironmentRule: String, CaseIterable, Sendable {
  case same, any
}

/// The response to a push without a result, or without a baseline.
package enum MissingResult: String, CaseIterable, Sendable {
  case warn, fail
}

/// The source of the rules by which a change is judged: the amount by which it may be worse, and
/// the response if it is.
package enum PolicySource: String, CaseIterable, Sendable {
  /// The change's own `.perfconfig`. Reports name the rules that it loosens.
  case change
  /// The `.perfconfig` of the branch that the change is meant for.
  case base
}

extension ProjectConfiguration {
  /// Returns the configuration that a list of settings describes. Later settings take precedence.
  ///
  /// - Parameter isWhole: True if there are no other settings, so that everything they leave out is
  ///   missing.
  /// - Throws: ``ConfigurationError`` for a setting that makes no sense, with its place.
  package static func saying(_ settings: [Setting], isWhole: Bool = true) throws
    -> ProjectConfiguration
  {
    var configuration = ProjectConfiguration()
    for setting in settings { try configuration.apply(setting) }
    if configuration.unknownKeys > 20 {
      configuration.warnings.append("unknown keys besides these: \(configuration.unknownKeys - 20)")
    }
    if isWhole {
      for draft in configuration.taskDrafts {
        let task = try draft.task()
        configuration.suites[draft.suite, default: SuiteDefinition(draft.place)].add(task)
      }
      try configuration.validate()
      configuration.classes = try configuration.classDrafts.map { try $0.table() }
      configuration.scores = try configuration.scoreDrafts.map { try $0.score() }
      configuration.changeStatements = try configuration.changeDrafts.map { try $0.statement() }
    }
    return configuration
  }

  /// The name of the configuration file at the top of the tree.
  package static let fileName = ".perfconfig"

  private mutating func apply(_ setting: Setting) throws {
    guard try !setting.isSpool(), try !setting.isOfProgramsOnly() else { return }
    guard let key = ConfigurationKey.of(setting) else {
      unknownKeys += 1
      if unknownKeys <= 20 {
        warnings.append(
          "unknown key '\(setting.fullName)' in \(setting.place)\(Self.remedy(for: setting))")
      }
      return
    }
    // These are the same, whichever suite is judged.
    let common = ["suite", "price", "class", "score", "task", "changepoint"]
    guard !key.takesPattern || common.contains(setting.section) else {
      if setting.key == "suite" { suitesOfSections[setting.heading] = setting.value }
      return sections.append(setting)
    }
    try apply(key, setting)
  }

  /// Applies a setting, whose key is known.
  ///
  /// - Throws: ``ConfigurationError`` for a value that makes no sense, with its place.
  mutating func apply(_ key: ConfigurationKey, _ setting: Setting) throws {
    do {
      try key.apply(&self, setting)
      places[key.name] = setting.place
    } catch let error as UsageError {
      let name = key.hasFreeName ? setting.name : key.name
      throw ConfigurationError(
        "invalid value '\(setting.value)' for '\(name)' in \(setting.place): \(error.message)",
        hint: error.hint ?? "write another value there, or take the line out")
    }
  }
}

extension Setting {
  /// True for `perf.spool`, which names files that programs take away.
  ///
  /// - Throws: ``ConfigurationError`` if a file of the tree sets it, because only the user of a repository
  ///   says which files these are.
  fileprivate func isSpool() throws -> Bool {
    guard section == "perf", subsection == nil, key.lowercased() == "spool" else { return false }
    guard !isReviewed else {
      throw ConfigurationError(
        "'perf.spool' in \(place) counts in git's configuration only",
        hint: "take it out there, and use `git config perf.spool <file>`")
    }
    return true
  }
}

extension ProjectConfiguration {
  /// Returns the end of the warning about an unknown key: the key that was probably meant, or how
  /// to write it; empty if nothing is near.
  private static func remedy(for setting: Setting) -> String {
    if let key = ConfigurationKey.anywhere(setting) {
      return key.subsection.map { ": write `[\(setting.section) \"\($0)\"]`" }
        ?? ": it takes no subsection"
    }
    // Both parts must be similar. Otherwise the longer one would make up for a shorter one that is
    // completely different.
    let names = ConfigurationKey.all.map(\.name).filter { name in
      zip(name.split(separator: "."), setting.name.split(separator: ".")).allSatisfy {
        Suggestion.nearest(to: String($1), among: [String($0)]) != nil
      }
    }
    return Suggestion.hint(for: setting.name, among: names).map { ", \($0)" } ?? ""
  }
}
