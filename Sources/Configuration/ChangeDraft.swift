import CommandLine
import Measurements
import Trends
import Verdicts

/// A `[changepoint]` section as far as it has been read.
struct ChangeDraft: Sendable {
  private let subsection: String
  /// The place of the first key of the section.
  private let place: String
  let heading: Setting.Heading
  var commit: String?
  var answers: [ChangeStatement.Answer: String] = [:]
  var metric: Pattern?
  var isWorse: Bool?
  var isOfCreep = false
  var ceiling: Double?
  var machine: String?
  var suite: String?
  var id: String?

  init(_ setting: Setting) {
    subsection = setting.subsection ?? "*"
    place = setting.place
    heading = setting.heading
  }

  /// Returns the statement that the section makes.
  ///
  /// - Throws: ``ConfigurationError`` if a key is missing, or if two contradict each other.
  func statement() throws(ConfigurationError) -> ChangeStatement {
    guard let commit, let (answer, reason) = answers.first, answers.count == 1 else {
      throw ConfigurationError(
        "[changepoint \"\(subsection)\"] in \(place) "
          + (answers.count > 1
            ? "has both 'accepted' and 'invalid'"
            : "has no \(commit == nil ? "'commit'" : "'accepted' and no 'invalid'")"),
        hint: "write `commit = <revision>` and `accepted = <reason>`, or `invalid = <reason>`, "
          + "below it; `perf-log changes --accept <id>` writes all of it")
    }
    let (benchmark, metric) = (Pattern(subsection), metric)
    return ChangeStatement(
      answer, reason: reason, id: id, commit: commit, isOfCreep: isOfCreep, ceiling: ceiling,
      isWorse: isWorse, machine: machine, suite: suite, place: place
    ) { id in
      benchmark.matches(id.benchmark.name) && metric?.matches(id.metric) ?? true
    }
  }
}

extension ConfigurationKey {
  /// The keys by which people answer for changes that `perf-log changes` shows.
  static let changes: [ConfigurationKey] = [
    change(
      "commit", .text("<revision>"), default: .words("required"),
      meaning:
        "The first commit of the new level, of a creep the release before it; it may be three "
        + "measured commits off."
    ) { $0.commit = $1 },
    change(
      "accepted", .words, default: .words("one of the two is required"),
      meaning:
        "The reason why the change stays; it is no regression any more that anything fails for."
    ) { $0.answers[.accepted] = $1 },
    change(
      "invalid", .words, default: .words("one of the two is required"),
      meaning: "The reason why there was no change, such as a broken machine."
    ) { $0.answers[.invalid] = $1 },
    change(
      "metric", .text("<pattern>"), default: .words("all metrics"),
      meaning: "The metrics that it is about."
    ) { $0.metric = Pattern($1) },
    change(
      "direction", .direction, default: .words("both"),
      meaning: "The direction of the change: `worse` or `better`."
    ) { $0.isWorse = $1 },
    change(
      "creep", .yesOrNo, default: .words("a step"),
      meaning: "With `true` it is about many small changes since that commit, and no step."
    ) { $0.isOfCreep = $1 },
    change(
      "ceiling", .ceiling, default: .words("any size"),
      meaning: "The largest change that it is about; a larger one is open again."
    ) { $0.ceiling = $1 },
    change(
      "machine", .text("<key>"), default: .words("all machines"),
      meaning: "The key of the machine whose numbers changed."
    ) { $0.machine = $1 },
    change(
      "suite", .text("<name>"), default: .words("all suites"), meaning: "The suite of the series."
    ) { $0.suite = $1 },
    change(
      "id", .text("<id>"), default: .nothing,
      meaning: "The id under which the change was accepted, which it keeps."
    ) { $0.id = $1 },
  ]

  private static func change<Value>(
    _ key: String, _ argument: Argument<Value>, default: Default, meaning: String,
    _ set: @escaping @Sendable (inout ChangeDraft, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "changepoint.\(key)", argument, takesPattern: true, default: `default`,
      meaning: meaning, role: .judging, looser: .never
    ) { configuration, value, setting in
      let known = configuration.changeDrafts.firstIndex { $0.heading == setting.heading }
      if known == nil { configuration.changeDrafts.append(ChangeDraft(setting)) }
      set(&configuration.changeDrafts[known ?? configuration.changeDrafts.count - 1], value)
    }
  }
}

extension Argument where Value == Bool {
  /// The direction of a change: true for `worse`.
  fileprivate static var direction: Self {
    Argument("worse|better") { text throws(UsageError) in
      switch text {
      case "worse": true
      case "better": false
      default: throw UsageError("neither worse nor better", hint: "write one of the two")
      }
    }
  }
}
