import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

@Suite("What people note on a run stays with it")
struct RemarkTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func store(_ copy: String = "perf") throws -> RunStore {
    try RunStore(project.open(), reference: "refs/notes/\(copy)")
  }

  private func add(
    _ text: String, to run: ObjectID, by author: String = "Ada <a@b>", second: Int = 0,
    in copy: String = "perf"
  ) throws {
    let remark = try RunRemark(author: author, time: Self.time(second), text: text)
    try store(copy).add(remark, to: run, pause: { _ in })
  }

  @discardableResult
  private func takeBack(
    _ run: ObjectID, by author: String = "Ada <a@b>", in copy: String = "perf"
  ) throws -> String? {
    try store(copy).retractRemark(of: run, by: author, at: Self.time(0), pause: { _ in })?.text
  }

  private static func time(_ second: Int) throws -> Timestamp {
    try #require(Timestamp("2026-11-20T10:00:\(10 + second)Z"))
  }

  private func texts(_ run: ObjectID, in copy: String = "perf") throws -> [String] {
    try store(copy).remarks().byRun[run, default: []].map(\.text)
  }

  private func tree(_ copy: String) throws -> String {
    try project.repository.git("rev-parse", "refs/notes/\(copy)^{tree}")
  }

  private func merge(_ other: String, into copy: String) throws {
    let commit = try #require(project.open().notes("refs/notes/\(other)").commit)
    let today = try #require(Day("2026-11-20"))
    try store(copy).merge(commit, from: other, on: today, pause: { _ in })
  }

  @Test("several notes are in the order of their times, and of the same second in that of writing")
  func order() throws {
    let run = try project.record(commit)
    try add("third", to: run, second: 2)
    try add("first", to: run)
    try add("second", to: run)
    #expect(try texts(run) == ["first", "second", "third"])
    let last = try #require(store().remarks().byRun[run]?.last)
    #expect(last.author == "Ada <a@b>")
    #expect(last.time.description == "2026-11-20T10:00:12Z")
    #expect(try store().remarks().damage == [])
    #expect(try project.repository.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("a person takes back the own last note, and can write it again in the same second")
  func retracted() throws {
    let run = try project.record(commit)
    try add("one", to: run)
    try add("two", to: run)
    try add("other", to: run, by: "Bob <b@b>", second: 5)
    #expect(try takeBack(run) == "two")
    #expect(try texts(run) == ["one", "other"])
    try add("two", to: run)
    #expect(try texts(run) == ["one", "two", "other"])
    #expect(try takeBack(run) == "two")
    #expect(try takeBack(run) == "one")
    let before = try tree("perf")
    #expect(try takeBack(run) == nil)
    #expect(try tree("perf") == before)
    #expect(try texts(run) == ["other"])
  }

  @Test(
    "a text that is no line of 1 to 500 characters is refused",
    arguments: [
      ("", RunRemarkError.empty), ("  ", .empty), ("a\nb", .notOneLine), ("a\tb", .notOneLine),
      ("\u{1b}[1m", .notOneLine), ("a\u{2028}b", .notOneLine),
      (String(repeating: "ä", count: 501), .tooLong(501)),
    ])
  func refused(_ text: String, _ error: RunRemarkError) throws {
    #expect(throws: error) { try RunRemark(author: "a", time: Self.time(0), text: text) }
  }

  @Test("spaces around a text are left out, and 500 characters of any kind are kept")
  func kept() throws {
    let run = try project.record(commit)
    let long = String(repeating: "\"\u{1F9D1}", count: 250)
    try add("  \(long) ", to: run)
    #expect(try texts(run) == [long])
  }

  @Test(
    "a damaged file is told and kept, and the others count",
    arguments: [
      "", "nonsense", "{}", "\u{0}", #"{"run":"12","text":"x","author":"a","time":"now"}"#,
      #"{"author":"a","run":"@","text":"a\nb","time":"2026-11-20T10:00:00Z"}"#,
      #"{"author":"a","remark":"x","run":"@","text":"a","time":"2026-11-20T10:00:00Z"}"#,
      #"{"author":"a","run":"@","text":"a","time":"2026-11-20T10:00:00Z"} more"#,
      "{\"text\":\"" + String(repeating: "a", count: 20_000) + "\"}",
    ], ["noted", "unnoted"])
  func damaged(_ text: String, _ kind: String) throws {
    let run = try project.record(commit)
    try add("good", to: run)
    let name = "\(kind)-2026-11-21-0123456789"
    try project.putBesideNotes(name, text.replacing("@", with: run.description))
    #expect(try texts(run) == ["good"])
    #expect(
      try store().remarks().damage == [
        "'\(name)' beside the notes holds no note on a run that can be read"
      ])
    try add("more", to: run)
    #expect(try project.repository.git("ls-tree", "refs/notes/perf").contains(name))
  }

  @Test("a field that a newer version adds changes nothing")
  func newer() throws {
    let run = try project.record(commit)
    try project.putBesideNotes(
      "noted-2026-11-20-0123456789",
      #"{"author":"a","mood":{"x":[1]},"run":"\#(run)","text":"t","time":"2026-11-20T10:00:00Z"}"#)
    #expect(try texts(run) == ["t"])
  }

  @Test("a note on a run that became a summary is the summary's, also after the tombstone expired")
  func pruned() throws {
    let pruning = try PruningTests()
    let project = pruning.project
    let run = try pruning.record(pruning.commits[0], "2020-01-01")
    try pruning.record(pruning.commits[1], "2026-01-01")
    func store() throws -> RunStore { try RunStore(project.open(), reference: Project.reference) }
    let old = try #require(ObjectID(run))
    for (second, text) in ["kept", "gone"].enumerated() {
      let remark = try RunRemark(author: "a", time: Self.time(second), text: text)
      try store().add(remark, to: old, pause: { _ in })
    }
    try project.repository.git("update-ref", "refs/notes/before", Project.reference)
    try pruning.prune()
    let new = try #require(store().successors()[old])
    #expect(try store().remarks().byRun.mapValues { $0.map(\.text) } == [new: ["kept", "gone"]])
    _ = try store().retractRemark(of: new, by: "a", at: Self.time(3), pause: { _ in })
    #expect(try store().remarks().byRun.mapValues { $0.map(\.text) } == [new: ["kept"]])
    // A copy that was not pruned brings nothing back, and its own new note follows.
    let before = try RunStore(project.open(), reference: "refs/notes/before")
    let late = try RunRemark(author: "b", time: Self.time(5), text: "late")
    try before.add(late, to: old, pause: { _ in })
    let other = try #require(project.open().notes("refs/notes/before").commit)
    let joined = try store().merge(
      other, from: "before", on: #require(Day("2026-11-20")), pause: { _ in })
    #expect(joined.remarks.onlyTheirs == 1)
    #expect(try store().remarks().byRun.mapValues { $0.map(\.text) } == [new: ["kept", "late"]])
    // Years later the file of the pruned lines is gone. What was noted before is still the summary's.
    try store().merge(other, from: "before", on: #require(Day("2029-01-01")), pause: { _ in })
    #expect(try store().remarks().byRun[new, default: []].map(\.text) == ["kept"])
    #expect(try store().remarks().byRun[old, default: []].last?.text == "late")
  }

  /// Copies that note and take back, against a model of sets; then they meet in every order and
  /// grouping.
  @Test("copies that meet in any order and grouping end with the same bytes", arguments: 0..<6)
  func converges(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let runs = try (0..<3).map { try project.record(commit, value: Double($0), hour: $0) }
    try add("common", to: runs[0])
    let copies = ["a", "b", "c"]
    for copy in copies {
      try project.repository.git("update-ref", "refs/notes/\(copy)", "refs/notes/perf")
      for step in 0..<6 {
        let run = runs[Int.random(in: 0..<3, using: &generator)]
        let author = Bool.random(using: &generator) ? "Ada <a@b>" : "Bob <b@b>"
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: _ = try takeBack(run, by: author, in: copy)
        // The same words in two copies are told apart by author, time and number only.
        case 1: try add("same", to: run, by: author, in: copy)
        default: try add("\(copy)\(step)", to: run, by: author, second: step, in: copy)
        }
      }
    }
    var trees: Set<String> = []
    var all: Set<[[String]]> = []
    for order in [
      ["a", "b", "c"], ["a", "c", "b"], ["b", "a", "c"], ["b", "c", "a"],
      ["c", "a", "b"], ["c", "b", "a"],
    ] {
      for isLeft in [true, false] {
        for copy in copies {
          try project.repository.git("update-ref", "refs/notes/x\(copy)", "refs/notes/\(copy)")
        }
        let (first, second, third) = ("x\(order[0])", "x\(order[1])", "x\(order[2])")
        if isLeft {
          try merge(second, into: first)
          try merge(third, into: first)
        } else {
          try merge(third, into: second)
          try merge(second, into: first)
        }
        trees.insert(try tree(first))
        all.insert(try runs.map { try texts($0, in: first) })
      }
    }
    #expect(trees.count == 1)
    #expect(all.count == 1)
  }
}
