import Foundation
import Reports
import Testing

/// What a terminal or a reader must not be given by a name, in whatever place.
@Suite("names from elsewhere")
struct SafetyTests {
  /// Written down apart from the code under test: controls but for the newline, line and paragraph
  /// separators, marks of direction, and what cannot be seen.
  private static let forbidden: [ClosedRange<UInt32>] = [
    0x00...0x09, 0x0B...0x1F, 0x7F...0x9F, 0x061C...0x061C, 0x200B...0x200C, 0x200E...0x200F,
    0x2028...0x202E, 0x2066...0x2069, 0xFEFF...0xFEFF, 0xE0000...0xE007F,
  ]

  @Test("nothing raw reaches any rendering", arguments: Hostile.names)
  func raw(_ name: String) throws {
    let report = try Hostile.report(name)
    for rendering in Rendering.all {
      for style in [Style(), Style(verbose: true)] {
        let text = rendering.render(report, style)
        let harm = text.unicodeScalars.first { scalar in
          Self.forbidden.contains { $0.contains(scalar.value) }
        }
        #expect(harm == nil, "\(rendering.name)")
      }
    }
  }

  @Test("no name makes a line of its own", arguments: Hostile.names)
  func lines(_ name: String) throws {
    for rendering in Rendering.all {
      let (plain, hostile) = (
        rendering.render(try Hostile.report("x"), Style(verbose: true)),
        rendering.render(try Hostile.report(name), Style(verbose: true))
      )
      #expect(hostile.count { $0.isNewline } == plain.count { $0.isNewline }, "\(rendering.name)")
    }
  }

  @Test("JSON gives every name back as it was", arguments: Hostile.names)
  func json(_ name: String) throws {
    let text = Rendering.json.render(try Hostile.report(name), Style())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let series = try #require(document["series"] as? [[String: Any]])
    let benchmarks = series.compactMap { $0["benchmark"] as? String }
    #expect(benchmarks.contains { $0.unicodeScalars.elementsEqual(name.unicodeScalars) })
    #expect(document["suite"] as? String == name)
  }
}
