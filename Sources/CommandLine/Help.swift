import System

extension CommandSpec {
  /// Returns the text of `-h`, with one line for each option, or the text of `--help`, with
  /// everything.
  ///
  /// The width is in columns. The short help has one line for each option, whatever the width is.
  package func help(_ length: HelpLength, width: Int = 80) -> String {
    let page = HelpPage(spec: self, length: length, width: width)
    return page.blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}

/// A help text as blocks of lines with an empty line between them.
private struct HelpPage<Settings> {
  let spec: CommandSpec<Settings>
  let length: HelpLength
  let width: Int

  var blocks: [[String]] {
    let options = spec.groups.map(group)
    return switch length {
    case .short: [synopses] + options
    case .long:
      [synopses, spec.abstract.wrapped(to: width)] + operands + options + examples
        + spec.sections.map { section in [section.title + ":"] + section.text.indented }
    }
  }

  private var synopses: [String] {
    let lead = "Usage: "
    return spec.usage.enumerated().map { index, synopsis in
      "\(index == 0 ? lead : String(repeating: " ", count: lead.count))"
        + "\(spec.program) \(synopsis)"
    }
  }

  private var operands: [[String]] {
    guard spec.operands.count.upperBound > 0 else { return [] }
    return [
      ["Arguments:"] + columns.lines(spec.operands.placeholder, spec.operands.help)
    ]
  }

  private func group(_ group: FlagGroup<Settings>) -> [String] {
    [group.title + ":"] + group.flags.flatMap { flag in columns.lines(flag.row, text(of: flag)) }
  }

  private func text(of flag: Flag<Settings>) -> String {
    length == .long ? flag.longHelp : flag.help
  }

  private var examples: [[String]] {
    guard !spec.examples.isEmpty else { return [] }
    let lines = spec.examples.flatMap { ["  # \($0.comment)", "  \($0.command)"] }
    return [["Examples:"] + lines]
  }

  /// The columns, which are the same for all groups, so that all descriptions are aligned.
  private var columns: Columns {
    let rows = spec.flags.map(\.row) + [spec.operands.placeholder]
    return Columns(left: rows.map(\.count), width: length == .long ? width : nil)
  }
}

extension Flag {
  /// The text of the long help: `help`, the details, and a note if the option may be repeated.
  var longHelp: String {
    let repeats = repeats ? "may be repeated" : nil
    return ([help] + [details, repeats].compactMap(\.self)).joined(separator: "; ")
  }

  /// The spellings and the value of the option: `-q, --quiet` or `    --against <revision|file>`.
  /// Long names are aligned.
  fileprivate var row: String {
    let names = name.spellings.joined(separator: ", ")
    let indent = name.short == nil ? "    " : ""
    return indent + names + (slot.map(\.suffix) ?? "")
  }
}

extension Flag.Slot {
  /// The text that shows the value after the option: ` <file>`, or `[=<percent>]` if the value is
  /// optional.
  var suffix: String { takesNextWord ? " \(placeholder)" : "[=\(placeholder)]" }
}

extension String {
  fileprivate var indented: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
  }
}
