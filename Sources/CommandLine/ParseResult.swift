/// What a command line asks for.
package enum ParseResult<Settings> {
  case help(HelpLength)
  case version
  case completions(Shell)
  case manual
  /// The command is what followed `--` where the interface takes one: nil or not empty.
  case run(Settings, operands: [String], command: [String]?)
}

/// `-h` or `--help`.
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
    for case .flag(let flag, let spelling, let value) in typed {
      guard case .answer(let answer) = flag.effect else { continue }
      do {
        return try answer(value)
      } catch {
        mistake = mistake ?? error.about(value, of: spelling, see: seeHelp)
      }
    }
    if let mistake { throw mistake }
    return nil
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
