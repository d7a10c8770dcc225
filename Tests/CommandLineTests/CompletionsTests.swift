import CommandLine
import Foundation
import Testing

@Suite struct CompletionsTests {
  struct Case: CustomTestStringConvertible {
    let line: [String]
    let offers: [String]
    var testDescription: String { line.joined(separator: " ") }

    init(_ line: String..., offers: [String]) { (self.line, self.offers) = (line, offers) }
  }

  /// The words before the cursor as bash's readline splits them, `=` apart.
  static let bashCases = [
    Case("perf-gate", "--re", offers: ["--report"]),
    Case("perf-gate", "--no", offers: ["--notes-ref"]),
    Case("perf-gate", "-q", offers: ["-q"]),
    Case("perf-gate", "--color", "", offers: ["auto", "always", "never"]),
    Case("perf-gate", "--color", "a", offers: ["auto", "always"]),
    Case("perf-gate", "--color", "=", offers: ["auto", "always", "never"]),
    Case("perf-gate", "--color", "=", "ne", offers: ["never"]),
    Case("perf-gate", "--base", "", offers: ["HEAD", "main", #"odd\$name"#, "v1"]),
    Case(
      "perf-gate", "",
      offers: ["HEAD", "main", "odd$name", "v1", "perf one.json", "perf.md", "results", ".git"]),
    Case("perf-gate", "--against", "perf", offers: ["perf one.json", "perf.md"]),
    Case("perf-gate", "ma", offers: ["main"]),
    Case("perf-gate", "--base", "v1..ma", offers: ["v1..main"]),
    Case(
      "perf-gate", "--base", "=", "v1..",
      offers: ["v1..HEAD", "v1..main", #"v1..odd\$name"#, "v1..v1"]),
    Case("perf-gate", "results/../perf.", offers: ["results/../perf.md"]),
    Case("perf-gate", "--strict", "v", offers: ["v1"]),
    Case("perf-gate", "--", "--s", offers: []),
    Case("perf-gate", "--alpha", "", offers: []),
    Case("perf-gate", "-C", "", offers: ["results", ".git"]),
    Case("perf-gate", "-qC", "re", offers: ["results"]),
    Case("perf-gate", "--report", "ma", offers: ["markdown"]),
    Case("perf-gate", "--report", "markdown", "=", "perf.", offers: ["perf.md"]),
    Case("perf-gate", "--report", "=", "markdown", "=", "perf.", offers: ["perf.md"]),
    Case("perf-gate", "--completions", "", offers: ["bash", "zsh", "fish"]),
    Case("perf-record", "--l", offers: ["--label"]),
    Case("perf-record", "perf", offers: ["perf one.json", "perf.md"]),
    Case("perf-record", "--", "git-upload-pac", offers: ["git-upload-pack"]),
    Case("perf-record", "--", "cat", "--label", offers: []),
    Case("perf-record", "--", "cat", "perf.", offers: ["perf.md"]),
  ]

  @Test("bash offers what fits", arguments: bashCases)
  func bash(offers expected: Case) throws {
    let bash = try #require(InstalledShell("bash"))
    let words = expected.line.map(\.quotedForPOSIX).joined(separator: " ")
    let function = expected.line[0] == "perf-gate" ? "_perf_gate" : "_perf_record"
    let script = """
      COMP_WORDS=(\(words)) COMP_CWORD=\(expected.line.count - 1)
      \(function)
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let output = try withCompletionFolder { folder in
      try bash.run(
        ["--norc"],
        script: gate.completions(for: .bash) + record.completions(for: .bash) + script, in: folder)
    }
    #expect(Set(output.lines) == Set(expected.offers))
  }

  @Test("bash that does not break words at '=' gets whole words")
  func bashWithoutBreaks() throws {
    let bash = try #require(InstalledShell("bash"))
    let script = """
      COMP_WORDBREAKS=' ' COMP_WORDS=(perf-gate --color=al) COMP_CWORD=1
      _perf_gate
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let output = try bash.run(["--norc"], script: gate.completions(for: .bash) + script)
    #expect(output.lines == ["--color=always"])
  }

  @Test(
    "bash reads its scripts",
    arguments: ["perf-gate", "perf-record"])
  func bashSyntax(of program: String) throws {
    let bash = try #require(InstalledShell("bash"))
    #expect(
      try bash.run(["-n"], script: script(of: program, for: .bash)) == .init(text: "", status: 0))
  }

  @Test(
    "zsh reads its scripts", .enabled(if: InstalledShell("zsh") != nil, "zsh is not installed"),
    arguments: ["perf-gate", "perf-record"])
  func zshSyntax(of program: String) throws {
    let zsh = try #require(InstalledShell("zsh"))
    #expect(
      try zsh.run(["-f", "-n"], script: script(of: program, for: .zsh))
        == .init(text: "", status: 0))
  }

  @Test(
    "fish reads its scripts", .enabled(if: InstalledShell("fish") != nil, "fish is not installed"),
    arguments: ["perf-gate", "perf-record"])
  func fishSyntax(of program: String) throws {
    let fish = try #require(InstalledShell("fish"))
    #expect(
      try fish.run(["--no-config", "-n"], script: script(of: program, for: .fish))
        == .init(text: "", status: 0))
  }

  static let fishCases = [
    Case("perf-gate --re", offers: ["--report"]),
    Case("perf-gate --color ", offers: ["auto", "always", "never"]),
    Case("perf-gate --color=n", offers: ["--color=never"]),
    Case("perf-gate --base ", offers: ["HEAD", "main", "odd$name", "v1"]),
    Case("perf-gate ma", offers: ["main"]),
    Case("perf-gate --base v1..ma", offers: ["v1..main"]),
    Case("perf-gate --base=v1..ma", offers: ["--base=v1..main"]),
    Case("perf-gate --against perf.", offers: ["perf.md"]),
    Case("perf-gate -C ", offers: ["results/"]),
    Case("perf-gate --report ma", offers: ["markdown"]),
    Case("perf-gate --report markdown=perf.", offers: ["markdown=perf.md"]),
    Case("perf-record --l", offers: ["--label"]),
    Case("perf-record -- git-upload-pac", offers: ["git-upload-pack"]),
    Case("perf-record -- cat perf.", offers: ["perf.md"]),
  ]

  @Test(
    "fish offers what fits", .enabled(if: InstalledShell("fish") != nil, "fish is not installed"),
    arguments: fishCases)
  func fish(offers expected: Case) throws {
    let fish = try #require(InstalledShell("fish"))
    let script = "complete -C \(expected.line[0].quotedForFish)\n"
    let output = try withCompletionFolder { folder in
      try fish.run(
        ["--no-config"],
        script: gate.completions(for: .fish) + record.completions(for: .fish) + script, in: folder)
    }
    let offers = output.lines.map { String($0.prefix { $0 != "\t" }) }
    #expect(Set(offers) == Set(expected.offers), "\(output.text)")
  }

  /// Texts that a careless script would run or trip over.
  static let hostile = [
    "it's", "$(touch ran)", "`touch ran`", "a b", "\\", "\"", "[x]:y", "*", "~",
  ]

  @Test("bash offers texts as they are and never runs them")
  func hostileBash() throws {
    let question = """
      COMP_WORDS=(perf-x --word '') COMP_CWORD=2
      _perf_x
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    try expectHarmless(.bash, question)
  }

  @Test(
    "fish offers texts as they are and never runs them",
    .enabled(if: InstalledShell("fish") != nil, "fish is not installed"))
  func hostileFish() throws {
    try expectHarmless(.fish, "complete -C 'perf-x --word ' | string split -f 1 \\t")
  }

  private func expectHarmless(_ kind: Shell, _ question: String) throws {
    let shell = try #require(InstalledShell(kind.rawValue))
    let word = GateFlag.option(
      "word", .word("<w>", among: Self.hostile), sets: \.notesRef,
      help: Self.hostile.joined(separator: " "))
    let spec = CommandSpec(
      program: "perf-x", version: "1", abstract: "", usage: [""],
      groups: [FlagGroup("Options", [word])])
    let ran = try withCompletionFolder { folder in
      let script = spec.completions(for: kind) + question + "\n"
      let output = try shell.run([], script: script, in: folder)
      #expect(Set(output.lines) == Set(Self.hostile))
      return FileManager.default.fileExists(atPath: folder.appending(path: "ran").path)
    }
    #expect(!ran)
  }

  private func script(of program: String, for shell: Shell) -> String {
    program == gate.program ? gate.completions(for: shell) : record.completions(for: shell)
  }
}
