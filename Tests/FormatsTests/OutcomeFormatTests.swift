import Formats
import Measurements
import Testing

/// All fixtures are written by hand, after what the tools write; see `Fixtures/make/inspect.py`.
@Suite("Evaluations of agents: each task has an outcome")
struct OutcomeFormatTests {
  private let first = "security_guide/1 model=claude-sonnet-4-5 provider=anthropic"
  private let second = "security_guide/two model=claude-sonnet-4-5 provider=anthropic"

  @Test(
    "each epoch of a sample is an attempt at a task, in a log of either kind",
    arguments: ["inspect/log.json", "inspect/log.eval"])
  func inspect(path: String) throws {
    let log = try Format.inspect.read(fixture(path))
    #expect(log.samples(first, "success") == [[1], [0]])
    #expect(log.samples(first, "score") == [[1], [0.5]])
    #expect(log.samples(first) == [[10_000_000_000], [12_000_000_000]])
    #expect(log.samples(first, "working_time") == [[9_500_000_000], [11_500_000_000]])
    #expect(log.samples(first, "input_tokens") == [[100], [110]])
    #expect(log.samples(first, "cache_read_tokens") == [[50], [0]])
    #expect(log.samples(first, "reasoning_tokens") == [[5], [0]])
    #expect(log.samples(first, "total_tokens") == [[180], [135]])
    #expect(log.samples(second, "success") == [[0]])
    #expect(log.samples(second, "total_tokens") == [[100]])
    #expect(log.failures.isEmpty)
    #expect(log.samples(second, "infrastructure_failures") == [[1]])
    #expect(log.namedCommit?.id == "0123456789ab")
    #expect(log.namedCommit?.isDirty == false)
    #expect(log.metric("success") == .success)
  }

  @Test("what another model used, such as one that grades, is kept under its name")
  func grader() throws {
    let log = try Format.inspect.read(fixture("inspect/log.eval"))
    let grader = "security_guide/1 model=gpt-4o provider=openai"
    #expect(log.samples(grader, "total_tokens") == [[42], [42]])
    #expect(log.samples(grader, "success") == nil)
  }

  @Test("summaries without a usage, and a log that was broken off, are read from the samples")
  func old() throws {
    let log = try Format.inspect.read(fixture("inspect/old.eval"))
    #expect(log.samples(first, "total_tokens") == [[180]])
    #expect(log.samples(second, "success") == [[0]])
  }

  private static func sample(_ scores: String) -> String {
    #"{"version":2,"status":"success","eval":{"task":"t","model":"m"},"#
      + #""samples":[{"id":1,"epoch":1,"scores":\#(scores)}]}"#
  }

