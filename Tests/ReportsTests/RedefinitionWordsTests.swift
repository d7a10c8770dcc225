import Measurements
import Reports
import Testing
import Verdicts

/// Two definitions and in what they differ, in words.
struct DifferenceCase: CustomTestStringConvertible {
  let old: String
  let new: String
  let words: String
  var testDescription: String { words }

  static let all = [
    DifferenceCase(
      old: "command: ./bench --size 1", new: "command: ./bench --size 4",
      words: "command: --size 1 → --size 4"),
    DifferenceCase(
      old: "command: ./bench --size 1 --all", new: "command: ./bench --size 4 --all",
      words: "command: --size 1 → --size 4"),
    DifferenceCase(
      old: "command: ./bench", new: "command: ./bench --fast", words: "command: nothing → --fast"),
    DifferenceCase(
      old: "command: ./a b\nsetup: make", new: "command: ./a c\nsetup: make all",
      words: "command: b → c; setup: nothing → all"),
    DifferenceCase(
      old: "command: ./a", new: "command: ./a\nfolder: x", words: "folder: none → x"),
    DifferenceCase(
      old: "command: ./a a", new: "command: ./a a a", words: "command: nothing → a"),
    DifferenceCase(
      old: "price of m:1, input: $3", new: "price of m:1, input: $1",
      words: "price of m:1, input: $3 → $1"),
    DifferenceCase(old: "command: ./a", new: "command: ./a", words: "in what is not shown"),
    DifferenceCase(old: "", new: "", words: "in what is not shown"),
  ]
}

@Suite("words for the same name and other work")
struct RedefinitionWordsTests {
  @Test("say in what the two differ, an option with its value", arguments: DifferenceCase.all)
  func difference(_ example: DifferenceCase) {
    #expect(
      Redefinition(old: example.old, new: example.new, response: .warn).words == example.words)
  }

  private func series(_ values: [Double], _ name: String, _ text: String? = nil) throws -> Series {
    Series(
      benchmark: Benchmark(name: name), metric: .wallTime,
      rounds: try values.map { try Round([$0]) },
      source: "test", definition: text.map { Definition(digest: $0, text: $0) })
  }

  private func times(_ value: Double) -> [Double] { Array(repeating: value, count: 10) }

  @Test("say that a change is none, and what to do")
  func sentence() throws {
    func words(_ name: String) throws -> String? {
      FamilyResult(
        old: [try series(times(100), name, "command: ./bench --size 1")],
        new: [try series(times(400), name, "command: ./bench --size 4")], policy: Policy()
      ).seriesResults.first?.redefinitionWords(base: "main")
    }
    #expect(
      try words("p")
        == "p is measured with other work than on main (command: --size 1 → --size 4): its +300 % is "
        + "not a comparison. Same work on both sides: perf-gate --measure. Meant so: perf-gate "
        + "--accept p --reason <why>")
    #expect(try words("a b's")?.contains(#"--accept 'a b'\''s' --reason"#) == true)
  }

  @Test("say nothing where there is nothing to say, or nobody wants to hear it")
  func nothing() throws {
    let policy = {
      var policy = Policy()
      policy.ledger.common[.redefined] = .ignore
      return policy
    }()
    let old = [try series(times(100), "p", "a")]
    let new = [try series(times(400), "p", "b")]
    let ignored = FamilyResult(old: old, new: new, policy: policy).seriesResults.first
    #expect(ignored?.redefinition != nil && ignored?.redefinitionWords(base: "main") == nil)
    let same = FamilyResult(old: old, new: old, policy: Policy()).seriesResults.first
    #expect(same?.redefinitionWords(base: "main") == nil)
  }

  @Test("of what is inherited say what the change itself adds")
  func inherited() throws {
    func spread(_ middle: Double) -> [Double] {
      (0..<10).map { middle * (0.991 + 0.002 * Double($0)) }
    }
    let new = try series(spread(130), "p")
    let base = try series(spread(130).reversed(), "p")
    let seriesResult = try #require(
      FamilyResult(
        old: [try series(spread(100), "p")], new: [new],
        context: BaselineContext(standings: [new.id: Standing(markedBase: [base])]),
        policy: Policy()
      ).seriesResults.first)
    #expect(seriesResult.verdict.kind == .inherited)
    let words = try #require(seriesResult.inheritanceWords(base: "main", since: "66f83c8"))
    #expect(
      words.hasPrefix(
        "inherited: p is 30 % slower on main since 66f83c8 (marked). This change adds 0.0 % ["),
      "\(words)")
    #expect(words.hasSuffix("] to it. Not refused here; main is."), "\(words)")
  }
}
