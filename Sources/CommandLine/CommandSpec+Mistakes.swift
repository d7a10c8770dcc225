extension CommandSpec {
  func flag(_ spelling: String) -> Flag<Settings>? {
    flags.first { $0.name.spellings.contains(spelling) }
  }

  /// Returns the error for an option that is not in the table.
  ///
  /// For a short option, `argument` is the argument that contains it: if somebody types `-against`,
  /// the error suggests the long option with the missing dash and does not name an option `-a`.
  func unknown(_ spelling: String, in argument: String? = nil) -> UsageError {
    let whole = argument.flatMap { meant(by: $0) == nil ? nil : $0 } ?? spelling
    let hint = meant(by: whole).map { "did you mean '\($0)'? \(seeHelp)" }
    return UsageError("unknown option '\(whole)'", hint: hint ?? seeHelp)
  }

  func superfluous(_ value: String, for spelling: String) -> UsageError {
    UsageError("option '\(spelling)' takes no value, but has '\(value)'", hint: seeHelp)
  }

  func missingValue(
    of flag: Flag<Settings>, _ spelling: String, before next: String?
  ) -> UsageError {
    let message = "missing value for '\(spelling) \(flag.slot?.placeholder ?? "")'"
    guard let next, next != "--" else { return UsageError(message, hint: seeHelp) }
    let attached = spelling + (spelling.hasPrefix("--") ? "=" : "") + next
    return UsageError(message, hint: "a value that begins with '-' is typed '\(attached)'")
  }

  /// Throws an error if there are too many or too few operands.
  func check(_ operands: [String]) throws(UsageError) {
    let count = self.operands.count
    if operands.count > count.upperBound {
      let extra = operands[count.upperBound]
      let command = "write the command after '--', as in `\(program) -- \(extra)`"
      throw .unexpected(extra, hint: takesCommand ? command : seeHelp)
    }
    if operands.count < count.lowerBound {
      throw UsageError("missing argument '\(self.operands.placeholder)'", hint: seeHelp)
    }
  }

  /// Returns the option whose name is nearest to a text; nil if none is near. Dashes do not count.
  private func meant(by typed: String) -> String? {
    let bare = String(typed.drop { $0 == "-" })
    let isLong = bare.count > 1
    let names = flags.compactMap { isLong ? $0.name.long : $0.name.short.map(String.init) }
    return Suggestion.nearest(to: bare, among: names).map { (isLong ? "--" : "-") + $0 }
  }
}
