import Reports
import Statistics
import Testing

@Suite("A picture of values in one line")
struct SparklineTests {
  struct Case: CustomTestStringConvertible {
    let values: [Double?]
    let picture: String
    var testDescription: String { "\(values)" }
  }

  @Test(
    "the lowest block is the least value, the highest the most",
    arguments: [
      Case(values: [], picture: ""), Case(values: [7], picture: "▄"),
      Case(values: [7, 7, 7], picture: "▄▄▄"), Case(values: [nil, nil], picture: "  "),
      Case(values: [0, 1, 2, 3, 4, 5, 6, 7], picture: "▁▂▃▄▅▆▇█"),
      Case(values: [1, nil, 2], picture: "▁ █"), Case(values: [-5, 5], picture: "▁█"),
      Case(values: [1e308, -1e308, 0], picture: "█▁▅"),
      Case(values: [0, .leastNonzeroMagnitude], picture: "▄▄"),
      Case(values: [1, .infinity, 2, -.infinity, .nan], picture: "▁██▁ "),
      Case(values: [.infinity], picture: " "),
    ])
  func blocks(_ example: Case) {
    #expect(Sparkline.text(example.values, width: 80) == example.picture)
  }

  @Test("no peak is lost where many values share a character", arguments: 0..<50)
  func peaks(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 100...5000, using: &generator)
    let width = Int.random(in: 1...90, using: &generator)
    var values = (0..<count).map { _ in Double.random(in: 100...101, using: &generator) }
    let place = Int.random(in: 0..<count, using: &generator)
    for peak in [1000.0, -1000] {
      values[place] = peak
      let picture = Array(Sparkline.text(values, width: width))
      #expect(picture.count == width)
      guard width > 1 else { continue }
      #expect(picture.count { $0 == (peak > 0 ? "█" : "▁") } == 1)
      // The character of the values around the place.
      let column = picture.firstIndex(of: peak > 0 ? "█" : "▁") ?? -1
      #expect((column * count / width..<(column + 1) * count / width).contains(place))
    }
  }

  @Test("it is never wider than asked, and gaps stay gaps", arguments: [1, 2, 7, 60])
  func width(_ width: Int) {
    for count in 0..<200 {
      let values = (0..<count).map { $0 < count / 2 ? nil : Double($0) }
      let picture = Sparkline.text(values, width: width)
      #expect(picture.count == min(count, width))
    }
  }
}
