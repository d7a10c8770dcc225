/// A part of a command line, before its value is parsed.
///
/// Mistakes are tokens as well, so that `--help` is found anywhere before a mistake is reported.
enum ArgumentToken<Settings> {
  case flag(Flag<Settings>, spelling: String, value: String)
  case operand(String)
  /// The words after `--`, if the program takes a command there; never empty.
  case command([String])
  case mistake(UsageError)
}

extension CommandSpec {
  /// Splits arguments into options, their values and operands, by GNU's rules.
  func typed(_ arguments: [String]) -> [ArgumentToken<Settings>] {
    var reader = Reader(spec: self, rest: arguments[...])
    reader.readAll()
    return reader.typed
  }
}

private struct Reader<Settings> {
  let spec: CommandSpec<Settings>
  var rest: ArraySlice<String>
  var typed: [ArgumentToken<Settings>] = []

  mutating func readAll() {
    while let argument = rest.popFirst() {
      if argument == "--" {
        readEnd()
      } else if argument.hasPrefix("--") {
        readLong(argument)
      } else if argument.hasPrefix("-"), argument != "-" {
        readShorts(argument)
      } else {
        typed.append(.operand(argument))
      }
    }
  }

  private mutating func readEnd() {
    defer { rest = [] }
    guard spec.takesCommand else {
      return typed += rest.map { .operand($0) }
    }
    typed.append(
      rest.isEmpty
        ? .mistake(UsageError("no command after '--'", hint: spec.seeHelp))
        : .command(Array(rest)))
  }

  private mutating func readLong(_ argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let flag = spec.flag(spelling) else {
      return typed.append(.mistake(spec.unknown(spelling)))
    }
    if let slot = flag.slot {
      readValue(of: flag, slot, spelling, attached: attached)
    } else if let attached {
      typed.append(.mistake(spec.superfluous(attached, for: spelling)))
    } else {
      typed.append(.flag(flag, spelling: spelling, value: ""))
    }
  }

  /// Reads `-qv`, `-Cdir` and `-qCdir`: switches, up to the first option with a value, which takes
  /// the remaining letters.
  private mutating func readShorts(_ argument: String) {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      let spelling = "-\(letter)"
      guard let flag = spec.flag(spelling) else {
        return typed.append(.mistake(spec.unknown(spelling, in: argument)))
      }
      if let slot = flag.slot {
        return readValue(
          of: flag, slot, spelling, attached: letters.isEmpty ? nil : String(letters))
      }
      if letters.first == "=" {
        return typed.append(
          .mistake(spec.superfluous(String(letters.dropFirst()), for: spelling)))
      }
      typed.append(.flag(flag, spelling: spelling, value: ""))
    }
  }

  private mutating func readValue(
    of flag: Flag<Settings>, _ slot: Flag<Settings>.Slot, _ spelling: String, attached: String?
  ) {
    if let value = attached ?? slot.bare {
      typed.append(.flag(flag, spelling: spelling, value: value))
    } else if let next = rest.first, next.canBeValue {
      rest.removeFirst()
      typed.append(.flag(flag, spelling: spelling, value: next))
    } else {
      typed.append(.mistake(spec.missingValue(of: flag, spelling, before: rest.first)))
    }
  }
}

extension String {
  /// True if the text can be the value of the option before it.
  ///
  /// A text that looks like an option is no value, because then the value was forgotten. `-` means
  /// standard input, and `-5` is a number.
  fileprivate var canBeValue: Bool {
    guard hasPrefix("-"), let second = dropFirst().first else { return true }
    return second.isASCII && second.isNumber
  }
}
