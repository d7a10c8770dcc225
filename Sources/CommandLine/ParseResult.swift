/// The result of parsing a command line.
package enum ParseResult<Settings> {
  case help(HelpLength)
  case version
  case completions(Shell)
  /// - Parameter topic: The topic of a page of the ``CommandSpec``; nil for the program's own page.
  case manual(topic: String?)
  /// The command is the words after `--`, if the program takes a command; it is nil or not empty.
  case run(Settings, operands: [String], command: [String]?)
}

/// The length of the help: `-h` is short, `--help` is long.
package enum HelpLength: Hashable, Sendable {
  case short
  case long
}

extension ParseResult: Equatable where Settings: Equatable {}
extension ParseResult: Sendable where Settings: Sendable {}

extension CommandSpec {
  /// Reads a command line into settings that hold the defaults.
  ///
  /// Help, version and completions are answered whatever else was typed; otherwise the first
  /// mistake, from the left, is thrown. Operands may stand between options. The arguments come
  /// without the program's name.
  package func parse(
    _ arguments: [String], into defaults: Settings
  ) throws(UsageError) -> ParseResult<Settings> {
    let typed = typed(arguments)
    if let answer = try answer(among: typed) { return answer }
    return try run(typed, from: defaults)
  }

  private func answer(among typed: [ArgumentToken<Settings>]) throws(UsageError) -> ParseResult<
    Settings
  >? {
    var mistake: UsageError?
    for (place, token) in typed.enumerated() {
      guard case .flag(let flag, let spelling, let value) = token,
        case .answer(let answer) = flag.effect
      else { continue }
      do {
        let answer = try answer(value)
        guard case .manual = answer else { return answer }
      } catch {
        mistake = mistake ?? error.about(value, of: spelling, see: seeHelp)
        continue
      }
      return .manual(topic: try topic(typed.dropFirst(place + 1).first))
    }
    if let mistake { throw mistake }
    return nil
  }

  /// Returns the page that the word after `--manual` names; nil if there is no word, or only one
  /// page.
  private func topic(_ next: ArgumentToken<Settings>?) throws(UsageError) -> String? {
    guard !pages.isEmpty, case .operand(let word) = next else { return nil }
    let topics = pages.map(\.topic)
    guard topics.contains(word) else {
      throw UsageError(
        "no manual page '\(word)'",
        hint: Suggestion.hint(for: word, among: topics)
          ?? "there is \(topics.map { "'\($0)'" }.joined(separator: ", "))")
    }
    return word
  }

  private func run(
    _ typed: [ArgumentToken<Settings>], from defaults: Settings
  ) throws(UsageError) -> ParseResult<Settings> {
    var settings = defaults
    var operands: [String] = []
    var command: [String]?
    for item in typed {
      switch item {
      case .flag(let flag, let spelling, let value):
        try apply(flag, spelling, value, to: &settings)
      case .operand(let operand): operands.append(operand)
      case .command(let words): command = words
      case .mistake(let error): throw error
      }
    }
    try check(operands)
    return .run(settings, operands: operands, command: command)
  }

  private func apply(
    _ flag: Flag<Settings>, _ spelling: String, _ value: String, to settings: inout Settings
  ) throws(UsageError) {
    guard case .apply(let apply) = flag.effect else { return }
    do {
      try apply(&settings, value)
    } catch {
      throw error.about(value, of: spelling, see: seeHelp)
    }
  }
}
