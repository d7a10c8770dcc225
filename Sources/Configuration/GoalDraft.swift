import CommandLine
import Measurements
import Verdicts

/// A `[goal]` section as far as it has been read.
struct GoalDraft: Sendable {
  private let subsection: String
  /// The place of the first key of the section.
  private let place: String
  let heading: Setting.Heading
  var against: String?
  var change: Double?
  var benchmark: Pattern?
  var fails = false

  init(_ setting: Setting) {
    subsection = setting.subsection ?? "*"
    place = setting.place
    heading = setting.heading
  }

  /// Returns the goal that the section describes.
  ///
  /// - Throws: ``ConfigurationError`` if a key is missing.
  func goal() throws -> Goal {
    let missing = [("against", against == nil), ("change", change == nil)].filter(\.1)
    guard let against, let change else {
      throw ConfigurationError(
        "[goal \"\(subsection)\"] in \(place) has no "
          + missing.map { "'\($0.0)'" }.joined(separator: " and "),
        hint: "write `against = baselines/all.json` or a revision, and `change = -60%`, below it")
    }
    return Goal(
      metric: Pattern(subsection), benchmark: benchmark, against: against, change: change,
      fails: fails, place: place)
  }
}

extension ConfigurationKey {
  static let goals: [ConfigurationKey] = [
    goal(
      "against", .text("<revision|file>"), default: .words("required"),
      meaning: "What the goal is held against: a file of the judged commit, or a revision.",
      looser: .anyChange
    ) { $0.against = $1 },
    goal(
      "change", .change, default: .words("required"),
      meaning: "The change of these metrics that is wanted.", looser: .anyChange
    ) { $0.change = $1 },
    goal(
      "benchmark", .text("<pattern>"), default: .words("all benchmarks"),
      meaning: "The benchmarks that the goal is for.", looser: .anyChange
    ) { $0.benchmark = Pattern($1) },
    goal(
      "fail", .yesOrNo, default: .value("false"),
      meaning: "With `true` the gate fails with status 1 while the goal is not met.",
      looser: .words(["true", "false"], unset: "false")
    ) { $0.fails = $1 },
    .suite(of: "goal"),
  ]

  private static func goal<Value>(
    _ key: String, _ argument: Argument<Value>, default: Default, meaning: String,
    looser: Looseness, _ set: @escaping @Sendable (inout GoalDraft, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "goal.\(key)", argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .judging, looser: looser
    ) { configuration, value, setting in
      let known = configuration.goals.firstIndex { $0.heading == setting.heading }
      if known == nil { configuration.goals.append(GoalDraft(setting)) }
      set(&configuration.goals[known ?? configuration.goals.count - 1], value)
    }
  }
}

extension Argument where Value == Double {
  /// A change with its sign, `-60%` or `+20%`: at least -100 %.
  fileprivate static var change: Self {
    Argument("<signed percent>") { text throws(UsageError) in
      guard text.hasSuffix("%"), let value = Double(text.dropLast()), value.isFinite, value >= -100
      else {
        throw UsageError("not a change in per cent", hint: "write one like '-60%' or '+20%'")
      }
      return value / 100
    }
  }
}
