/// All that a program can be told, as data: `parse` reads arguments by it, `help` and `completions`
/// show it.
///
/// `Settings` is the struct that the options fill in; its defaults are the program's defaults.
package struct CommandSpec<Settings>: Sendable {
  package let program: String
  package let version: String
  /// One sentence on what the program does.
  package let abstract: String
  /// Synopses without the program's name: `[options] [<revision|file>]`.
  package let usage: [String]
  package let operands: Operands
  /// Whether what follows `--` is a command of its own rather than more operands.
  package let takesCommand: Bool
  /// The groups given, and last the one titled `Common`, with what every program answers.
  package let groups: [FlagGroup<Settings>]
  package let examples: [Example]
  package let sections: [Section]
  /// Pages of the manual besides the program's own.
  package let pages: [ManualPage]

  /// Traps on two options of one name: a table is a constant, so the first test that touches it
  /// says so.
  package init(
    program: String, version: String, abstract: String, usage: [String],
    operands: Operands = .none, takesCommand: Bool = false, groups: [FlagGroup<Settings>],
    examples: [Example] = [], sections: [Section] = [], pages: [ManualPage] = []
  ) {
    self.program = program
    self.version = version
    self.abstract = abstract
    self.usage = usage
    self.operands = operands
    self.takesCommand = takesCommand
    self.groups = groups.withAnswers(pages)
    self.examples = examples
    self.sections = sections
    self.pages = pages
    let names = flags.flatMap(\.name.spellings)
    precondition(Set(names).count == names.count, "two options of \(program) share a name")
  }

  package var flags: [Flag<Settings>] { groups.flatMap(\.flags) }

  /// The line that `--version` prints, also the name that runs and reports carry.
  package var versionLine: String { "\(program) \(version)" }

  /// The hint where nothing better is known.
  package var seeHelp: String { "see `\(program) --help`" }
}

/// What a program takes besides options.
package struct Operands: Sendable {
  package let placeholder: String
  package let help: String
  package let completion: Completion
  package let count: ClosedRange<Int>

  package init(
    _ placeholder: String, completing completion: Completion = .none, count: ClosedRange<Int>,
    help: String
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.count = count
    self.help = help
  }

  package static let none = Operands("", count: 0...0, help: "")
}

/// A command line worth copying, and what it is good for.
package struct Example: Hashable, Sendable {
  package let command: String
  package let comment: String

  package init(_ command: String, _ comment: String) {
    self.command = command
    self.comment = comment
  }
}

/// Text that closes the long help, in the lines in which it was given: exit statuses, files.
package struct Section: Hashable, Sendable {
  package let title: String
  package let text: String

  package init(_ title: String, _ text: String) {
    self.title = title
    self.text = text
  }
}

extension Array {
  fileprivate func withAnswers<Settings>(_ pages: [ManualPage]) -> Self
  where Element == FlagGroup<Settings> {
    let common = "Common"
    let ownCommon = first { $0.title == common }?.flags ?? []
    return filter { $0.title != common } + [FlagGroup(common, ownCommon + Flag.answers(pages))]
  }
}
