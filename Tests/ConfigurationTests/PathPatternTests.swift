import Configuration
import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Patterns of paths are those of .gitignore")
struct PathPatternTests {
  private let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  /// The paths that git ignores by one pattern.
  private func ignored(by pattern: String, of paths: [String]) throws -> Set<String> {
    try repository.directory.write(".gitignore", pattern + "\n")
    let result = try Subprocess.run(
      "/usr/bin/env", ["git", "check-ignore", "--no-index", "--"] + paths, in: repository.url,
      environment: Subprocess.cleanEnvironment)
    return Set(result.out.split(separator: "\n").map(String.init))
  }

  private static let paths = [
    "a", "b", "ab", "a/b", "b/a", "a/b/a", "a/a/b", "b/b/b/a", "a.b", "ab/a.b", "b/a.b/a",
    "ba/ab/b",
  ]

  @Test(
    "known shapes",
    arguments: [
      "a", "/a", "a/", "/a/", "a/*", "a/**", "**/a", "**/a/**", "a/**/b", "**", "*", "*.b", "?",
      "a?",
      "[ab]", "[!a]b", "[^a]*", "[a-]", "[]a]", "[a", "\\a", "a\\", "a**", "**b/a", "b/*/a",
      "***/a",
      "a//b", "/", "/**", "**/", "a/b/", "ab/a.b",
    ])
  func known(pattern: String) throws {
    let ours = Set(Self.paths.filter(PathPatterns([pattern]).matches))
    #expect(try ours == ignored(by: pattern, of: Self.paths), "\(pattern)")
  }

  @Test("and any others")
  func drawn() throws {
    var generator = SeededGenerator(seed: 41)
    let pieces = ["a", "b", "ab", "*", "?", "**", "[ab]", "[!b]", "a.b", "*b", "a*", "b?"]
    for _ in 0..<150 {
      let count = Int.random(in: 1...4, using: &generator)
      let parts = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "a" }
      let pattern =
        (Bool.random(using: &generator) ? "/" : "") + parts.joined(separator: "/")
        + (Bool.random(using: &generator) ? "/" : "")
      let ours = Set(Self.paths.filter(PathPatterns([pattern]).matches))
      #expect(try ours == ignored(by: pattern, of: Self.paths), "\(pattern)")
    }
  }

  @Test("the last that fits decides, and many wildcards take no longer than their number")
  func last() {
    #expect(PathPatterns(["*.md", "!README.md"]).decision(on: "README.md") == false)
    #expect(PathPatterns(["!README.md", "*.md"]).decision(on: "README.md") == true)
    #expect(PathPatterns(["*.md"]).decision(on: "main.c") == nil)
    let stars = String(repeating: "*a", count: 2_000) + "b"
    #expect(!PathPatterns([stars]).matches(String(repeating: "a", count: 4_000)))
    let gaps = String(repeating: "**/a/", count: 500) + "b"
    #expect(!PathPatterns([gaps]).matches(String(repeating: "a/", count: 600) + "c"))
  }
}
