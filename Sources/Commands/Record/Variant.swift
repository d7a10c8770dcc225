import CommandLine
import Configuration
import Measurements
import System

/// A command that is measured in turns with others, and the label that tells it from them.
struct Variant: Hashable, Sendable {
  let label: String
  let value: String
  let command: Command
}

extension Argument where Value == Variant {
  /// A label, its value and a command: `flag a: ./tool -a`, or `flag=a: ./tool -a`. A single word is
  /// the value of the label `variant`.
  static var variant: Self {
    Argument("'<label> <value>: <command>'") { text throws(UsageError) in
      try Variant(typed: text)
    }
  }
}

extension Variant {
  static let hint = "write it like 'flag a: ./tool -a', or 'flag=a: ./tool -a'"

  /// The label of a variant that is typed with a value alone.
  private static let usualLabel = "variant"

  init(typed text: String) throws(UsageError) {
    let parts = text.split(separator: ": ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw UsageError("not a variant", hint: Self.hint) }
    let words = parts[0].split(whereSeparator: \.isWhitespace).map(String.init)
    switch words.count {
    case 1:
      let sides = words[0].split(separator: "=", maxSplits: 1).map(String.init)
      guard !words[0].contains("=") || sides.count == 2 else {
        throw UsageError("a label without a name or a value", hint: Self.hint)
      }
      label = sides.count == 2 ? sides[0] : Self.usualLabel
      value = sides.count == 2 ? sides[1] : words[0]
    case 2 where !words[0].contains("="): (label, value) = (words[0], words[1])
    default: throw UsageError("not a label and a value before the colon", hint: Self.hint)
    }
    guard let command = Command(typed: parts[1]) else {
      throw UsageError(
        "no command after the colon", hint: "write program and arguments; for a pipe, `sh -c '…'`")
    }
    self.command = command
  }
}

extension SuiteDefinition {
  /// The definition of variants, which are one benchmark under different values of one label.
  ///
  /// - Parameters:
  ///   - name: The name of the benchmark; nil for that of the program if all have the same one,
  ///     else that of the label.
  ///   - labels: The other labels of the benchmark.
  /// - Throws: ``UsageError`` if the variants cannot be compared with each other.
  init(
    comparing variants: [Variant], name: String?, besides labels: [String: String]
  ) throws(UsageError) {
    self.init("the command line")
    guard let first = variants.first, variants.count > 1 else {
      throw UsageError(
        "--compare has one variant, and nothing to compare it with",
        hint: "name two or more: `--compare 'flag a: ./tool -a' 'flag b: ./tool -b'`")
    }
    if let other = variants.first(where: { $0.label != first.label }) {
      throw UsageError(
        "the variants differ in two labels, '\(first.label.visible())' and "
          + "'\(other.label.visible())'",
        hint: "name the same label in each")
    }
    let values = variants.map(\.value)
    if let twice = values.first(where: { value in values.count { $0 == value } > 1 }) {
      throw UsageError(
        "two variants are '\(first.label.visible()) \(twice.visible())'",
        hint: "give each its own value")
    }
    guard labels[first.label] == nil else {
      throw UsageError(
        "the label '\(first.label.visible())' is that of the variants",
        hint: "choose another name for the one of --label")
    }
    let programs = Set(
      variants.map { $0.command.program.split(separator: "/").last.map(String.init) ?? "" })
    let usual = programs.count == 1 ? programs.first ?? first.label : first.label
    commands = variants.map {
      NamedCommand(name: name ?? usual, command: $0.command, labels: [$0.label: $0.value])
    }
  }
}
