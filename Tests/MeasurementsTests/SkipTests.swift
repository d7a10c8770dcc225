import Measurements
import Statistics
import Testing

@Suite("What is not wanted is stepped over by its brackets and quotes")
struct SkipTests {
  /// Some value as somebody may write it.
  private static func text(_ depth: Int, _ generator: inout SeededGenerator) -> String {
    func draw(_ most: Int) -> Int { Int.random(in: 0...most, using: &generator) }
    let spaces = ["", "", " ", "\t", "\n"]
    func space() -> String { spaces[draw(spaces.count - 1)] }
    let strings = [
      #""""#, #""a""#, #""[{""#, #""}],\"session\":""#, #""\\""#, #""\\\"""#, #""é😀""#,
      #""\u005d""#,
    ]
    switch draw(depth > 0 ? 6 : 3) {
    case 0: return strings[draw(strings.count - 1)]
    case 1: return ["0", "-1.5e3", "true", "null"][draw(3)]
    case 2: return ["[]", "{}", "[ ]"][draw(2)]
    case 3: return "12345678901234567890"
    case 4, 5:
      let elements = (0...draw(3)).map { _ in space() + text(depth - 1, &generator) + space() }
      return "[" + elements.joined(separator: ",") + "]"
    default:
      let members = (0...draw(2)).map { _ in
        strings[draw(strings.count - 1)] + space() + ":" + text(depth - 1, &generator)
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }

  @Test("it ends where the value does", arguments: 0..<300)
  func end(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let text = Self.text(5, &generator)
    var reader = JSONReader(Array("[\(text),7]".utf8))
    var seven: Int64?
    var place = 0
    try reader.array { (reader) throws(JSONError) in
      if place == 0 { try reader.skip() } else { seven = try reader.integer() }
      place += 1
    }
    try reader.end()
    #expect(seven == 7, "\(text)")
  }

  private static let line = Run(
    commit: "c", tree: "t", recordedAt: Timestamp("2026-01-01T00:00:00Z"), session: "s",
    tool: "test", environment: nil,
    series: [
      Series(
        benchmark: Benchmark(name: "a]}\"\\[{é", labels: ["size": "\n"]), metric: .wallTime,
        rounds: [], source: "}],\"session\":\"x\"")
    ], failures: [Failure(nil, reason: "[{\"")], part: "]"
  ).json.line

  private static func sound() throws -> [UInt8] {
    Array(
      String(decoding: line, as: UTF8.self).replacing("\"rounds\":[]", with: "\"rounds\":[[1]]")
        .utf8)
  }

  @Test("a header says what the whole run says, of damaged lines, too", arguments: 0..<400)
  func damaged(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = try Self.sound()
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0...3, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      case 2:
        bytes.insert([0x22, 0x5c, 0x5b, 0x7d].randomElement(using: &generator) ?? 0, at: place)
      default: bytes.removeLast(bytes.count - place)
      }
      if bytes.isEmpty { return }
    }
    guard let run = try? Run(bytes) else { return }
    let header = try RunHeader(bytes)
    #expect(header.commit == run.commit && header.tree == run.tree)
    #expect(header.recordedAt == run.recordedAt && header.session == run.session)
    #expect(header.suite == run.suite && header.part == run.part)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let reason: String
  }

  @Test(
    "what has no end fails with the reason",
    arguments: [
      Case(testDescription: "an array", text: "[1,2", reason: "the JSON ends in the middle"),
      Case(
        testDescription: "a string", text: "[\"a",
        reason: "the JSON ends in the middle of a string"),
      Case(
        testDescription: "an escape", text: "[\"a\\",
        reason: "the JSON ends in the middle of a string"),
      Case(
        testDescription: "a line break", text: "[\"a\n\"]",
        reason: "a line break or control character in a string"),
    ])
  func failing(_ example: Case) {
    var reader = JSONReader(Array(example.text.utf8))
    let error = #expect(throws: JSONError.self) { try reader.skip() }
    #expect(error.map { "\($0)".contains(example.reason) } == true, "\(String(describing: error))")
  }
}
