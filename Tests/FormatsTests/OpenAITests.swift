import Formats
import Measurements
import System
import Testing

/// All fixtures are written by hand, after OpenAI's description of its API.
@Suite("Usage that OpenAI's API reports")
struct OpenAITests {
  private let gpt = "chat model=gpt-4o-2024-08-06 provider=openai"
  private let mini = "chat model=o4-mini-2025-04-16 provider=openai"

  @Test("prompt tokens include those of the cache, which are taken from them")
  func chat() throws {
    let reading = try Format.openAI.read(fixture("openai/chat.json"))
    #expect(reading.samples(gpt, "input_tokens") == [[167]])
    #expect(reading.samples(gpt, "cache_read_tokens") == [[4096]])
    #expect(reading.samples(gpt, "output_tokens") == [[120]])
    #expect(reading.samples(gpt, "reasoning_tokens") == [[64]])
    #expect(reading.samples(gpt, "requests") == [[1]])
    #expect(reading.samples(gpt, "cache_write_tokens") == nil)
  }

  @Test("responses have other names for the same")
  func response() throws {
    let reading = try Format.openAI.read(fixture("openai/response.json"))
    #expect(reading.samples(mini, "input_tokens") == [[200]])
    #expect(reading.samples(mini, "cache_read_tokens") == [[128]])
    #expect(reading.samples(mini, "output_tokens") == [[52]])
    #expect(reading.samples(mini, "reasoning_tokens") == [[32]])
  }

  @Test("several calls of a file are rounds, a repeated one counts once, a failed one has failed")
  func several() throws {
    let reading = try Format.openAI.read(fixture("openai/several.jsonl"))
    #expect(reading.samples(gpt, "input_tokens") == [[100], [104]])
    #expect(reading.samples(mini, "output_tokens") == [[5]])
    let embedding = "embeddings model=text-embedding-3-small provider=openai"
    #expect(reading.samples(embedding, "input_tokens") == [[8]])
    #expect(reading.samples(embedding, "output_tokens") == nil)
    #expect(reading.failures.map(\.description) == ["'\(mini)' failed: The model failed."])
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason) == [
        "answer that is there already", "answer that is not ready",
      ])
  }

  @Test("results of a batch are read, and its errors are failures")
  func batch() throws {
    let reading = try Format.openAI.read(fixture("openai/batch_output.jsonl"))
    #expect(reading.samples(gpt, "input_tokens") == [[22]])
    #expect(reading.failures.map(\.reason) == ["Invalid model."])
  }

  @Test("streams of either kind end with the usage of the whole")
  func streams() throws {
    let chat = try Format.openAI.read(fixture("openai/chat.sse.txt"))
    let small = "chat model=gpt-4o-mini-2024-07-18 provider=openai"
    #expect(chat.samples(small, "input_tokens") == [[19]])
    #expect(chat.samples(small, "output_tokens") == [[10]])
    let response = try Format.openAI.read(fixture("openai/response.sse.txt"))
    #expect(response.samples(mini, "input_tokens") == [[37]])
    #expect(response.samples(mini, "reasoning_tokens") == [[4]])
  }

  @Test("a round without cache has none where another one tells of it")
  func mixedCache() throws {
    let text =
      Self.completion(prompt: "9", id: "a") + Self.completion(prompt: "20", details: 8, id: "b")
    let reading = try Format.openAI.read(.of(text))
    #expect(reading.samples("chat model=m provider=openai", "input_tokens") == [[9], [12]])
    #expect(reading.samples("chat model=m provider=openai", "cache_read_tokens") == [[0], [8]])
  }

  private static func completion(prompt: String, details: Int? = nil, id: String) -> String {
    let details = details.map { #","prompt_tokens_details":{"cached_tokens":\#($0)}"# } ?? ""
    return #"{"id":"\#(id)","model":"m","choices":[],"#
      + #""usage":{"prompt_tokens":\#(prompt),"completion_tokens":1,"total_tokens":2\#(details)}}"#
      + "\n"
  }

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .openAI, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("nothing", "", "x: nothing in it"),
    Malformed(
      "a word for a number", completion(prompt: #""many""#, id: "a"),
      "x: field 'usage.prompt_tokens': expected a whole number, found a string"),
    Malformed(
      "more from the cache than in all", completion(prompt: "3", details: 4, id: "a"),
      "x: field 'usage.prompt_tokens': fewer tokens than the cache alone has, 4"),
    Malformed(
      "no usage", #"{"id":"a","model":"m","choices":[]}"#, "x: an answer without `usage`"),
    Malformed(
      "no model", #"{"usage":{"prompt_tokens":1}}"#, "x: field 'model': is missing"),
    Malformed(
      "one id, two calls", completion(prompt: "3", id: "a") + completion(prompt: "4", id: "a"),
      "x:2: 'a' is there already, with another usage"),
    Malformed(
      "cut off", String(completion(prompt: "3", id: "a").dropLast(20)),
      "x:1: field 'usage': the JSON ends in the middle"),
    Malformed(
      "a stream without usage",
      "data: {\"id\":\"a\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[]}\n\n"
        + "data: [DONE]\n\n", "x:1: 'a' ends without its usage"),
    Malformed(
      "a response that breaks off",
      "data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}\n\n",
      "x:1: 'r' ends without its usage"),
  ]
}
