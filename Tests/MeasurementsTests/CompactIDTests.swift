import Measurements
import Statistics
import Testing

@Suite("An object id in twenty bytes")
struct CompactIDTests {
  private static let digits = Array("0123456789abcdef")

  private static func texts(_ count: Int) -> [String] {
    var generator = SeededGenerator(seed: 7)
    return (0..<count).map { _ in
      String((0..<40).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
    }
      + [String(repeating: "0", count: 40), String(repeating: "f", count: 40)]
  }

  @Test("is the text that it was read from, and its bytes")
  func roundTrip() throws {
    for text in Self.texts(500) {
      let id = try #require(CompactID(text))
      #expect(id.description == text)
      #expect(id.short == text.prefix(10))
      #expect(CompactID(text.uppercased()) == id)
      #expect(id.bytes.count == CompactID.length)
      #expect(CompactID(id.bytes[...]) == id)
      // A slice need not begin at zero.
      #expect(CompactID(([1, 2, 3] + id.bytes + [4])[3..<23]) == id)
    }
  }

  @Test("sorts as its text does")
  func order() throws {
    let texts = Self.texts(300)
    let ids = try texts.map { try #require(CompactID($0)) }
    #expect(ids.sorted().map(\.description) == texts.sorted())
    #expect(Set(ids).count == Set(texts).count)
  }

  @Test(
    "takes nothing but 40 digits",
    arguments: [
      "", "0", String(repeating: "0", count: 39), String(repeating: "0", count: 41),
      String(repeating: "0", count: 64), String(repeating: "g", count: 40),
      " " + String(repeating: "0", count: 39), String(repeating: "0", count: 39) + "\n",
      String(repeating: "٣", count: 40), String(repeating: "0", count: 38) + "0x",
      "-" + String(repeating: "0", count: 39),
    ])
  func refused(_ text: String) { #expect(CompactID(text) == nil) }
}
