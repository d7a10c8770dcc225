import Foundation
import TestSupport
import Testing

@Suite("Prices of models give calls a cost")
struct PriceTests {
  let project: Project

  init() throws { project = try Project() }

  private func configure(_ text: String) throws {
    try project.repository.directory.write(".perfconfig", text)
  }

  /// A call that read 40 of its tokens from a cache.
  private static func call(
    _ id: String, model: String = "gpt-5-mini", input: Int = 100, cached: Int = 40,
    output: Int = 10
  ) -> String {
    #"{"id":"\#(id)","model":"\#(model)","choices":[],"usage":{"prompt_tokens":\#(input),"#
      + #""completion_tokens":\#(output),"total_tokens":\#(input + output),"#
      + #""prompt_tokens_details":{"cached_tokens":\#(cached)}}}"# + "\n"
  }

  /// The rounds of the cost of every benchmark, as they are written.
  private func costs(_ input: String) throws -> (costs: [String: [[Double]]], errors: String) {
    let result = try project.run(
      "perf-record", "--quiet", "--per", "call", "--import", "-", "--output", "run.json",
      input: input)
    try #require(result.status == 0, "\(result.err)")
    let text = try project.repository.directory.read("run.json")
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let runs = try #require(document?["runs"] as? [[String: Any]])
    let series = try #require(runs.first?["series"] as? [[String: Any]])
    var costs: [String: [[Double]]] = [:]
    for entry in series where entry["metric"] as? String == "cost" {
      #expect(entry["unit"] as? String == "USD")
      #expect(entry["exact"] == nil || entry["exact"] as? Bool == false)
      let labels = try #require(entry["labels"] as? [String: String])
      costs[labels["model", default: ""]] = entry["rounds"] as? [[Double]]
    }
    return (costs, result.err)
  }

  @Test("each round costs what its tokens do, by the million")
  func rounds() throws {
    try configure("[price \"gpt-5-mini\"]\ninput = $2\noutput = 10\ncacheRead = $0.5\n")
    let (costs, errors) = try costs(
      Self.call("a") + Self.call("b", input: 1_000_000, cached: 0, output: 0))
    // (60 · 2 + 40 · 0.5 + 10 · 10) / 1,000,000, and 1,000,000 · 2 / 1,000,000
    #expect(costs == ["gpt-5-mini": [[0.00024], [2]]])
    #expect(errors == "")
  }

  @Test("the most specific pattern that has a price counts, and git config goes before the file")
  func patterns() throws {
    try configure(
      """
      [price "gpt-5-mini"]
      input = 1
      output = 1
      [price "*"]
      input = 100
      output = 100
      cacheRead = 0
      [price "gpt-*"]
      input = 10
      output = 10

      """)
    let calls = Self.call("a") + Self.call("b", model: "gpt-4.1") + Self.call("c", model: "o3")
    #expect(
      try costs(calls).costs == [
        "gpt-5-mini": [[0.00007]], "gpt-4.1": [[0.0007]], "o3": [[0.007]],
      ])
    try project.repository.git("config", "perf.price.gpt-4.1.input", "$20")
    #expect(try costs(calls).costs["gpt-4.1"] == [[0.0013]])
  }

  @Test("a model without a price gets no cost and is named, where there is any price at all")
  func unknown() throws {
    let calls = Self.call("a") + Self.call("b") + Self.call("c", model: "o3", cached: 0)
    let silent = try costs(calls)
    #expect(silent.costs.isEmpty && silent.errors == "")
    try configure("[price \"o3\"]\ninput = 1\noutput = 1\n")
    let (costs, errors) = try costs(calls)
    #expect(Array(costs.keys) == ["o3"])
    #expect(
      errors
        == "warning: no cost: model 'gpt-5-mini' has no `[price \"gpt-5-mini\"]`\n")
  }

  @Test("tokens of a kind that has no price are not taken to be free")
  func missingKind() throws {
    try configure("[price \"gpt-*\"]\ninput = 1\noutput = 1\n")
    let (costs, errors) = try costs(Self.call("a"))
    #expect(costs.isEmpty)
    #expect(errors == "warning: no cost: model 'gpt-5-mini' has no price of `cacheRead`\n")
    #expect(try self.costs(Self.call("a", cached: 0)).costs == ["gpt-5-mini": [[0.00011]]])
  }

  @Test("files that are compared, and what a harness prints, are priced as well, warned of once")
  func elsewhere() throws {
    try configure("[price \"gpt-*\"]\ninput = 1\noutput = 1\ncacheRead = 0\n")
    let directory = project.repository.directory
    try directory.write("old.jsonl", Self.call("a") + Self.call("o", model: "o3"))
    try directory.write("new.jsonl", Self.call("a", output: 20) + Self.call("o", model: "o3"))
    let diff = try project.run("perf-diff", "old.jsonl", "new.jsonl", "--verbose")
    try expectGolden(diff)
    let result = try project.run(
      "perf-record", "--format", "openai", "--rounds", "2", "--warmup", "0", "--output",
      "run.json", "--", "cat", "old.jsonl")
    #expect(result.status == 0, "\(result.err)")
    #expect(try !directory.read("run.json").contains(#""cost""#))
    #expect(result.err.components(separatedBy: "no cost: ").count == 2, "\(result.err)")
  }

  @Test("a price that is none is an error with its line")
  func mistakes() throws {
    let lines = ["input = cheap", "output = -1", "cacheRead = 3s", "cacheWrite = 5%"]
    try expectGolden(
      lines.map { line in
        try configure("[price \"gpt-*\"]\n\(line)\n")
        return try project.run("perf-record", "--import", "-", input: Self.call("a"))
      })
  }

  @Test("a key that nobody knows is named, and prices need a model")
  func unknownKeys() throws {
    try configure("[price \"gpt-*\"]\ncachedRead = 1\n[price]\ninput = 1\n")
    let result = try project.run("perf-record", "--import", "-", input: Self.call("a"))
    try expectGolden(result)
  }
}
