import Runner
import Testing

@Suite struct SessionTests {
  /// Gives the same number for ever.
  private struct Constant: RandomNumberGenerator {
    let value: UInt64
    func next() -> UInt64 { value }
  }

  @Test(
    "a session is sixteen hexadecimal digits, small numbers too",
    arguments: [
      (UInt64.min, "0000000000000000"), (0xab, "00000000000000ab"), (.max, "ffffffffffffffff"),
    ])
  func session(_ value: UInt64, _ expected: String) {
    var generator = Constant(value: value)
    #expect(Session.identifier(using: &generator) == expected)
  }
}
