import Foundation
import Measurements
import Statistics
import Testing

@Suite("JSON is read as Foundation reads it, and refused where RFC 8259 does")
struct JSONReaderTests {
  private func value(_ text: String) throws(JSONError) -> JSONValue {
    var reader = JSONReader(Array(text.utf8))
    let value = try reader.value()
    try reader.end()
    return value
  }

  /// What Foundation makes of a text, in the same terms.
  private func oracle(_ text: String) throws -> NSObject {
    let value = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: [.fragmentsAllowed])
    return try #require(value as? NSObject)
  }

  private func rewritten(_ value: JSONValue) throws -> NSObject {
    try oracle(String(decoding: value.line, as: UTF8.self))
  }

  @Test("a thousand random documents mean the same to both")
  func random() throws {
    var generator = SeededGenerator(seed: 20_261_120)
    for _ in 0..<1000 {
      let text = RandomJSON.document(depth: 4, using: &generator)
      #expect(try rewritten(value(text)) == oracle(text), "\(text)")
    }
  }

  @Test("what is written for people is the same document, on fewer lines than values")
  func writing() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let text = RandomJSON.document(depth: 4, using: &generator)
      #expect(try oracle(value(text).text) == oracle(text), "\(text)")
    }
    #expect(
      try value(#"{"b":[[1,2.5],[]],"a":{}}"#).text == """
        {
          "a": {},
          "b": [
            [1, 2.5],
            []
          ]
        }
        """)
  }

  @Test("what is stored is what Foundation's encoder writes, byte by byte")
  func line() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      let value = try value(RandomJSON.document(depth: 4, using: &generator))
      #expect(try Data(value.line) == encoder.encode(value))
    }
    for _ in 0..<100_000 {
      // Of all sizes: every pattern of bits is as likely.
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(try Data(JSONValue.number(number).line) == encoder.encode(number))
    }
    for number in [0, -0.0, 1, 0x1p53, 0x1p53 - 1, -0x1p53, 0x1p54, 1e15, 1e16, 123456.5, 1e-7] {
      #expect(try Data(JSONValue.number(number).line) == encoder.encode(number))
    }
    let all = String(String.UnicodeScalarView((0...0xffff).compactMap(Unicode.Scalar.init)))
    #expect(try Data(JSONValue.string(all).line) == encoder.encode(all))
  }

  @Test("what skips a value ends where what reads it ends")
  func skipping() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<1000 {
      let text = RandomJSON.document(depth: 4, using: &generator) + " 1"
      var (reading, skipping) = (JSONReader(Array(text.utf8)), JSONReader(Array(text.utf8)))
      _ = try reading.value()
      try skipping.skip()
      #expect(reading.position == skipping.position, "\(text)")
    }
  }

  @Test("what checks a scalar fails where what reads it fails, and ends where that ends")
  func checking() throws {
    let scalars = [
      "1", "-0", "01", "-", "1.5", "1.", "1e5", "1e400", "1e-400", "9223372036854775808",
      String(repeating: "9", count: 309), "0." + String(repeating: "0", count: 400) + "1",
      #""a""#, #""\u00e9""#, #""\x""#, #""a"#, "true", "tru", "null", "NaN", "", "]",
    ]
    for text in scalars {
      let bytes = Array((" " + text + " ").utf8)
      var (reading, checking) = (JSONReader(bytes), JSONReader(bytes))
      let read = Result { () throws(JSONError) in _ = try reading.value() }
      let checked = Result { () throws(JSONError) in try checking.check() }
      #expect(read.failure == checked.failure, "\(text)")
      if read.failure == nil { #expect(reading.position == checking.position, "\(text)") }
    }
  }

  @Test("a random decimal number is the double that Swift reads")
  func decimals() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let digits = Int.random(
        in: 0..<(1 << Int.random(in: 1..<62, using: &generator)), using: &generator)
      let zeros = String(repeating: "0", count: Int.random(in: 0..<9, using: &generator))
      for text in ["\(digits)", "-0.\(zeros)\(digits)", "\(digits % 1000).\(digits)"] {
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.number() == Double(text), "\(text)")
      }
    }
  }

  @Test("a random document that is cut off or has a byte changed never traps, and is judged alike")
  func damaged() throws {
    var generator = SeededGenerator(seed: 99)
    for _ in 0..<2000 {
      var bytes = Array(RandomJSON.document(depth: 3, using: &generator).utf8)
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0x20..<0x7f, using: &generator)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let ours = try? value(text) else { continue }
      // Whatever we take, Foundation takes too and means the same by it.
      #expect(try rewritten(ours) == oracle(text), "\(text)")
    }
  }

  @Test(
    "numbers are those that Swift reads",
    arguments: [
      "0", "-0", "7", "-12", "123456789012345", "1234567890123456", "9007199254740993", "0.1",
      "1e3",
      "1.5e-7", "-2.25E+2", "-0.0", "0.00013436424411240122", "5629499534213120.1",
      "9007199254740993.5", "-12.5", "0.0000000000000000000001", "0.00000000000000000000012",
      "10922992", "1e308", "2.2250738585072014e-308", "0.000", "0e5",
    ])
  func numbers(text: String) throws {
    var reader = JSONReader(Array("[\(text)]".utf8))
    var read: Double?
    try reader.array { (reader) throws(JSONError) in read = try reader.number() }
    #expect(read == Double(text))
  }

  @Test(
    "numbers that are none, or too large or small, are refused",
    arguments: [
      "01", "-", "1.", ".5", "1e", "+1", "0x1", "1e400", "-1e400", "1e-400", "NaN", "1_0",
    ])
  func badNumbers(text: String) {
    var reader = JSONReader(Array("[\(text)]".utf8))
    #expect(throws: JSONError.self) {
      try reader.array { (reader) throws(JSONError) in _ = try reader.number() }
    }
  }

  @Test(
    "an integer beyond the doubles is kept to the last digit, one beyond 64 bits is refused as one")
  func integers() throws {
    #expect(try value("9223372036854775807") == .integer(.max))
    var reader = JSONReader(Array("9223372036854775808".utf8))
    #expect(throws: JSONError.self) { try reader.integer() }
  }

  @Test("escapes, surrogate pairs and UTF-8 become the characters that they are")
  func strings() throws {
    #expect(
      try value(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude80 é🚀""#)
        == .string("\"\\/\u{8}\u{c}\n\r\té🚀 é🚀"))
    for bad in [#""\ud83d""#, #""\ude80\ud83d""#, #""\x""#, #""\u12""#, "\"a\nb\"", "\"open"] {
      #expect(throws: JSONError.self, "\(bad)") { try value(bad) }
    }
    var reader = JSONReader([0x22, 0xff, 0x22])
    #expect(throws: JSONError.self) { try reader.string() }
  }

  @Test("depth has a limit, whether values are read or skipped")
  func depth() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try value(deep) }
    var reader = JSONReader(Array(deep.utf8))
    #expect(throws: JSONError.self) { try reader.skip() }
  }
}

extension Result where Success == Void, Failure == JSONError {
  fileprivate var failure: JSONError? {
    if case .failure(let error) = self { error } else { nil }
  }
}

/// Documents with all that JSON has, in odd spacings.
private enum RandomJSON {
  static func document(depth: Int, using generator: inout SeededGenerator) -> String {
    let space = ["", " ", "\n", "\t "].randomElement(using: &generator) ?? ""
    let kind = Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator)
    switch kind {
    case 0:
      return space + (["true", "false", "null"].randomElement(using: &generator) ?? "") + space
    case 1: return space + "\(Int64.random(in: -1_000_000...1_000_000, using: &generator))"
    // Few digits: Foundation reads more of them as decimals, which are not equal to doubles.
    case 2:
      return "\(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 64)" + space
    case 3:
      return
        "\(Int.random(in: 1...9, using: &generator))e\(Int.random(in: -9...9, using: &generator))"
    case 4, 5: return string(using: &generator)
    case 6: return "[" + members(depth, using: &generator) { _ in "" } + space + "]"
    default: return "{" + members(depth, using: &generator) { "\"k\($0)\"\(space):" } + "}" + space
    }
  }

  private static func members(
    _ depth: Int, using generator: inout SeededGenerator, key: (Int) -> String
  ) -> String {
    (0..<Int.random(in: 0...4, using: &generator)).map { index in
      key(index) + document(depth: depth - 1, using: &generator)
    }.joined(separator: ",")
  }

  private static func string(using generator: inout SeededGenerator) -> String {
    let parts = [
      "a", "Z", " ", "é", "🚀", "\\n", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude00", "{", "]", ",",
    ]
    let count = Int.random(in: 0...6, using: &generator)
    return "\"" + (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      + "\""
  }
}

extension JSONValue: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
