import Measurements
import Testing

@Suite("A table by ids")
struct IDTableTests {
  /// An id whose first eight bytes are a number, and whose last is another.
  private func id(_ first: Int, _ last: Int) -> CompactID {
    var bytes = [UInt8](repeating: 0, count: CompactID.length)
    for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: first >> (56 - index * 8)) }
    bytes[19] = UInt8(last)
    return CompactID(bytes[...])
  }

  @Test("finds what is there, and nothing else", arguments: [0, 1, 10, 11, 12, 1000])
  func found(count: Int) {
    let ids = (0..<count).map { id($0 &* 0x9e37_79b9, $0 % 256) }
    let table = IDTable(ids.enumerated().map { (id: $1, number: $0) })
    for (number, id) in ids.enumerated() { #expect(table[id] == number) }
    for number in 0..<100 { #expect(table[id(number &* 0x85eb_ca6b + 7, 255)] == nil) }
  }

  @Test("tells ids apart that would have one place, and takes the later of two numbers")
  func alike() {
    let ids = (0..<40).map { id(5, $0) }
    let table = IDTable(
      ids.enumerated().map { (id: $1, number: $0) } + [(id: ids[3], number: 100)])
    #expect(table[ids[3]] == 100)
    #expect(table[ids[39]] == 39)
    #expect(table[id(5, 200)] == nil)
  }
}
