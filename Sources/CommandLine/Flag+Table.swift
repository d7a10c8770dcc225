/// A field of the settings that an option writes.
package typealias Field<Settings, Value> = WritableKeyPath<Settings, Value> & Sendable

extension Flag {
  /// An option without a value that turns a field on.
  package static func `switch`(
    _ name: FlagName, sets field: any Field<Settings, Bool>, help: @autoclosure @escaping Text,
    details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    .switch(name, sets: field, to: true, help: help(), details: details())
  }

  /// An option without a value that sets a field to a fixed value, as `--quiet` sets the verbosity.
  package static func `switch`<Value: Sendable>(
    _ name: FlagName, sets field: any Field<Settings, Value>, to value: Value,
    help: @autoclosure @escaping Text, details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    Flag(
      name, slot: nil, help: help, details: details, repeats: false,
      effect: .apply { settings, _ in settings[keyPath: field] = value })
  }

  /// An option with a value. If it is typed twice, the last value wins.
  package static func option<Value>(
    _ name: FlagName, _ argument: Argument<Value>, sets field: any Field<Settings, Value>,
    help: @autoclosure @escaping Text, details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    Flag(
      name, slot: Slot(argument), help: help, details: details, repeats: false,
      effect: .apply { settings, text throws(UsageError) in
        settings[keyPath: field] = try argument.parse(text)
      })
  }

  /// An option with a value. The field is nil if the option is absent.
  package static func option<Value>(
    _ name: FlagName, _ argument: Argument<Value>, sets field: any Field<Settings, Value?>,
    help: @autoclosure @escaping Text, details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    Flag(
      name, slot: Slot(argument), help: help, details: details, repeats: false,
      effect: .apply { settings, text throws(UsageError) in
        settings[keyPath: field] = try argument.parse(text)
      })
  }

  /// An option with an optional value, which must be attached: `--strict`, `--strict=50%`. The word
  /// after the option is never its value.
  ///
  /// - Parameter bare: The value that the option has if none is attached.
  package static func option<Value>(
    _ name: FlagName, _ argument: Argument<Value>, bare: String,
    sets field: any Field<Settings, Value?>, help: @autoclosure @escaping Text,
    details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    Flag(
      name, slot: Slot(argument, bare: bare), help: help, details: details, repeats: false,
      effect: .apply { settings, text throws(UsageError) in
        settings[keyPath: field] = try argument.parse(text)
      })
  }

  /// An option that may be repeated; its values are collected in the order they were typed.
  package static func option<Value>(
    _ name: FlagName, _ argument: Argument<Value>, appendsTo field: any Field<Settings, [Value]>,
    help: @autoclosure @escaping Text, details: @autoclosure @escaping OptionalText = nil
  ) -> Flag {
    Flag(
      name, slot: Slot(argument), help: help, details: details, repeats: true,
      effect: .apply { settings, text throws(UsageError) in
        settings[keyPath: field].append(try argument.parse(text))
      })
  }
}

extension Flag {
  /// Returns the options that every program answers.
  ///
  /// - Parameter pages: Pages of the manual besides the program's own.
  static func answers(_ pages: [ManualPage]) -> [Flag] {
    let topics = pages.map { "`--manual \($0.topic)` prints \($0.title)" }
    return [
      .answer(.short("h"), "print a summary of the options") { _ in .help(.short) },
      .answer("help", "print this help, with examples") { _ in .help(.long) },
      .answer("version", "print the version") { _ in .version },
      .answer("completions", .word(), "print a completion script for a shell") { .completions($0) },
      .answer(
        "manual", "print a manual page, for `man -l -`",
        details: topics.isEmpty ? nil : topics.joined(separator: "; ")
      ) { _ in .manual(topic: nil) },
    ]
  }

  private static func answer(
    _ name: FlagName, _ help: @autoclosure @escaping Text,
    details: @autoclosure @escaping OptionalText = nil,
    _ answer: @escaping @Sendable (String) -> ParseResult<Settings>
  ) -> Flag {
    Flag(
      name, slot: nil, help: help, details: details, repeats: false, effect: .answer { answer($0) })
  }

  private static func answer(
    _ name: FlagName, _ argument: Argument<Shell>, _ help: @autoclosure @escaping Text,
    _ answer: @escaping @Sendable (Shell) -> ParseResult<Settings>
  ) -> Flag {
    Flag(
      name, slot: Slot(argument), help: help, details: { nil }, repeats: false,
      effect: .answer { text throws(UsageError) in answer(try argument.parse(text)) })
  }
}

extension Flag.Slot {
  fileprivate init(_ argument: Argument<some Any>, bare: String? = nil) {
    self.init(
      placeholder: argument.placeholder, completion: argument.completion, bare: bare)
  }
}
