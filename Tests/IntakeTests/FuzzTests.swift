import Foundation
import Intake
import Statistics
import Testing

/// Inputs that nobody wrote, made from the fixtures by chance: the same ones each time.
///
/// A few hundred for each format in every run of the tests; `ci/fuzz` reads 100,000.
@Suite("Files changed by chance")
struct FuzzTests {
  private static let count =
    ProcessInfo.processInfo.environment["PERF_FUZZ_INPUTS"].flatMap { Int($0) } ?? 200

  @Test(
    "whatever is in a file is read or refused, and never ends the program",
    arguments: Format.all.map(\.name))
  func fuzz(name: String) throws {
    let format = try #require(Format.named(name))
    let seeds = try Self.fixtures(of: name)
    // A folder has none; its files are of other formats, too.
    guard !seeds.isEmpty else { return #expect(name == "criterion") }
    var random = SeededGenerator(seed: 1)
    var read = 0
    for _ in 0..<Self.count {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        Self.change(&bytes, seeds, &random)
      }
      var input = Input(name: "x", bytes: bytes)
      input.isLenient = Bool.random(using: &random)
      _ = format.recognizes(input)
      guard let reading = try? format.read(input) else { continue }
      read += 1
      #expect(!reading.isEmpty)
    }
    // Where nothing is read any more, the changes are too wild to find anything.
    #expect(read > 0 || name == "package-bench", "a name of a file is a part of that format")
  }

  private static func fixtures(of name: String) throws -> [[UInt8]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { try fixture("\(name)/\($0)").bytes }
      .filter { !$0.isEmpty }
  }

  private static let words = [
    "NaN", "-Infinity", "1e999", "-1", "0", "null", "[]", "{}", "\"\"", "[[[[", "\"", "\n", "\r\n",
    ",", "\t", "\u{FEFF}", "é", "\0", "99999999999999999999", "1e-400", "<a>", "</", "&#x0;", ": ",
  ].map { Array($0.utf8) }

  private static func change(
    _ bytes: inout [UInt8], _ seeds: [[UInt8]], _ random: inout SeededGenerator
  ) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 2: bytes.replaceSubrange(start..<end, with: words.randomElement(using: &random) ?? [])
    case 3 where start < bytes.count: bytes[start] = .random(in: 0...255, using: &random)
    case 4 where Int.random(in: 0..<8, using: &random) == 0: bytes.removeSubrange(start...)
    default:
      let other = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      let place = Int.random(in: 0..<other.count, using: &random)
      bytes.replaceSubrange(start..<end, with: other[place..<min(other.count, place + 40)])
    }
  }
}
