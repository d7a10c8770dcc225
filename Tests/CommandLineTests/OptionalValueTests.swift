import CommandLine
import Testing

@Suite("An option whose value may be left out")
struct OptionalValueTests {
  struct Settings: Equatable {
    var limit: Double?
    var quiet = false
  }

  private let spec = CommandSpec<Settings>(
    program: "tool", version: "1", abstract: "Try.", usage: ["[options] [<file>]"],
    operands: Operands("<file>", completing: .file, count: 0...1, help: "what to read"),
    groups: [
      FlagGroup(
        "Options",
        [
          .option(
            .both("l", "limit"), .percent(), bare: "10%", sets: \.limit, help: "where to stop"),
          .switch("quiet", sets: \.quiet, help: "say less"),
        ])
    ])

  private func parsed(_ arguments: String...) throws -> ParseResult<Settings> {
    try spec.parse(arguments, into: Settings())
  }

  private func run(_ limit: Double?, _ operands: [String] = []) -> ParseResult<Settings> {
    .run(Settings(limit: limit), operands: operands, command: nil)
  }

  @Test("has it attached, or not at all: the next word is an operand")
  func value() throws {
    #expect(try parsed() == run(nil))
    #expect(try parsed("--limit") == run(0.1))
    #expect(try parsed("--limit=50%") == run(0.5))
    #expect(try parsed("--limit", "50%") == run(0.1, ["50%"]))
    #expect(try parsed("--limit=50%", "--limit") == run(0.1))
    #expect(try parsed("-l") == run(0.1))
    #expect(try parsed("-l20%", "f") == run(0.2, ["f"]))
    #expect(
      try parsed("--limit", "--quiet")
        == .run(
          Settings(limit: 0.1, quiet: true), operands: [], command: nil))
  }

  @Test("refuses a value that is none, and an empty one")
  func mistakes() {
    for argument in ["--limit=x", "--limit="] {
      #expect(throws: UsageError.self) { try spec.parse([argument], into: Settings()) }
    }
  }

  @Test("is shown with what may follow it")
  func help() {
    #expect(spec.help(.short).contains("-l, --limit[=<percent>]          where to stop"))
    #expect(spec.manual.contains(#"\fB\-\-limit\fR[=\fI<percent>\fR]"#))
  }

  @Test("has no completion of the next word")
  func completions() {
    #expect(!spec.completions(for: .bash).contains("expecting=-l"))
    #expect(spec.completions(for: .bash).contains("-l | --limit)"))
    #expect(spec.completions(for: .zsh).contains("--limit=-[where to stop]::<percent>:"))
    #expect(spec.completions(for: .fish).contains("-s 'l' -l 'limit' -d 'where to stop'"))
  }
}
