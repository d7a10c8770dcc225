import Measurements
import Testing

@Suite("The prices of a cost are a part of its definition")
struct DefinitionPricesTests {
  private let price = Definition.Price(model: "m: a, b", kind: .cacheRead, value: 0.3)
  private let command = Definition([Definition.Part("command", ["./a"], shown: "./a")])

  @Test("and stand beside the work, of which they change nothing")
  func parts() {
    let both = command.adding([price])
    #expect(both.work == command.digest && both.digest != command.digest)
    #expect(both.text == "command: ./a\nprice of m: a, b, cacheRead: $0.3")
    #expect(both.prices == [price])
    #expect(command.prices == [] && command.work == command.digest)
    let alone = Definition(prices: [price])
    #expect(alone.work == nil && alone.prices == [price])
  }

  @Test("whose order and repetition do not matter, and of which the first stays")
  func joined() {
    let other = Definition.Price(model: "n", kind: .input, value: 2)
    let later = Definition.Price(model: "n", kind: .input, value: 7)
    let (one, two) = (Definition(prices: [price]), Definition(prices: [other, later]))
    #expect([one, two].joined?.digest == [two, one].joined?.digest)
    #expect(Definition(prices: [other]).adding([later, other]).prices == [other])
    #expect([command, one].joined == command)
    #expect([Definition]().joined == nil)
  }
}
