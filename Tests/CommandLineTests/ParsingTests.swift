import CommandLine
import Testing

@Suite struct ParsingTests {
  struct Case: CustomTestStringConvertible {
    let typed: [String]
    var operands: [String] = []
    let settings: GateSettings

    init(
      _ typed: String..., operands: [String] = [], sets: (inout GateSettings) -> Void = { _ in }
    ) {
      var settings = GateSettings()
      sets(&settings)
      self.typed = typed
      self.operands = operands
      self.settings = settings
    }

    var testDescription: String { typed.joined(separator: " ") }
  }

  @Test(
    "what is typed arrives in the settings",
    arguments: [
      Case(),
      Case("--against=main") { $0.against = "main" },
      Case("--against", "main") { $0.against = "main" },
      Case("--against=a=b") { $0.against = "a=b" },
      Case("-C", "dir") { $0.directory = "dir" },
      Case("-Cdir") { $0.directory = "dir" },
      Case("-C-odd") { $0.directory = "-odd" },
      Case("-qC", "dir") { ($0.directory, $0.verbosity) = ("dir", .quiet) },
      Case("-qCv") { ($0.directory, $0.verbosity) = ("v", .quiet) },
      Case("-qv") { $0.verbosity = .verbose },
      Case("-v", "--quiet") { $0.verbosity = .quiet },
      Case("--color", "never") { $0.color = .never },
      Case("--alpha", "0.01") { $0.alpha = 0.01 },
      Case("--threshold", "5%") { $0.threshold = 0.05 },
      Case("--rounds=1000") { $0.rounds = 1000 },
      Case("--report", "text", "--report=json=x") { $0.reports = ["text", "json=x"] },
      Case("--base=a", "--base=b") { $0.base = "b" },
      Case("HEAD", "--strict", operands: ["HEAD"]) { $0.strict = true },
      Case("--strict", "HEAD", operands: ["HEAD"]) { $0.strict = true },
      Case("--", "--strict", "-q", operands: ["--strict", "-q"]),
      Case("a", "--", "--", operands: ["a", "--"]),
      Case("-", operands: ["-"]),
      Case("--against", "-") { $0.against = "-" },
    ])
  func settings(of typed: Case) throws {
    let parsed = try gate.parse(typed.typed, into: GateSettings())
    #expect(parsed == .run(typed.settings, operands: typed.operands, command: nil))
  }

  struct Answer: CustomTestStringConvertible {
    let typed: [String]
    let answer: ParseResult<GateSettings>
    var testDescription: String { typed.joined(separator: " ") }
  }

  @Test(
    "help, version and completions win over mistakes",
    arguments: [
      Answer(typed: ["-h"], answer: .help(.short)),
      Answer(typed: ["--help"], answer: .help(.long)),
      Answer(typed: ["--version"], answer: .version),
      Answer(typed: ["--completions", "zsh"], answer: .completions(.zsh)),
      Answer(typed: ["--completions=fish"], answer: .completions(.fish)),
      Answer(typed: ["-qh"], answer: .help(.short)),
      Answer(typed: ["--unknown", "--alpha", "x", "--help"], answer: .help(.long)),
      Answer(typed: ["--against", "--help"], answer: .help(.long)),
      Answer(typed: ["a", "b", "c", "--version"], answer: .version),
      Answer(typed: ["--completions", "tcsh", "--help"], answer: .help(.long)),
      Answer(typed: ["--version", "--help"], answer: .version),
    ])
  func answers(to typed: Answer) throws {
    #expect(try gate.parse(typed.typed, into: GateSettings()) == typed.answer)
  }

  @Test("after two dashes stands a command, apart from the operands")
  func command() throws {
    let parsed = try record.parse(
      ["--import", "a.json", "--", "tool", "--help", "--"], into: RecordSettings())
    let settings = RecordSettings(importing: true)
    #expect(
      parsed == .run(settings, operands: ["a.json"], command: ["tool", "--help", "--"]))
  }

  @Test("without two dashes there is no command")
  func noCommand() throws {
    let parsed = try record.parse(["a.json"], into: RecordSettings())
    #expect(parsed == .run(RecordSettings(), operands: ["a.json"], command: nil))
  }
}
