import Foundation
import Git
import Measurements
import Statistics
import TestSupport
import Testing

@testable import History

@Suite("Whatever lies in the place of the index, the answer is right")
struct IndexFileTests {
  let home: IndexRepository
  let history: ChangingHistory
  let wanted: IndexSnapshot
  /// The bytes of the whole index.
  let whole: Data
  let file: URL

  init() throws {
    home = try IndexRepository()
    var history = ChangingHistory(8001, home, try home.open())
    for step in 0..<12 { try history.step(step == 0) }
    self.history = history
    file = home.index(of: history.reference)
    wanted = try Self.snapshot(history, usesFile: false)
    #expect(try Self.snapshot(history).difference(from: wanted) == nil)
    whole = try Data(contentsOf: file)
  }

  private static func snapshot(
    _ history: ChangingHistory, usesFile: Bool = true, warn: (String) -> Void = { _ in }
  ) throws -> IndexSnapshot {
    try IndexSnapshot(HistoryIndex.open(history.store(), usesFile: usesFile, warn: warn))
  }

  /// The differences of the answers, and whether the next ones need no warning any more.
  private func check(_ what: String, warns: Bool = false) throws {
    var warnings: [String] = []
    let first = try Self.snapshot(history) { warnings.append($0) }
    #expect(first.difference(from: wanted) == nil, "\(what)")
    #expect(warnings.isEmpty == !warns, "\(what): \(warnings)")
    let second = try Self.snapshot(history)
    #expect(second.difference(from: wanted) == nil, "\(what), the second time")
  }

