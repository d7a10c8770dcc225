/// The bytes of an export until they are written, in blocks of some size.
package struct ExportBuffer: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// The number of rows so far.
  package var rows = 0
  /// The number of names and values that the format cannot carry as they are, and that were
  /// percent-encoded. A name counts once for each series or run that has it.
  package var encoded = 0

  package init() {}

  /// The number of bytes from which a block is worth writing.
  package static let block = 1 << 16

  /// Removes and returns all bytes.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func add(_ others: [UInt8]) { bytes.append(contentsOf: others) }

  mutating func add(_ slice: ArraySlice<UInt8>) { bytes.append(contentsOf: slice) }

  mutating func add(byte: UInt8) { bytes.append(byte) }

  mutating func add(_ number: Int) { add(Int64(number)) }

  /// Appends the decimal digits of a whole number.
  mutating func add(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    var (low, high) = (start, bytes.count - 1)
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Appends the shortest text that reads back as the number, without a needless fraction.
  mutating func add(_ number: Double) {
    // Beyond this limit not every whole number is a double; minus zero is not an integer.
    if number.magnitude < 0x1p53, let whole = Int64(exactly: number),
      whole != 0 || number.sign == .plus
    {
      return add(whole)
    }
    var text = number.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    add(text)
  }

  /// Appends a whole number from 0 with leading zeros.
  mutating func add(_ number: Int64, digits: Int) {
    var divisor: Int64 = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
