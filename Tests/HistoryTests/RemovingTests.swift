import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

@Suite("A run that somebody removed stays away, until it is put back")
struct RemovingTests {
  let project: Project
  let commit: Commit

  init() throws {
    project = try Project()
    commit = try project.commit("first")
  }

  private func store(_ copy: String = "perf") throws -> RunStore {
    try RunStore(project.open(), reference: "refs/notes/\(copy)")
  }

  private func ids(_ copy: String = "perf") throws -> Set<ObjectID> {
    Set(try store(copy).lines(of: commit).map { try $0.id() })
  }

  private func today() throws -> Day { try #require(Day("2026-11-20")) }

  private func remove(_ id: ObjectID, from copy: String = "perf", _ reason: String = "why") throws {
    let line = try #require(store(copy).lines(withPrefix: id.description).first)
    try store(copy).remove(line, because: reason, on: today(), pause: { _ in })
  }

  private func restore(_ id: ObjectID, in copy: String = "perf") throws {
    let run = try #require(store(copy).removals().runs.first { $0.id == id })
    try store(copy).restore(run, on: today(), pause: { _ in })
  }

  private func merge(_ other: String, into copy: String) throws {
    let commit = try #require(project.open().notes("refs/notes/\(other)").commit)
    try store(copy).merge(commit, from: other, on: today(), pause: { _ in })
  }

  private func add(_ id: Int, to copy: String) throws -> ObjectID {
    let line = RunLine(try Run(of: commit, value: Double(id), session: "\(id)"))
    try store(copy).add([commit: [line]], pause: { _ in })
    return try line.id()
  }

  @Test("it is gone from commit and tree, and who and why is told")
  func removed() throws {
    let (bad, good) = (try project.record(commit, value: 9), try project.record(commit, value: 1))
    try remove(bad, "a backup ran")
    #expect(try ids() == [good])
    let run = try #require(store().removals().runs.first)
    #expect(run.id == bad && run.reason == "a backup ran" && run.day.description == "2026-11-20")
    #expect(Set(run.objects) == [commit.id, commit.tree])
    try restore(bad)
    #expect(try ids() == [bad, good])
    #expect(try store().removals().runs.isEmpty)
  }

  @Test("it can be removed again after it was put back")
  func again() throws {
    let id = try project.record(commit)
    for _ in 1...3 {
      try remove(id)
      #expect(try ids() == [])
      try restore(id)
      #expect(try ids() == [id])
    }
    try remove(id)
    #expect(try store().removals().runs.map(\.id) == [id])
  }

  @Test("without its object it cannot be put back")
  func collected() throws {
    let id = try project.record(commit)
    try remove(id)
    let path = "objects/\(id.description.prefix(2))/\(id.description.dropFirst(2))"
    try FileManager.default.removeItem(atPath: "\(project.repository.path)/.git/\(path)")
    #expect(throws: HistoryError.self) { try restore(id) }
    #expect(try store().removals().runs.count == 1)
  }

  @Test(
    "a damaged file beside the notes is named, and the others count",
    arguments: ["", "nonsense", "0123 1 x y", String(repeating: "a", count: 20_000), "\u{0}"])
  func damaged(_ text: String) throws {
    let id = try project.record(commit)
    try remove(id)
    try project.putBesideNotes("removed-2026-11-21-0123456789", text)
    let (runs, damage) = try store().removals()
    #expect(runs.map(\.id) == [id])
    #expect(
      damage == [
        "'removed-2026-11-21-0123456789' beside the notes names no removed run that can be read"
      ])
  }

  /// Copies that record, remove, put back and join, against a model of sets: what was removed and not put
  /// back is nowhere, everything else is where it was brought to.
  @Test("copies that join in any order agree on what is there", arguments: 0..<4)
  func joined(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let copies = ["a", "b", "c"]
    for copy in copies { _ = try add(copies.firstIndex(of: copy) ?? 0, to: copy) }
    var number = 10
    for _ in 0..<25 {
      let copy = copies.randomElement(using: &generator) ?? "a"
      switch Int.random(in: 0..<5, using: &generator) {
      case 0:
        number += 1
        _ = try add(number, to: copy)
      case 1:
        if let id = try ids(copy).sorted(by: { $0.description < $1.description }).first {
          try remove(id, from: copy)
        }
      case 2: if let run = try store(copy).removals().runs.first { try restore(run.id, in: copy) }
      default:
        let other = copies.filter { $0 != copy }.randomElement(using: &generator) ?? "b"
        try merge(other, into: copy)
        let gone = Set(try store(copy).removals().runs.map(\.id))
        #expect(try ids(copy).isDisjoint(with: gone))
      }
    }
    for _ in 0..<2 {
      for copy in copies {
        for other in copies where other != copy { try merge(other, into: copy) }
      }
    }
    let all = try copies.map { try ids($0) }
    #expect(all[0] == all[1] && all[1] == all[2])
    let removed = try copies.map { Set(try store($0).removals().runs.map(\.id)) }
    #expect(removed[0] == removed[1] && removed[1] == removed[2])
    #expect(all[0].isDisjoint(with: removed[0]))
  }
}

extension Project {
  /// Adds a file at the top of the notes.
  func putBesideNotes(_ name: String, _ text: String) throws {
    try repository.directory.write(".git/beside", text)
    let blob = try repository.git("hash-object", "-w", ".git/beside")
    let list = try repository.git("ls-tree", Self.reference)
    let made = try Subprocess.run(
      "/usr/bin/env", ["git", "mktree"], in: repository.directory.url,
      input: "\(list)\n100644 blob \(blob)\t\(name)\n")
    let tree = made.out.split(separator: "\n").first.map(String.init) ?? ""
    let commit = try repository.git("commit-tree", "-p", Self.reference, "-m", "x", tree)
    try repository.git("update-ref", Self.reference, commit)
  }
}
