/// The description of a program's command line, as data. `parse` reads arguments by it, `help` and
/// `completions` show it.
///
/// `Settings` is the struct that the options fill in; its defaults are the program's defaults.
package struct CommandSpec<Settings>: Sendable {
  package let program: String
  package let version: String
  /// The purpose of the program, in one sentence.
  package let abstract: String
  /// The synopses, without the program's name: `[options] [<revision|file>]`.
  package let usage: [String]
  package let operands: Operands
  /// True if the words after `--` are a command of their own, false if they are more operands.
  package let takesCommand: Bool
  /// The given groups. The last one is titled `Common` and contains the options that every program
  /// answers.
  package let groups: [FlagGroup<Settings>]
  package let examples: [Example]
  package let sections: [Section]
  /// Pages of the manual besides the program's own.
  package let pages: [ManualPage]

  /// Creates the description of a command line.
  ///
  /// Traps if two options have the same name. A table is a constant, so the first test that uses it
  /// reveals the mistake.
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

  /// The line that `--version` prints. Runs and reports contain it as the name of the program.
  package var versionLine: String { "\(program) \(version)" }

  /// The hint for errors that have no better one.
  package var seeHelp: String { "see `\(program) --help`" }
}

/// The arguments that a program takes besides options.
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

/// An example of a command line, with a comment that says what it is for.
package struct Example: Hashable, Sendable {
  package let command: String
  package let comment: String

  package init(_ command: String, _ comment: String) {
    self.command = command
    self.comment = comment
  }
}

/// A section at the end of the long help, such as exit statuses or files. Its line breaks are kept.
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
