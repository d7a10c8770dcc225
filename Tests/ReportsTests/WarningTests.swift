import Measurements
import Reports
import Testing
import Verdicts

@Suite("warnings of a report")
struct WarningTests {
  private static let unread = ["1f016d1", "66f83c8", "76574d4", "333ddcf"].enumerated().map {
    "line \($0 + 1) of the note of \($1) is unreadable; it is kept, not used"
  }

  @Test("those of one kind are one line, with three names and a count")
  func grouped() {
    let others = ["'a b' says no machine", "'c' says no machine", "nothing else"]
    #expect(
      (Self.unread + others + Self.unread).grouped == [
        "line 1 of the note of 1f016d1 is unreadable; it is kept, not used "
          + "(the same of 66f83c8, 76574d4 and 1 more; 4 in all)",
        "'a b' says no machine (the same of 'c'; 2 in all)", "nothing else",
      ])
    #expect(
      ["line 1 of the note of 1f016d1 is new", "line 2 of the note of 1f016d1 is new"].grouped == [
        "line 1 of the note of 1f016d1 is new (the same of 2; 2 in all)"
      ])
  }

  @Test("all of them are in the JSON, and in the text for those who ask for it")
  func all() throws {
    let both = [try Example.series("b", 100)]
    let report = Example.report(old: both, new: both, warnings: Self.unread + Self.unread)
    func lines(_ rendering: Rendering, _ style: Style = Style()) -> Int {
      rendering.render(report, style).split(separator: "\n").count {
        $0.contains("is unreadable")
      }
    }
    #expect(lines(.text) == 1 && lines(.markdown) == 1 && lines(.html) == 1)
    #expect(lines(.text, Style(verbose: true)) == 4 && lines(.json) == 4)
  }

  @Test("what is long or strange is one warning all the same")
  func foreign() {
    let long = String(repeating: "'1 1f016d1 ", count: 10_000)
    #expect([long, "", "'", long].grouped == [long, "", "'"])
  }
}
