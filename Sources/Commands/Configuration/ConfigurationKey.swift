import Git
import Verdicts

/// One key that the configuration knows: a row of the table that reads it.
struct ConfigurationKey: Sendable {
  /// As documentation writes it: `gate.maxDistance`.
  let name: String
  /// Whether it stands below a subsection, `[benchmark "parse/*"]`.
  let takesPattern: Bool
  let apply: @Sendable (inout Configuration, Setting) throws -> Void

  func matches(_ setting: Setting) -> Bool {
    isNamed(as: setting) && takesPattern == (setting.subsection != nil)
  }

  func isNamed(as setting: Setting) -> Bool { name.lowercased() == setting.name.lowercased() }
}

extension ConfigurationKey {
  static let all: [ConfigurationKey] = [
    .value("perf.notesRef", .notesRef, \.notesRef),
    .value("gate.base", .text("<revision>"), \.base),
    .value("gate.suite", .text("<name>"), \.suite),
    .value("gate.threshold", .threshold, \.policy.threshold),
    .value("gate.alpha", .alpha, \.policy.alpha),
    .value("gate.maxDistance", .integer("<n>", in: 0...100_000), \.maxDistance),
    .value("gate.environment", .word(), \.environmentRule),
    .value("gate.correction", .word(), \.policy.correction),
    .value("gate.inconclusive", .inconclusive, \.policy.failsInconclusive),
    .value("measure.rounds", .rounds, \.rounds),
    .value("measure.warmup", .warmups, \.warmups),
    .value("hook.missing", .word(), \.missingResult),
    .value("environment.key", .text("<key>"), \.environmentKey),
    ConfigurationKey(name: "environment.labels", takesPattern: false) { configuration, setting in
      let labels = try Argument.labels.parse(setting.value)
      configuration.environmentLabels.merge(labels) { $1 }
    },
    .rule("benchmark.threshold", .threshold, \.policy.benchmarks),
    .rule("metric.threshold", .threshold, \.policy.metrics),
    .rule("benchmark.missing", .mayBeMissing, \.policy.dispensable),
  ]

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ field: any Field<Configuration, Value>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false) { configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ field: any Field<Configuration, Value?>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false) { configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func rule<Value>(
    _ name: String, _ argument: Argument<Value>,
    _ field: any Field<Configuration, [Policy.Rule<Value>]>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: true) { configuration, setting in
      let pattern = Pattern(setting.subsection ?? "*")
      let value = try argument.parse(setting.value)
      configuration[keyPath: field].append(Policy.Rule(pattern: pattern, value: value))
    }
  }
}

/// All keys, for whoever documents them.
package enum ConfigurationKeys {
  package static var names: [String] { ConfigurationKey.all.map(\.name) }
}

/// Values that options and configuration share.
extension Argument where Value == Double {
  static var threshold: Self {
    let percent = Argument.percent()
    return Argument(percent.placeholder) { text throws(UsageError) in
      let value = try percent.parse(text)
      guard value > 0, value < 1 else { throw UsageError("not between 0 % and 100 %") }
      return value
    }
  }

  static var alpha: Self {
    Argument("<alpha>") { text throws(UsageError) in
      guard let value = Double(text), value > 0, value < 1 else {
        throw UsageError("not a probability between 0 and 1", hint: "the usual one is 0.05")
      }
      return value
    }
  }
}

extension Argument where Value == Int {
  static var rounds: Self { .integer("<n>", in: 1...1_000_000) }
  static var warmups: Self { .integer("<n>", in: 0...1_000_000) }
}

extension Argument where Value == Bool {
  static var mayBeMissing: Self {
    let rule = Argument<MissingBenchmark>.word()
    return Argument(rule.placeholder) { text throws(UsageError) in try rule.parse(text) == .ignore }
  }

  static var inconclusive: Self {
    let rule = Argument<InconclusiveRule>.word()
    return Argument(rule.placeholder) { text throws(UsageError) in try rule.parse(text) == .fail }
  }
}

extension Argument where Value == String {
  /// `perf` and `notes/perf` are short for `refs/notes/perf`, as git has it; nothing outside
  /// `refs/notes/` is written to.
  static var notesRef: Self {
    Argument("<ref>") { text throws(UsageError) in
      let full =
        if text.hasPrefix("refs/") {
          text
        } else if text.hasPrefix("notes/") { "refs/\(text)" } else { "refs/notes/\(text)" }
      guard full.hasPrefix("refs/notes/"), Repository.isReferenceName(full) else {
        throw UsageError("not a notes reference", hint: "write one like 'refs/notes/perf'")
      }
      return full
    }
  }
}

extension Argument where Value == [String: String] {
  /// `name=value`, several of them apart by spaces or commas.
  static var labels: Self {
    Argument("<name>=<value>") { text throws(UsageError) in
      var labels: [String: String] = [:]
      for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
          throw UsageError("not a label", hint: "write labels like 'runner=ubuntu-24.04'")
        }
        labels[String(parts[0])] = String(parts[1])
      }
      return labels
    }
  }
}
