import Foundation
import Intake
import Testing

@Suite("Damaged files")
struct DamagedTests {
  /// Every fixture is cut off, and has one byte turned into another, at some ten places.
  @Test(
    "a file that is cut off or damaged is read or refused, and never ends the program",
    arguments: Format.all.map(\.name))
  func damaged(name: String) throws {
    let format = try #require(Format.named(name))
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let bytes = try fixture("\(name)/\(file)").bytes
      guard !bytes.isEmpty else { continue }
      for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 10)) {
        read(Array(bytes[..<place]), format)
        for byte in "\"[-\n".utf8 {
          var changed = bytes
          changed[place] = byte
          read(changed, format)
        }
      }
    }
  }

  private func read(_ bytes: [UInt8], _ format: Format) {
    for isLenient in [false, true] {
      var input = Input(name: "x", bytes: bytes)
      input.isLenient = isLenient
      _ = format.recognizes(input)
      let reading = try? format.read(input)
      #expect(reading?.isEmpty != true)
    }
  }
}