  @Test(
    "solved is what every score calls so",
    arguments: [
      (#"{"a":{"value":"C"}}"#, 1.0), (#"{"a":{"value":"I"}}"#, 0), (#"{"a":{"value":"P"}}"#, 0),
      (#"{"a":{"value":"N"}}"#, 0), (#"{"a":{"value":true}}"#, 1), (#"{"a":{"value":1.0}}"#, 1),
      (#"{"a":{"value":0.99}}"#, 0), (#"{"a":{"value":"yes"}}"#, 1),
      (#"{"a":{"value":"C"},"b":{"value":"I"}}"#, 0), (#"{"a":{"value":"C"},"b":{"value":5}}"#, 1),
      (#"{"a":{"value":"C"},"b":{"value":{"x":0}}}"#, 1),
    ])
  func scores(scores: String, success: Double) throws {
    let log = try Format.inspect.read(.of(Self.sample(scores)))
    #expect(log.samples("t/1 model=m", "success") == [[success]])
  }

  @Test("a sample without a score has no outcome")
  func noScore() throws {
    for scores in ["null", "{}", #"{"a":{"value":[1]}}"#] {
      let log = try Format.inspect.read(.of(Self.sample(scores)))
      #expect(log.failures.map(\.reason) == ["it has no score"])
    }
  }

  @Test("a zip file that is cut off, packed by zstd or none of Inspect's is refused with a reason")
  func zip() throws {
    let bytes = try fixture("inspect/log.eval").bytes
    func failure(_ bytes: [UInt8]) -> String {
      do {
        _ = try Format.inspect.read(Input(name: "x.eval", bytes: bytes))
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      failure(Array(bytes.dropLast(30))) == "x.eval: the zip file cannot be unpacked")
    var packed = bytes
    for place in packed.indices.dropLast(12)
    where packed[place...].starts(with: [0x50, 0x4b, 1, 2]) {
      packed[place + 10] = 93
    }
    #expect(
      failure(packed)
        == "x.eval: '_journal/start.json' is packed by zstd, which is not read")
    var broken = bytes
    for place in 60..<90 { broken[place] = 0xff }
    #expect(failure(broken) == "x.eval: '_journal/start.json' cannot be unpacked")
    let other: [UInt8] = [0x50, 0x4b, 3, 4, 0, 0]
    #expect(throws: InputError.self) {
      try Format.detect(Input(name: "x.zip", bytes: other))
    }
  }

  @Test("a size beyond what is allowed is refused before anything is unpacked")
  func large() throws {
    var bytes = try fixture("inspect/log.eval").bytes
    for place in bytes.indices.dropLast(30) where bytes[place...].starts(with: [0x50, 0x4b, 1, 2]) {
      bytes[place + 27] = 0x40
    }
    let input = Input(name: "x.eval", bytes: bytes)
    let error = #expect(throws: InputError.self) { try Format.inspect.read(input) }
    #expect(error?.description == "x.eval: '_journal/start.json' is too large")
  }

  @Test("instances of SWE-bench are solved or not, and what failed around them has no outcome")
  func sweBench() throws {
    let run = try Format.sweBench.read(fixture("swe-bench/agent.run-1.json"))
    #expect(run.samples("astropy__astropy-12907", "success") == [[1]])
    #expect(run.samples("django__django-11019", "success") == [[0]])
    #expect(run.samples("psf__requests-863", "success") == [[0]])
    for id in ["sympy__sympy-11400", "sympy__sympy-11870"] {
      #expect(run.samples(id, "infrastructure_failures") == [[1]])
      #expect(run.samples(id, "success") == nil)
    }
    #expect(run.failures.isEmpty)
    #expect(run.series.count == 6)
    let single = try Format.sweBench.read(fixture("swe-bench/report.json"))
    #expect(single.samples("django__django-10914", "success") == [[1]])
  }

  @Test("an assertion of promptfoo that does not hold is a task not solved, an error a failure")
  func promptfoo() throws {
    let results = try Format.promptfoo.read(fixture("promptfoo/results.json"))
    let labels = "model=gpt-4o provider=openai"
    #expect(results.samples("greets in French \(labels)", "success") == [[1]])
    #expect(results.samples("greets in French \(labels)") == [[812_000_000]])
    #expect(results.samples("greets in French \(labels)", "reported_cost") == [[0.0001]])
    #expect(results.samples("greets in French \(labels)", "reasoning_tokens") == [[2]])
    #expect(results.samples("text=good night \(labels)", "success") == [[0]])
    #expect(results.samples("text=good night \(labels)", "total_tokens") == [[22]])
    #expect(results.samples("from the cache \(labels)", "success") == [[1]])
    #expect(results.samples("from the cache \(labels)", "wall_time") == nil)
    #expect(results.failures.isEmpty)
    #expect(results.samples("fails \(labels)", "infrastructure_failures") == [[1]])
    #expect(results.parseNotes.contains { $0.description.hasSuffix("API error: 529 overloaded") })
  }

  @Test("several prompts and repeated tests of promptfoo are told apart, and counted")
  func prompts() throws {
    func result(_ prompt: String, _ success: Bool) -> String {
      #"{"testCase":{"description":"t"},"provider":"exec:./a.sh","prompt":{"label":"\#(prompt)"},"#
        + #""success":\#(success),"latencyMs":1}"#
    }
    let text =
      #"{"results":{"version":3,"results":[\#(result("a", true)),\#(result("a", false)),\#(result("b", true))]}}"#
    let results = try Format.promptfoo.read(.of(text))
    #expect(results.samples("t prompt=a provider=exec:./a.sh", "success") == [[1], [0]])
    #expect(results.samples("t prompt=b provider=exec:./a.sh", "success") == [[1]])
  }

  @Test(arguments: cases) func `what is wrong is named`(_ wrong: AgentSessionTests.Wrong) {
    #expect(failure(of: wrong.format, on: wrong.malformed.text) == wrong.malformed.message)
  }

  static let cases = [
    AgentSessionTests.Wrong(
      .inspect, "no samples", #"{"version":2,"status":"error","eval":{"task":"t","model":"m"}}"#,
      "x: a log without samples"),
    AgentSessionTests.Wrong(
      .inspect, "no task", #"{"eval":{"model":"m"},"samples":[{}]}"#,
      "x: field 'eval.task': is missing"),
    AgentSessionTests.Wrong(
      .inspect, "no id", #"{"eval":{"task":"t","model":"m"},"samples":[{"epoch":1}]}"#,
      "x: field 'samples[0].id': is missing"),
    AgentSessionTests.Wrong(
      .inspect, "cut off", #"{"eval":{"task":"t","mod"#,
      "x:1: field 'eval': the JSON ends in the middle of a string"),
    AgentSessionTests.Wrong(
      .sweBench, "no outcome", #"{"a":{"patch_exists":true}}"#, "x: field 'a.resolved': is missing"),
    AgentSessionTests.Wrong(
      .sweBench, "an instance in two lists", #"{"resolved_ids":["a"],"unresolved_ids":["a"]}"#,
      "x: field 'unresolved_ids[0]': a second result of 'a'"),
    AgentSessionTests.Wrong(
      .sweBench, "no ids", #"{"resolved_ids":3}"#,
      "x: field 'resolved_ids': expected an array, found a number"),
    AgentSessionTests.Wrong(
      .promptfoo, "no outcome", #"{"results":{"results":[{"latencyMs":1}]}}"#,
      "x: field 'results.results[0].success': is missing"),
    AgentSessionTests.Wrong(
      .promptfoo, "a negative latency", #"{"results":[{"success":true,"latencyMs":-1}]}"#,
      "x: field 'results[0].latencyMs': negative: -1.0"),
  ]
}
