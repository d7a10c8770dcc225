import CommandLine
import Git
import Measurements
import Verdicts

extension ConfigurationKey {
  static func suite<Value>(
    _ key: String, _ argument: Argument<Value>, default: Default, meaning: String,
    looser: Looseness, _ set: @escaping @Sendable (inout SuiteDefinition, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "suite.\(key)", argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .measuring, looser: looser
    ) { configuration, value, setting in
      set(
        &configuration.suites[setting.subsection ?? "", default: SuiteDefinition(setting.place)],
        value)
    }
  }

  /// Returns the key that names the suite of a section. Its loosenings show in the other keys of
  /// the section.
  static func suite(of section: String) -> ConfigurationKey {
    ConfigurationKey(
      name: "\(section).suite", .text("<name>"), takesPattern: true,
      default: .words("all suites"), meaning: "The suite that the section counts for.",
      role: .section, looser: .never
    ) { _, _, _ in
    }
  }

  /// Returns a key of a `[waiver]` section, which permits something.
  static func waiver(
    _ key: String, _ argument: String, default: Default, meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "waiver.\(key)", argument: argument, takesPattern: true, default: `default`,
      meaning: meaning, role: .judging, looser: .permission
    ) {
      try WaiverDraft.read($1, into: &$0)
    }
  }

  static func value<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String, _ role: Role,
    looser: Looseness, _ field: any Field<ProjectConfiguration, Value>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: false, default: `default`, meaning: meaning, role: role,
      looser: looser
    ) { configuration, value, _ in
      configuration[keyPath: field] = value
    }
  }

  static func value<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String, _ role: Role,
    looser: Looseness, _ field: any Field<ProjectConfiguration, Value?>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: false, default: `default`, meaning: meaning, role: role,
      looser: looser
    ) { configuration, value, _ in
      configuration[keyPath: field] = value
    }
  }

  static func rule<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String,
    looser: Looseness, _ field: any Field<ProjectConfiguration, [Policy.Rule<Value>]>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .judging, looser: looser
    ) { configuration, value, setting in
      configuration[keyPath: field].append(
        Policy.Rule(pattern: setting.pattern, value: value, place: setting.place))
    }
  }
}
