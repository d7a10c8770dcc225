import Configuration
import Foundation
import Git
import Statistics
import TestSupport
import Testing

@Suite("A configuration file is read as git reads it")
struct GrammarTests {
  private let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// What git makes of a text: each key and value, or nil where it refuses.
  private func git(_ text: [UInt8]) throws -> [String]? {
    try Data(text).write(to: repository.url.appending(path: "file"))
    let result = try Subprocess.run(
      "/usr/bin/env", ["git", "config", "-f", "file", "-l", "-z"], in: repository.url,
      environment: Subprocess.cleanEnvironment)
    guard result.status == 0 else { return nil }
    return result.out.split(separator: "\0").map { entry in
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return "\(parts[0])=\(parts.count > 1 ? String(parts[1]) : "true")"
    }
  }

  private func ours(_ text: [UInt8]) -> [String]? {
    guard let lines = try? ConfigurationText(text).lines else { return nil }
    return lines.map(\.entry).map { entry in
      let heading = entry.section.isEmpty && entry.subsection == nil ? "" : "\(entry.section)."
      return "\(heading)\(entry.subsection.map { "\($0)." } ?? "")\(entry.name)=\(entry.value)"
    }
  }

  static let texts = [
    "", "\n", "[a]", "[a]b", "[a]\nb=c\n", "[a]\nb = c ; d\n", "[a]\nb = \"c ; d\" # e\n",
    "[A]\nB = C\n", "[a \"B.c\"]\nd=e\n", "[a.B]\nc=d\n", "[a.B \"C\"]\nd=e\n", "[ \"a\"]\nb=c\n",
    "[a \"\"]\nb=c\n", "[a \"b\\\"c\\\\d\\e\"]\nf=g\n", "[a]\nb=c\\\n  d\n", "[a]\nb=c \\\n",
    "[a]\nb = \"c\n", "[a]\nb = c\\x\n", "[a]\nb = \\t\\n\\b\\\\\\\"\n", "[a \"b\" ]\nc=d\n",
    "[a\n]\nb=c\n", "[a \"b\nc\"]\nd=e\n", "[a_b]\nc=d\n", "[a]\n1b=c\n", "[a]\nb1-c=d\n",
    "[a]\nb_c=d\n",
    "[a]\nb c=d\n", "a=b\n", "[]\na=b\n", "[a]\nb=\n", "[a]\nb=  \n", "[a]\nb=\"\" \n",
    "[a]\nb=\" c \" \n",
    "[a] b=c\n", "[a] [b] c=d\n", "[a]\nb=c [d]\n", "[a]\r\nb=c\r\n", "[a]\rb=c",
    "[a]\nb=c\r\n\r\nd",
    "\u{FEFF}[a]\nb=c\n", "[a]\n\u{FEFF}b=c\n", "[a]\n;b=c\n#d=e\n", "[a]\nb=c;d=e\n",
    "[a]\nb=\"c\"d\"e\"\n",
    "[a]\nb = c\\", "[a]\nb =\\\n\\\nc\n", "[a]\n b\t=\tc\n", "[a\t\"b\"]\nc=d\n",
    "[a\"b\"]\nc=d\n",
    "[a]\nä=b\n", "[a]\nb=ä\n", "[a \"ä\"]\nb=c\n", "[a]\n=b\n", "[a]]\nb=c\n", "[a]\nb;c\n",
    "[a]\nb #c\n",
  ]

  @Test("every form of it", arguments: texts)
  func forms(text: String) throws {
    #expect(try ours([UInt8](text.utf8)) == git([UInt8](text.utf8)), "\(text.debugDescription)")
  }

  @Test("what is put together from its letters at random")
  func random() throws {
    var generator = SeededGenerator(seed: 15)
    let pieces = [
      "[", "]", "[a]\n", "[a \"b\"]\n", "[a.b]\n", "\n", "\r\n", "\"", "\\", "\\\n", "=", " = ",
      ";", "#",
      " ", "k", "K2", "-", ".", "v", "v w", "\\t", "\\q", "x = y\n", "x\n", "1", "ä",
    ]
    for _ in 0..<400 {
      let count = Int.random(in: 1...14, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let bytes = [UInt8](text.utf8)
      // Of spaces inside a value older gits make one kind.
      #expect(try ours(bytes) == git(bytes), "\(text.debugDescription)")
    }
  }

  @Test(
    "null bytes are refused with their line wherever they are",
    arguments: [("\0\0\0", 1), ("[a]\nb = c\0\n", 2), ("[a]\n; c\0\n", 2), ("[a \"\0\"]\n", 1)])
  func nulls(text: String, line: Int) {
    let error = #expect(throws: ConfigurationText.BadLine.self) {
      try ConfigurationText([UInt8](text.utf8))
    }
    #expect(error?.number == line)
  }

  @Test(
    "the line of what is refused",
    arguments: [("[a]\nb = c\n[d\n", 3), ("[a]\nb = \"c\nd = e\n", 2), ("[a]\n\n= x\n", 3)])
  func lines(text: String, line: Int) {
    let error = #expect(throws: ConfigurationText.BadLine.self) {
      try ConfigurationText([UInt8](text.utf8))
    }
    #expect(error?.number == line)
  }
}
