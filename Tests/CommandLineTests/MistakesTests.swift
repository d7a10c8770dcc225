import CommandLine
import Testing

@Suite struct MistakesTests {
  struct Case: CustomTestStringConvertible {
    let typed: [String]
    let message: String
    let hint: String
    var testDescription: String { typed.joined(separator: " ") }

    init(_ typed: String..., message: String, hint: String = "see `perf-gate --help`") {
      (self.typed, self.message, self.hint) = (typed, message, hint)
    }
  }

  @Test(
    "a mistake is named, with what to type instead",
    arguments: [
      Case(
        "--agianst", "main", message: "unknown option '--agianst'",
        hint: "did you mean '--against'? see `perf-gate --help`"),
      Case(
        "--rep=json", message: "unknown option '--rep'",
        hint: "did you mean '--report'? see `perf-gate --help`"),
      Case(
        "-against", message: "unknown option '-against'",
        hint: "did you mean '--against'? see `perf-gate --help`"),
      Case(
        "-c", "dir", message: "unknown option '-c'",
        hint: "did you mean '-C'? see `perf-gate --help`"),
      Case("--zzz", message: "unknown option '--zzz'"),
      Case("-qx", message: "unknown option '-x'"),
      Case("--against", message: "missing value for '--against <revision|file>'"),
      Case("-qC", message: "missing value for '-C <dir>'"),
      Case(
        "--against", "--strict", message: "missing value for '--against <revision|file>'",
        hint: "a value that begins with '-' is typed '--against=--strict'"),
      Case(
        "-C", "-q", message: "missing value for '-C <dir>'",
        hint: "a value that begins with '-' is typed '-C-q'"),
      Case("--base", "--", message: "missing value for '--base <revision>'"),
      Case("--base=", message: "invalid value '' for '--base': it is empty"),
      Case("--strict=yes", message: "option '--strict' takes no value, but has 'yes'"),
      Case("-q=yes", message: "option '-q' takes no value, but has 'yes'"),
      Case(
        "--color=alwasy",
        message: "invalid value 'alwasy' for '--color': not one of auto, always, never",
        hint: "did you mean 'always'?"),
      Case(
        "--color", "red",
        message: "invalid value 'red' for '--color': not one of auto, always, never"
      ),
      Case(
        "--alpha", "5",
        message: "invalid value '5' for '--alpha': not a probability between 0 and 1",
        hint: "the usual one is 0.05"),
      Case(
        "--alpha=nan",
        message: "invalid value 'nan' for '--alpha': not a probability between 0 and 1",
        hint: "the usual one is 0.05"),
      Case(
        "--threshold", "10", message: "invalid value '10' for '--threshold': not a percentage",
        hint: "write a percentage like '10%'"),
      Case(
        "--threshold", "-5%", message: "invalid value '-5%' for '--threshold': not a percentage",
        hint: "write a percentage like '10%'"),
      Case(
        "--rounds=0", message: "invalid value '0' for '--rounds': not a whole number from 1 to 1000"
      ),
      Case(
        "--completions", "bsh",
        message: "invalid value 'bsh' for '--completions': not one of bash, zsh, fish",
        hint: "did you mean 'bash'?"),
      Case("a", "b", "c", message: "unexpected argument 'c'"),
      Case("--zzz", "--alpha=x", message: "unknown option '--zzz'"),
    ])
  func mistakes(in typed: Case) {
    let error = #expect(throws: UsageError.self) {
      try gate.parse(typed.typed, into: GateSettings())
    }
    #expect(error == UsageError(typed.message, hint: typed.hint))
  }

  @Test("two dashes without a command are a mistake")
  func emptyCommand() {
    let error = #expect(throws: UsageError.self) {
      try record.parse(["--"], into: RecordSettings())
    }
    #expect(error == UsageError("no command after '--'", hint: "see `perf-record --help`"))
  }

  @Test("operands outside the count are refused, a forgotten '--' is pointed out")
  func operandCounts() {
    struct Nothing {}
    let one = CommandSpec<Nothing>(
      program: "perf-time", version: "1", abstract: "", usage: ["-- <command>"],
      operands: .none, takesCommand: true, groups: [])
    let extra = #expect(throws: UsageError.self) { try one.parse(["ls"], into: Nothing()) }
    #expect(extra?.message == "unexpected argument 'ls'")
    #expect(extra?.hint == "write the command after '--', as in `perf-time -- ls`")
    let diff = CommandSpec<Nothing>(
      program: "perf-diff", version: "1", abstract: "", usage: ["<old> [<new>]"],
      operands: Operands("<old> [<new>]", count: 1...2, help: ""), groups: [])
    let missing = #expect(throws: UsageError.self) { try diff.parse([], into: Nothing()) }
    #expect(missing?.message == "missing argument '<old> [<new>]'")
  }
}

@Suite struct Suggestions {
  struct Case: CustomTestStringConvertible {
    let typed: String
    let nearest: String?
    var testDescription: String { typed }

    init(_ typed: String, _ nearest: String?) { (self.typed, self.nearest) = (typed, nearest) }
  }

  @Test(
    "the nearest name is offered if it is near",
    arguments: [
      Case("threshhold", "threshold"), Case("thresold", "threshold"),
      Case("Threshold", "threshold"),
      Case("htreshold", "threshold"), Case("tresholds", "threshold"), Case("thre", "threshold"),
      Case("bas", "base"), Case("bsae", "base"), Case("v", "v"), Case("x", nil), Case("", nil),
      Case("banana", nil), Case("bb", nil),
    ])
  func nearest(of name: Case) {
    let known = ["threshold", "base", "alpha", "v"]
    #expect(Suggestion.nearest(to: name.typed, among: known) == name.nearest)
  }

  @Test("the earliest of equally near names is offered")
  func ties() {
    #expect(Suggestion.nearest(to: "cat", among: ["bat", "hat"]) == "bat")
    #expect(Suggestion.hint(for: "cat", among: ["bat"]) == "did you mean 'bat'?")
  }

  @Test("distance counts a swap once and is symmetric")
  func distances() {
    let pairs = [
      ("", "", 0), ("", "abc", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("kitten", "sitting", 3),
    ]
    for (a, b, distance) in pairs {
      #expect(Suggestion.distance(Array(a), Array(b)) == distance, "\(a) \(b)")
      #expect(Suggestion.distance(Array(b), Array(a)) == distance, "\(b) \(a)")
    }
  }
}