  private func put(_ data: Data) throws {
    for companion in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: file.path(percentEncoded: false) + companion)
    }
    try data.write(to: file)
  }

  @Test("a byte that is wrong, wherever it is", arguments: 0..<8)
  func flipped(part: Int) throws {
    var generator = SeededGenerator(seed: UInt64(part))
    // The head of the file and those of its pages, then anywhere.
    var places = part == 0 ? Array(0..<100) : []
    places += stride(from: 16384 * part, to: whole.count, by: 16384 * 8).flatMap { $0..<$0 + 24 }
    places += (0..<60).map { _ in Int.random(in: 0..<whole.count, using: &generator) }
    for place in places {
      var data = whole
      data[place] ^= UInt8.random(in: 1...255, using: &generator)
      try put(data)
      try check("byte \(place) of \(whole.count)")
    }
  }

  @Test("a byte that is wrong, and notes that changed since", arguments: 0..<4)
  func flippedThenChanged(part: Int) throws {
    var generator = SeededGenerator(seed: UInt64(part) + 100)
    var history = history
    for _ in 0..<20 {
      var data = whole
      let place = Int.random(in: 0..<whole.count, using: &generator)
      data[place] ^= UInt8.random(in: 1...255, using: &generator)
      try put(data)
      try history.step()
      let difference = try Self.snapshot(history).difference(
        from: Self.snapshot(history, usesFile: false))
      #expect(difference == nil, "byte \(place)")
    }
  }

  @Test("a page that was lost or written twice")
  func pages() throws {
    for page in 0..<whole.count / 16384 {
      for other in [nil, (page + 1) % (whole.count / 16384)] {
        var data = whole
        let source = other.map { whole[$0 * 16384..<($0 + 1) * 16384] } ?? Data(count: 16384)
        data.replaceSubrange(page * 16384..<(page + 1) * 16384, with: source)
        try put(data)
        try check("page \(page) of \(whole.count / 16384), from \(other.map { "\($0)" } ?? "none")")
      }
    }
  }

  @Test("a file that was cut off")
  func truncated() throws {
    for part in 0..<40 {
      let length = whole.count * part / 40
      try put(whole.prefix(length))
      try check("\(length) bytes of \(whole.count)")
    }
  }

  @Test("the file of another program is renamed, never deleted, and each gets a name of its own")
  func foreign() throws {
    let folder = file.deletingLastPathComponent()
    let name = file.lastPathComponent
    try put(Data("These are my notes.\n".utf8))
    try check("a text")
    try put(Data("And more of them.\n".utf8))
    try check("another text")
    func text(_ ending: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appending(path: name + ending)), as: UTF8.self)
    }
    #expect(try text(".foreign") == "These are my notes.\n")
    #expect(try text(".foreign-2") == "And more of them.\n")

    try put(Data())
    let path = file.path(percentEncoded: false)
    let database = try Database(path)
    try database.execute(
      "PRAGMA journal_mode = WAL; CREATE TABLE lines(mine); INSERT INTO lines VALUES(7)")
    // It is in use by its own program while ours comes.
    try check("another database")
    let renamed = try Database("\(path).foreign-3")
    #expect(try renamed.number("SELECT mine FROM lines") == 7)
    #expect(try database.number("SELECT mine FROM lines") == 7)
  }

  @Test("an index of another version is built again")
  func version() throws {
    for version in [0, 1, 3, 1_000_000] {
      try put(whole)
      try Database(file.path(percentEncoded: false)).execute(
        "PRAGMA user_version = \(version); CREATE TABLE later(x); DROP TABLE chunks")
      try check("version \(version)")
    }
  }

  @Test("a link or a folder in its place is left alone")
  func notAFile() throws {
    let files = FileManager.default
    let elsewhere = home.folder.appending(path: "elsewhere")
    try Data("precious".utf8).write(to: elsewhere)
    try files.removeItem(at: file)
    try files.createSymbolicLink(at: file, withDestinationURL: elsewhere)
    try check("a link", warns: true)
    #expect(try Data(contentsOf: elsewhere) == Data("precious".utf8))
    try files.removeItem(at: file)
    try files.createDirectory(at: file, withIntermediateDirectories: false)
    try check("a folder", warns: true)
    try files.removeItem(at: file)
    // Neither does a file in place of the folder stop anybody.
    let folder = file.deletingLastPathComponent()
    try files.removeItem(at: folder)
    try Data().write(to: folder)
    try check("a file in place of the folder")
  }

  @Test("while another process writes, what is there already is read without waiting")
  func locked() throws {
    let writer = try Database(file.path(percentEncoded: false))
    try writer.execute("BEGIN IMMEDIATE")
    try check("locked")
    try writer.execute("ROLLBACK")
  }

  @Test("a transaction that its process did not end leaves the old state", arguments: 0..<3)
  func aborted(part: Int) throws {
    var history = history
    try history.step()
    let path = file.path(percentEncoded: false)
    do {
      let writer = try Database(path)
      try writer.execute("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE")
      // What a writer would have done by then.
      let half = ["DELETE FROM lines", "DELETE FROM places WHERE line % 2", "DELETE FROM chunks"]
      try writer.execute(half[part])
    }
    let difference = try Self.snapshot(history).difference(
      from: Self.snapshot(history, usesFile: false))
    #expect(difference == nil)
  }

  @Test("it may be deleted while it is used")
  func deleted() throws {
    let index = try HistoryIndex.open(history.store(), usesFile: true, warn: { _ in })
    try FileManager.default.removeItem(at: file)
    #expect(try IndexSnapshot(index).difference(from: wanted) == nil)
    try check("deleted")
  }

  @Test("a note of more than 64 MB is named, and the others count")
  func hugeNote() throws {
    let home = try IndexRepository()
    let repository = try home.open()
    let run = try RunLine(Run(of: home.commits[0]))
    try RunStore(repository, reference: Project.reference).add([home.commits[0]: [run]]) { _ in }
    let script = """
      blob=$(head -c 64000001 /dev/zero | git hash-object -w --stdin)
      git -c user.name=T -c user.email=t@e notes --ref=perf add -f -C $blob main~1
      """
    let made = try Subprocess.run("/bin/sh", ["-ec", script], in: home.folder)
    try #require(made.status == 0, "\(made.err)")
    for usesFile in [true, true, false] {
      let store = try RunStore(repository, reference: Project.reference)
      let index = try HistoryIndex.open(store, usesFile: usesFile, warn: { _ in })
      #expect(index.runs.map(\.id.description) == [try run.id().description])
      #expect(index.skipped.count == 1)
      #expect(index.skipped.first?.reason.contains("it has 64 MB") == true)
    }
    // It goes, and then nothing is skipped.
    let removed = try Subprocess.run(
      "/bin/sh",
      ["-ec", "git -c user.name=T -c user.email=t@e notes --ref=perf remove main~1"],
      in: home.folder)
    try #require(removed.status == 0, "\(removed.err)")
    let store = try RunStore(repository, reference: Project.reference)
    let index = try HistoryIndex.open(store, usesFile: true, warn: { _ in })
    #expect(index.skipped.isEmpty)
  }
}
