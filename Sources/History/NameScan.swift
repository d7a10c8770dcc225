import Measurements

/// Finds out without reading a line whether it can hold numbers of some benchmarks.
///
/// A name is looked for as canonical JSON has it. A line that writes some of its characters in another
/// way holds a backslash; one with a backslash is not ruled out.
struct NameScan {
  private let needles: [[UInt8]]

  init(_ names: some Sequence<String>) {
    needles = Set(names).map { Array(JSONValue.string($0).text.utf8) }
  }

  func mayBe(in line: RunLine) -> Bool {
    unsafe line.bytes.withUnsafeBufferPointer { bytes in
      unsafe needles.contains { unsafe Self.contains($0, in: bytes) }
        || Self.hasBackslash(bytes)
    }
  }

  private static func hasBackslash(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe bytes.contains(UInt8(ascii: "\\"))
  }

  /// Horspool's search: on a mismatch it goes on by what the last character allows.
  private static func contains(_ needle: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let length = needle.count
    guard length > 0, text.count >= length else { return false }
    var steps = [Int](repeating: length, count: 256)
    for (place, byte) in needle.dropLast().enumerated() { steps[Int(byte)] = length - 1 - place }
    var start = 0
    // SAFETY: `start + length` never exceeds the number of bytes.
    while start + length <= text.count {
      var place = length - 1
      while place >= 0, unsafe text[start + place] == needle[place] { place -= 1 }
      if place < 0 { return true }
      start += steps[Int(unsafe text[start + length - 1])]
    }
    return false
  }
}
