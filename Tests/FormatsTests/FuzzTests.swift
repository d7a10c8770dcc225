import Formats
import Foundation
import Statistics
import TestSupport
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
    arguments: Format.all.map(\.name).filter { $0 != "criterion" })
  func files(name: String) throws {
    let format = try #require(Format.named(name))
    let seeds = try Self.fixtures(of: name)
    var random = SeededGenerator(seed: 1)
    var read = 0
    for _ in 0..<Self.count {
      let seed = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      let bytes = Self.changed(seed.bytes, seeds.map(\.bytes), &random)
      var input = Input(name: seed.name, bytes: bytes)
      input.isLenient = Bool.random(using: &random)
      _ = format.recognizes(input)
      if format.hasHistory, let commitHistory = try? format.history(input) {
        #expect(!commitHistory.entries.isEmpty)
      }
      guard let reading = try? format.read(input) else { continue }
      read += 1
      #expect(!reading.isEmpty)
    }
    // Where nothing is read any more, the changes are too wild to find anything.
    #expect(read > 0)
  }

  @Test("whatever is in criterion's folder is read or refused")
  func folder() throws {
    let folder = try ScratchDirectory()
    let names = ["new/benchmark.json", "new/sample.json"]
    let seeds = try ["v0.2/Fibonacci/Iterative", "v0.3.6/sort/unstable/64"].flatMap { benchmark in
      try names.map { (name: $0, bytes: try fixture("criterion/\(benchmark)/\($0)").bytes) }
    }
    var random = SeededGenerator(seed: 1)
    var read = 0
    for _ in 0..<Self.count {
      for (name, bytes) in seeds.prefix(2) { try Self.write(bytes, name, in: folder) }
      let seed = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      try Self.write(Self.changed(seed.bytes, seeds.map(\.bytes), &random), seed.name, in: folder)
      var input = try Input(path: folder.path)
      input.isLenient = Bool.random(using: &random)
      guard let reading = try? Format.criterion.read(input) else { continue }
      read += 1
      #expect(!reading.isEmpty)
    }
    #expect(read > 0)
  }

  private static func write(
    _ bytes: [UInt8], _ name: String, in folder: ScratchDirectory
  ) throws {
    let file = folder.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  private static func fixtures(of name: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { ($0, try fixture("\(name)/\($0)").bytes) }
      .filter { !$0.1.isEmpty }
  }

  private static let words = [
    "NaN", "-Infinity", "1e999", "-1", "0", "null", "[]", "{}", "\"\"", "[[[[", "\"", "\n", "\r\n",
    ",", "\t", "\u{FEFF}", "é", "\0", "99999999999999999999", "1e-400", "<a>", "</", "&#x0;", ": ",
  ].map { Array($0.utf8) }

  private static func changed(
    _ bytes: [UInt8], _ seeds: [[UInt8]], _ random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes, seeds, &random) }
    return bytes
  }

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
