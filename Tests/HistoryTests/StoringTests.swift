import Dispatch
import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("Runs are stored in the notes of a commit and of its tree")
struct StoringTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func line(_ value: Double) throws -> RunLine {
    try RunLine(Run(of: commit, value: value))
  }

  private func notesCommits() throws -> String {
    try project.repository.git("rev-list", "--count", Project.reference)
  }

  @Test("git notes show prints the line on the commit and on the tree")
  func bothPlaces() throws {
    #expect(try RunStore(project.open(), reference: Project.reference).isEmpty)
    let line = try line(1)
    try project.store([line], of: commit)
    for object in ["HEAD", "HEAD^{tree}"] {
      #expect(try project.show(object) + "\n" == line.text, "\(object)")
    }
    #expect(try !RunStore(project.open(), reference: Project.reference).isEmpty)
    #expect(
      try project.repository.git("log", "-1", "--format=%N", "--notes=perf") + "\n" == line.text
        + "\n")
    #expect(try project.repository.git("fsck", "--strict") == "")
  }

  @Test("lines are sorted by their bytes, each once")
  func union() throws {
    let lines = try [30, 4, 100, 4].map { try line($0) }
    try project.store(Array(lines.prefix(2)), of: commit)
    try project.store(lines, of: commit)
    let expected = Set(lines.map(\.text)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try project.show("HEAD") + "\n" == expected.joined())
  }

  @Test("runs of several commits are stored in one step, lines of a tree that they share together")
  func several() throws {
    let same = try project.commit("the same content", text: "first")
    let other = try project.commit("other content", text: "other")
    try RunStore(project.open(), reference: Project.reference)
      .add([commit: [line(1)], same: [line(2)], other: [line(3)]]) { _ in }
    #expect(try notesCommits() == "1")
    #expect(try project.show(commit.id.description) + "\n" == line(1).text)
    #expect(try project.show(other.tree.description) + "\n" == line(3).text)
    let shared = try project.show(same.tree.description).split(separator: "\n")
    #expect(try Set(shared) == Set([1, 2].map { try line($0).text.dropLast() }))
  }

  @Test("storing the same again changes nothing")
  func idempotent() throws {
    try project.store([line(1), line(2)], of: commit)
    let before = try project.repository.git("rev-parse", Project.reference)
    try project.store([line(2)], of: commit)
    try project.store([line(1), line(2)], of: commit)
    #expect(try project.repository.git("rev-parse", Project.reference) == before)
  }

  @Test("a note that somebody sorted otherwise stays as it is when nothing is new")
  func unsorted() throws {
    let text = try line(2).text + line(1).text
    for object in [commit.id, commit.tree] { try project.overwrite(object, text) }
    try project.store([line(1)], of: commit)
    #expect(try project.show("HEAD") + "\n" == text)
    #expect(try notesCommits() == "2")
  }

  @Test("a line that only the commit has comes to the tree as well")
  func halfStored() throws {
    try project.overwrite(commit.id, line(1).text)
    try project.store([line(1)], of: commit)
    #expect(try project.show("HEAD^{tree}") + "\n" == line(1).text)
    #expect(try notesCommits() == "2")
  }

  @Test("two histories of notes that git merges with cat_sort_uniq are what storing makes")
  func merge() throws {
    let lines = try (1...6).map { try line(Double($0)) }
    let repository = project.repository
    try project.store(Array(lines[0...1]), of: commit)
    try repository.git("update-ref", "refs/notes/theirs", Project.reference)
    try project.store(Array(lines[2...3]), of: commit)
    try RunStore(project.open(), reference: "refs/notes/theirs")
      .add([commit: Array(lines[3...5])]) { _ in }
    try repository.git("notes", "--ref=perf", "merge", "--strategy=cat_sort_uniq", "theirs")
    let merged = try project.show("HEAD")
    #expect(try project.show("HEAD^{tree}") == merged)

    try RunStore(project.open(), reference: "refs/notes/ours").add([commit: lines]) { _ in }
    #expect(try repository.git("notes", "--ref=ours", "show", "HEAD") == merged)
    #expect(try project.part()?.pool.runs.count == 6)
    try project.store(lines, of: commit)
    #expect(try project.show("HEAD") == merged)
  }

  @Test("a note of git notes append by hand stays, and git notes append adds to ours")
  func append() throws {
    try project.repository.git("notes", "--ref=perf", "append", "-m", "by hand", "HEAD")
    try project.store([line(1)], of: commit)
    #expect(try project.show("HEAD") == "by hand\n\(line(1).text.dropLast())")
    try project.repository.git("notes", "--ref=perf", "append", "-m", line(2).text, "HEAD")
    try project.store([line(3)], of: commit)
    let runs = try #require(try project.part()).pool.runs
    #expect(Set(runs.map(\.run.firstValue)) == [1, 2, 3])
    #expect(try project.show("HEAD").hasPrefix("by hand\n{"))
  }

  @Test("a note of a thousand lines takes one more, and all are read")
  func huge() throws {
    let lines = try (0..<1000).map {
      try RunLine(Run(of: commit, value: Double($0), hour: $0 % 20))
    }
    try project.store(lines, of: commit)
    try project.record(commit, value: 5000, hour: 23)
    #expect(try project.show("HEAD").split(separator: "\n").count == 1001)
    let runs = try #require(try project.part()).pool.runs
    #expect(runs.count == 1001)
    #expect(runs.first?.run.firstValue == 5000)
  }

  @Test("git pack-refs between two writes loses nothing")
  func packedReferences() throws {
    try project.store([line(1)], of: commit)
    try project.repository.git("pack-refs", "--all")
    try project.store([line(2)], of: commit)
    try project.repository.git("pack-refs", "--all")
    try project.repository.git("gc", "--quiet")
    try project.store([line(3)], of: commit)
    #expect(try project.part()?.pool.runs.count == 3)
    #expect(try notesCommits() == "3")
    #expect(try project.repository.git("fsck", "--strict") == "")
  }

  @Test("eight writers at once lose no line")
  func concurrent() throws {
    let (path, commit) = (project.repository.path, commit)
    let writers = DispatchGroup()
    for writer in 0..<8 {
      writers.enter()
      Thread.detachNewThread {
        defer { writers.leave() }
        #expect(throws: Never.self) {
          let store = try RunStore(Repository(at: path), reference: Project.reference)
          for number in 0..<5 {
            let run = try Run(of: commit, value: Double(writer * 10 + number))
            try store.add([commit: [RunLine(run)]]) { _ in }
          }
        }
      }
    }
    writers.wait()
    for object in ["HEAD", "HEAD^{tree}"] {
      #expect(Set(try project.show(object).split(separator: "\n")).count == 40, "\(object)")
    }
    #expect(try notesCommits() == "40")
    #expect(try project.repository.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("a lock that one of our own left when it was killed is removed, and nothing is lost")
  func killedWriter() throws {
    let project = try Project()
    let commit = try project.commit("first")
    try project.record(commit, value: 1)
    let lock = ".git/\(Project.reference).lock"
    try project.repository.directory.write(lock, "half a line")
    try project.repository.directory.write(".git/perf/writer", "00000000000000000001")
    _ = try Subprocess.run("/usr/bin/env", ["touch", "-d", "@1", lock], in: project.repository.url)
    try project.record(commit, value: 2)
    #expect(try project.show("HEAD").split(separator: "\n").count == 2)
    #expect(try Int(project.repository.directory.read(".git/perf/writer")) == 0)
    // What git itself holds is never touched.
    try project.repository.directory.write(lock, "")
    _ = try Subprocess.run("/usr/bin/env", ["touch", "-d", "@1", lock], in: project.repository.url)
    #expect(throws: HistoryError.self) { try project.record(commit, value: 3) }
  }

  @Test("a lock that a dead writer left is an error that names its file; the old state stays")
  func staleLock() throws {
    try project.store([line(1)], of: commit)
    let lock = ".git/\(Project.reference).lock"
    try project.repository.directory.write(lock, "")
    let error = #expect(throws: HistoryError.self) { try project.store([line(2)], of: commit) }
    guard case .git(let error) = error else { return }
    #expect(error.kind == .locked)
    #expect(error.message.contains("\(project.repository.path)/\(lock)"))
    #expect(try project.part()?.pool.runs.count == 1)
  }
}
