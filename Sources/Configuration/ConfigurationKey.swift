import CommandLine
import Git
import Measurements
import Verdicts

/// A key that the configuration knows: a row of the table that reads it.
package struct ConfigurationKey: Sendable {
  /// The name of the key in documentation: `gate.maxDistance`.
  package let name: String
  /// The placeholder of the value in documentation: `<percent>`, or `fail|warn|ignore`.
  package let argument: String
  /// True if the key stands below a subsection, `[benchmark "parse/*"]`.
  package let takesPattern: Bool
  package let defaultValue: Default
  /// The meaning of the key, as one sentence with a full stop.
  package let meaning: String
  /// The role of the key, which decides whose file it is read from.
  package let role: Role
  /// The values of the key that let more pass than others.
  ///
  /// There is no default: whoever adds a key decides here how a change can use it. A direction,
  /// ``Looseness/larger(_:unset:)`` or ``Looseness/words(_:unset:)``, is for a value that counts
  /// for each series by itself. ``Looseness/anyChange`` is never wrong.
  package let looser: Looseness
  let apply: @Sendable (inout ProjectConfiguration, Setting) throws -> Void

  init(
    name: String, argument: String, takesPattern: Bool, default: Default, meaning: String,
    role: Role, looser: Looseness,
    apply: @escaping @Sendable (inout ProjectConfiguration, Setting) throws -> Void
  ) {
    self.name = name
    self.argument = argument
    self.takesPattern = takesPattern
    self.defaultValue = `default`
    self.meaning = meaning
    self.role = role
    self.looser = looser
    self.apply = apply
  }

  /// Creates a key whose value an argument reads.
  init<Value>(
    name: String, _ argument: Argument<Value>, takesPattern: Bool, default: Default,
    meaning: String, role: Role, looser: Looseness,
    set: @escaping @Sendable (inout ProjectConfiguration, Value, Setting) throws -> Void
  ) {
    self.init(
      name: name, argument: argument.placeholder, takesPattern: takesPattern, default: `default`,
      meaning: meaning, role: role, looser: looser
    ) { configuration, setting in
      try set(&configuration, try argument.parse(setting.value), setting)
    }
  }

  func matches(_ setting: Setting) -> Bool { takesPattern == (setting.subsection != nil) }

  /// True if the user chooses the name of the key: `class.<class>`.
  var hasFreeName: Bool { parts.name.hasPrefix("<") }

  /// The value that counts if nobody writes the key.
  package enum Default: Hashable, Sendable {
    /// A value, as a user would write it.
    case value(String)
    /// A description in words, for a default that no single value of the key stands for.
    case words(String)
    case nothing
  }

  /// The purpose of a key, which decides whose file it is read from.
  package enum Role: Hashable, Sendable {
    /// The key decides what is compared with what. A change never decides that.
    case comparison
    /// The key decides how a change is judged. The change decides that, unless `gate.policy` leaves
    /// it to the base.
    case judging
    /// The key decides what is measured, and how. The change always decides that.
    case measuring
    /// The key decides what the other keys of its section apply to.
    case section
  }
}

extension ConfigurationKey {
  /// All keys by their names in lower case.
  package static let named = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) })

  /// The keys whose names the user chooses, by section.
  private static let free = Dictionary(
    uniqueKeysWithValues: all.filter(\.hasFreeName).map { ($0.parts.section, $0) })

  /// Returns the key of a setting; nil if the key is unknown, or stands where it cannot.
  package static func of(_ setting: Setting) -> ConfigurationKey? {
    anywhere(setting).flatMap { $0.matches(setting) ? $0 : nil }
  }

  /// Returns the key of a setting, with or without the subsection that it takes.
  static func anywhere(_ setting: Setting) -> ConfigurationKey? {
    named[setting.name.lowercased()] ?? free[setting.section]
  }
}

extension ConfigurationKey {
  package static let all =
    common + ledger + severities + benchmarks + metrics + waivers + goals + suites + tasks + prices
    + trends + changes
}
