import Testing

@testable import Formats

@Suite("Units and numbers as people write them")
struct WrittenUnitTests {
  @Test(
    "words become symbols, and what is in no table stays",
    arguments: [
      ("milliseconds", "ms"), ("Seconds", "s"), (" ms ", "ms"), ("ns/iter", "ns"), ("us/op", "us"),
      ("B/op", "B/op"), ("ops/sec", "1/s"), ("op/s", "1/s"), ("MB/sec", "MB/s"),
      ("requests/second", "requests/s"), ("Percent", "%"), ("Megabytes", "MB"), ("", "1"),
      ("widgets", "widgets"), ("Bytes/Second", "B/s"),
    ])
  func units(text: String, symbol: String) {
    #expect(text.unitSymbol == symbol)
  }

  @Test("commas stand between thousands or make no number")
  func numbers() {
    #expect("1,431,759.5".grouped == 1_431_759.5)
    #expect("12".grouped == 12)
    for text in ["12,34", "1,2345", ",123", "1234,567", "", "0x10", "1,000,"] {
      #expect(text.grouped == nil, "\(text)")
    }
    #expect("1e400".decimal == .infinity && "NaN".decimal?.isNaN == true)
    #expect("0x10".decimal == nil && "ten".decimal == nil)
  }

  @Test("words are found anywhere in an input")
  func mentions() {
    let input = Input(name: "x", text: "aab abc")
    #expect(input.mentions("abc") && input.mentions("aab") && input.mentions("b a"))
    #expect(!input.mentions("abcd") && !input.mentions("ba"))
  }
}
