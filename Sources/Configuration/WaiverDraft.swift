import CommandLine
import Measurements
import Verdicts

/// A `[waiver]` section as far as it has been read.
struct WaiverDraft: Sendable {
  private let subsection: String
  /// The place of the first key of the section.
  private let place: String
  private var keys: Set<String> = []
  private var metric: Pattern?
  private var ceiling: Double?
  private var expires: Day?
  private var reason: String?
  private var states: Set<Waiver.State> = []

  private init(_ setting: Setting) {
    subsection = setting.subsection ?? "*"
    place = setting.place
  }

  /// Adds a key of any `[waiver]` section to the configuration.
  static func read(_ setting: Setting, into configuration: inout ProjectConfiguration) throws {
    guard setting.isReviewed else {
      throw ConfigurationError(
        "a waiver in git config",
        hint:
          "others must see it: write it in \(ProjectConfiguration.fileName), or use `perf-gate --accept`"
      )
    }
    let count = configuration.waivers.count
    let place = configuration.waiverPlaces[setting.heading] ?? count
    if place == count {
      configuration.waivers.append(WaiverDraft(setting))
      configuration.waiverPlaces[setting.heading] = place
    }
    try configuration.waivers[place].read(setting)
  }

  private mutating func read(_ setting: Setting) throws(UsageError) {
    guard keys.insert(setting.key).inserted else {
      throw UsageError(
        "the section has one already",
        hint: "begin a second waiver with a line of its own: "
          + "`[waiver \"\(subsection)\"]`")
    }
    switch setting.key {
    case "metric": metric = Pattern(try Argument.text("<metric>").parse(setting.value))
    case "ceiling": ceiling = try Argument.ceiling.parse(setting.value)
    case "expires": expires = try Argument.day.parse(setting.value)
    case "reason": reason = try Argument.words.parse(setting.value)
    default: try read(state: setting)
    }
  }

  /// Reads a key that permits a state, such as `missing = true`.
  private mutating func read(state setting: Setting) throws(UsageError) {
    guard let state = Waiver.State.allCases.first(where: { $0.isNamed(setting.key) }),
      try Argument<Bool>.yesOrNo.parse(setting.value)
    else { return }
    states.insert(state)
  }

  /// Returns the waiver that the section describes.
  ///
  /// - Throws: ``ConfigurationError`` if a key is missing, because a waiver needs bounds.
  func waiver() throws -> Waiver {
    // A waiver for a missing benchmark, or for another state, needs no ceiling.
    let isUnbounded = ceiling == nil && states.isEmpty
    let parts = [
      ("ceiling", isUnbounded), ("expires", expires == nil), ("reason", reason == nil),
    ]
    guard !isUnbounded, let expires, let reason else {
      let missing = parts.filter(\.1).map { "'\($0.0)'" }.joined(separator: " and ")
      throw ConfigurationError(
        "[waiver \"\(subsection)\"] in \(place) has no \(missing)",
        hint: "write `ceiling = 25%`, `expires = 2026-12-31` and `reason = <why>` below it; "
          + "`missing = true` in place of a ceiling for a benchmark that is gone")
    }
    return Waiver(
      benchmark: Pattern(subsection), metric: metric, ceiling: ceiling, states: states,
      expires: expires, reason: reason, place: place)
  }
}

extension Waiver.State {
  /// Returns true if a key names this state. Letter case does not count in a key.
  fileprivate func isNamed(_ key: String) -> Bool { rawValue == key.lowercased() }
}
