import Foundation
import TestSupport
import Testing

@Suite("ci/picture draws what a program printed")
struct PictureTests {
  private func picture(_ kind: String, _ text: String) throws -> String {
    let script = Programs.packageRoot.appending(path: "ci/picture").path(percentEncoded: false)
    let result = try Subprocess.run(
      script, [kind], in: FileManager.default.temporaryDirectory, input: text)
    #expect(result.status == 0, "\(result.err)")
    return result.out
  }

  /// The texts of a picture, each with its place.
  private func texts(_ picture: String) -> [String] {
    picture.matches(of: /<text x="([0-9.]+)" y="([0-9]+)"(?: class="\w+")?>(.*)<\/text>/)
      .map { "\($0.output.1) \($0.output.2) \($0.output.3)" }
  }

  @Test("words of a terminal stand in their columns, and markup is escaped")
  func terminal() throws {
    let drawn = try picture("terminal", "$ <tool> & 'x'\n✗ one  two words   3\n")
    #expect(
      texts(drawn) == [
        "16.0 31 $ &lt;tool&gt; &amp; 'x'", "16.0 51 ✗ one", "70.6 51 two words", "164.2 51 3",
      ])
    #expect(drawn.contains(#"class="bad">✗ one<"#))
  }

  @Test("a line that is too long for a terminal goes on below")
  func long() throws {
    let word = String(repeating: "a", count: 60)
    #expect(
      texts(try picture("terminal", "\(word) \(word)\n"))
        == ["16.0 31 \(word)", "47.2 51 \(word)"])
  }

  @Test("a comment is drawn with its table, and with its details folded")
  func comment() throws {
    let text = """
      <!-- marker -->
      ❌ **Worse**

      | Benchmark | Metric | Base | Verdict |
      |---|---|--:|---|
      | <code>a&#46;b</code> | time | 1 ms | 🔴 worse |

      <details><summary>all rows</summary>

      | hidden |

      </details>

      """
    #expect(
      texts(try picture("comment", text)) == [
        "16.0 31 ❌ Worse", "16.0 71 Benchmark", "101.8 71 Metric", "164.2 71 Base",
        "211.0 71 Verdict", "16.0 111 a.b", "101.8 111 time", "164.2 111 1 ms", "211.0 111 🔴 worse",
        "16.0 151 ▸ all rows",
      ])
  }
}
