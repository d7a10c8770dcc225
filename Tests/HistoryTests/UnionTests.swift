import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

@Suite("Notes of several repositories are joined line by line")
struct UnionTests {
  /// Lines by chance, in any order, some twice, some empty, the last one with its end or without.
  private static func note(_ generator: inout SeededGenerator) -> [UInt8] {
    let count = Int.random(in: 0...6, using: &generator)
    let lines = (0..<count).map { _ in
      ["a", "b", "ab", "", "\u{fc}", "{}", "a\r", "z"].randomElement(using: &generator) ?? ""
    }
    let end = Bool.random(using: &generator) ? "\n" : ""
    return Array((lines.joined(separator: "\n") + end).utf8)
  }

  private static func lines(_ note: [UInt8]) -> Set<[UInt8]> {
    Set(note.split(separator: UInt8(ascii: "\n")).map(Array.init))
  }

  @Test("in any order, however often, to the same bytes, with every line once")
  func order() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<2000 {
      let notes = (0..<Int.random(in: 2...6, using: &generator)).map { _ in Self.note(&generator) }
      let all = notes.reduce(into: Set<[UInt8]>()) { $0.formUnion(Self.lines($1)) }
      let one = Self.joined(notes)
      #expect(Self.lines(one) == all)
      for _ in 0..<4 {
        // Some twice, in another order, from both ends.
        let again = (notes + notes.prefix(2)).shuffled(using: &generator)
        let half = again.count / 2
        let other = RunStore.union(
          Self.joined(Array(again[..<half])), Self.joined(Array(again[half...])))
        #expect(other == one || Set(notes).count == 1)
      }
      if Set(notes).count > 1 {
        #expect(one == all.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 + [10] })
      }
    }
  }

  private static func joined(_ notes: [[UInt8]]) -> [UInt8] {
    notes.dropFirst().reduce(notes[0], RunStore.union)
  }

  /// Notes by hand on the commits of one repository, under two references with a common beginning.
  private struct Sides {
    let project: Project
    let commits: [Commit]

    init() throws {
      project = try Project()
      commits = try project.line(4)
      for side in ["perf", "other"] { try note(side, 0, "shared\n") }
    }

    func note(_ side: String, _ index: Int, _ text: String) throws {
      try project.repository.git(
        "notes", "--ref=\(side)", "append", "-m", text, commits[index].id.description)
    }

    func merge() throws {
      let repository = try project.open()
      let other = try #require(try repository.notes("refs/notes/other").commit)
      let store = try RunStore(repository, reference: "refs/notes/perf")
      try store.merge(
        other, from: "other", on: try #require(Day("2026-11-20")), pause: { _ in })
    }

    func shown(_ side: String, _ index: Int) throws -> [String] {
      try project.repository.git("notes", "--ref=\(side)", "show", commits[index].id.description)
        .split(separator: "\n").map(String.init)
    }
  }

  @Test("as git's own cat_sort_uniq does it")
  func oracle() throws {
    let sides = try Sides()
    try sides.note("perf", 0, "ours")
    try sides.note("perf", 1, "b\na")
    try sides.note("other", 0, "theirs")
    try sides.note("other", 1, "c\na")
    try sides.note("other", 2, "only there")
    try sides.note("perf", 3, "only here")
    let git = sides.project.repository
    try git.git("update-ref", "refs/notes/oracle", "refs/notes/perf")
    try git.git("notes", "--ref=oracle", "merge", "--quiet", "-s", "cat_sort_uniq", "other")
    try sides.merge()
    for index in 0..<4 {
      let lines = try sides.shown("perf", index)
      #expect(try lines == sides.shown("oracle", index).filter { !$0.isEmpty })
    }
    #expect(
      try git.git("rev-list", "--parents", "-1", "refs/notes/perf").split(separator: " ").count == 3
    )
    #expect(try git.git("fsck", "--strict") == "")
  }

  @Test("whatever the fan-out of either, and what is no note stays")
  func fanOut() throws {
    for depth in [0, 1, 2, 3] {
      let sides = try Sides()
      try sides.note("perf", 1, "ours")
      let git = sides.project.repository
      let texts = ["theirs 0", "theirs 1", "theirs 2"]
      var entries = ""
      for (index, text) in texts.enumerated() {
        try git.directory.write("blob", text + "\n")
        let blob = try git.git("hash-object", "-w", "blob")
        var path = sides.commits[index].id.description
        for cut in 0..<depth {
          path.insert("/", at: path.index(path.startIndex, offsetBy: cut * 3 + 2))
        }
        entries += "100644 blob \(blob)\t\(path)\n"
      }
      try git.directory.write("blob", "hello\n")
      entries += "100644 blob \(try git.git("hash-object", "-w", "blob"))\tREADME\n"
      let tree = try Self.tree(of: entries, in: git)
      let commit = try git.git("commit-tree", "-m", "by another tool", tree)
      try git.git("update-ref", "refs/notes/other", commit)
      try sides.merge()
      #expect(try sides.shown("perf", 0) == ["shared", "theirs 0"])
      #expect(try sides.shown("perf", 1) == ["ours", "theirs 1"])
      #expect(try sides.shown("perf", 2) == ["theirs 2"])
      #expect(try git.git("show", "refs/notes/perf:README") == "hello")
      let before = try git.git("rev-parse", "refs/notes/perf")
      try sides.merge()
      #expect(try git.git("rev-parse", "refs/notes/perf") == before)
    }
  }

  /// By git's index, which makes folders of paths.
  private static func tree(of entries: String, in git: TemporaryRepository) throws -> String {
    let result = try Subprocess.run(
      "/bin/sh",
      ["-c", "rm -f index; git update-index --index-info && git write-tree"],
      in: git.url,
      environment: Subprocess.cleanEnvironment.merging(["GIT_INDEX_FILE": "\(git.path)/index"]) {
        $1
      },
      input: entries)
    return result.out.split(separator: "\n").last.map(String.init) ?? result.err
  }

  @Test(
    "a state that comes later takes the place of the earlier, and the other way round nothing happens"
  )
  func forward() throws {
    let sides = try Sides()
    let git = sides.project.repository
    try git.git("update-ref", "refs/notes/other", "refs/notes/perf")
    try sides.note("other", 1, "later")
    try sides.merge()
    #expect(try git.git("rev-parse", "refs/notes/perf") == git.git("rev-parse", "refs/notes/other"))
    try git.git("update-ref", "refs/notes/other", "refs/notes/other~1")
    try sides.merge()
    #expect(try sides.shown("perf", 1) == ["later"])
    try git.git("update-ref", "-d", "refs/notes/perf")
    try sides.merge()
    #expect(try git.git("rev-parse", "refs/notes/perf") == git.git("rev-parse", "refs/notes/other"))
  }
}
