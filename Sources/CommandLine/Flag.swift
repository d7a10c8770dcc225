/// One option of a program: a row of the table that makes the parser, the help and the completions.
///
/// `switch` and `option` create rows and connect a name to a field of the settings. If an option is
/// typed twice, the last one wins, as in GNU programs, unless the option collects its values.
package struct Flag<Settings>: Sendable {
  package let name: FlagName
  /// The value that the option takes; nil for a switch.
  package let slot: Slot?
  private let helpText: Text
  private let detailsText: OptionalText
  /// True if the values of the option are collected.
  package let repeats: Bool
  package let effect: Effect

  /// The value of an option without its type. Help and completions need nothing else.
  package struct Slot: Hashable, Sendable {
    package let placeholder: String
    package let completion: Completion
    /// The value of the option if none is attached to it: `--strict` is `--strict=fail`. It is nil
    /// for an option that needs a value.
    package let bare: String?

    package init(placeholder: String, completion: Completion, bare: String? = nil) {
      self.placeholder = placeholder
      self.completion = completion
      self.bare = bare
    }

    /// True if the next word of a command line can be the value.
    var takesNextWord: Bool { bare == nil }
  }

  /// The effect of an option. Its text is the value of the option, and is empty for a switch.
  package enum Effect: Sendable {
    case apply(@Sendable (inout Settings, String) throws(UsageError) -> Void)
    /// The program answers with this instead of running, whatever else was typed.
    case answer(@Sendable (String) throws(UsageError) -> ParseResult<Settings>)
  }

  /// A text that is made when help asks for it: every start of a program makes the table, and few
  /// of them print it.
  package typealias Text = @Sendable () -> String
  package typealias OptionalText = @Sendable () -> String?

  /// The description of the option in one line, without a full stop.
  package var help: String { helpText() }
  /// The text that only the long help adds to `help`.
  package var details: String? { detailsText() }

  package init(
    _ name: FlagName, slot: Slot?, help: @escaping Text, details: @escaping OptionalText,
    repeats: Bool, effect: Effect
  ) {
    self.name = name
    self.slot = slot
    helpText = help
    detailsText = details
    self.repeats = repeats
    self.effect = effect
  }
}

/// The name of an option: long, short, or both.
package enum FlagName: Hashable, Sendable, ExpressibleByStringLiteral {
  case long(String)
  case short(Character)
  case both(Character, String)

  package init(stringLiteral value: String) {
    self = .long(value)
  }

  package var long: String? {
    switch self {
    case .long(let name), .both(_, let name): name
    case .short: nil
    }
  }

  package var short: Character? {
    switch self {
    case .short(let letter), .both(let letter, _): letter
    case .long: nil
    }
  }

  /// The spellings with their dashes, the short one first: `["-q", "--quiet"]`.
  package var spellings: [String] {
    (short.map { ["-\($0)"] } ?? []) + (long.map { ["--\($0)"] } ?? [])
  }
}

/// Options that help shows together under a title.
package struct FlagGroup<Settings>: Sendable {
  package let title: String
  package let flags: [Flag<Settings>]

  package init(_ title: String, _ flags: [Flag<Settings>]) {
    self.title = title
    self.flags = flags
  }
}
