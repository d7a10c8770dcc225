import Foundation
import Git
import Measurements
import TestSupport
import Testing

@testable import History

@Suite("The index says what the notes say, whatever happened to them")
struct IndexHistoryTests {
  /// 20 groups of 50 histories. Each group has a repository of its own, because `git gc` in one would
  /// take from another what it is about to refer to.
  @Test("an index changed step by step is the one built from nothing", arguments: 0..<20)
  func steps(group: Int) throws {
    let home = try IndexRepository()
    let repository = try home.open()
    for number in 0..<50 {
      var history = ChangingHistory(group * 50 + number, home, repository)
      for step in 0..<4 {
        try history.step(step == 0)
        if step == 2, number % 25 == 0 { try home.git("gc", "--quiet", "--prune=now") }
        // Some states are never seen by the index.
        guard step == 3 || (number + step) % 3 > 0 else { continue }
        let difference = try Self.difference(history)
        #expect(difference == nil, "history \(group * 50 + number), step \(step)")
        guard difference == nil else { return }
      }
    }
  }

  /// The difference between the index in its file, one in memory, and the notes; nil for none.
  static func difference(_ history: ChangingHistory) throws -> String? {
    let store = try history.store()
    var warnings: [String] = []
    let kept = try IndexSnapshot(
      HistoryIndex.open(store, usesFile: true, warn: { warnings.append($0) }))
    guard warnings.isEmpty else { return warnings[0] }
    let built = try IndexSnapshot(HistoryIndex.open(store, usesFile: false, warn: { _ in }))
    let read = try IndexOracle(store, history.commits).snapshot()
    if let difference = kept.difference(from: built) { return "kept and built: \(difference)" }
    return built.lines == read.lines
      ? nil
      : "built and read: " + (built.difference(from: read) ?? "")
  }

  @Test("two references of notes have an index each, and do not disturb each other")
  func references() throws {
    let home = try IndexRepository()
    let repository = try home.open()
    var (one, two) = (
      ChangingHistory(5000, home, repository), ChangingHistory(5001, home, repository)
    )
    for step in 0..<4 {
      try one.step(step == 0)
      try two.step(step == 0)
      #expect(try Self.difference(one) == nil)
      #expect(try Self.difference(two) == nil)
    }
  }

  @Test("many that build at once all get the right answer")
  func atOnce() async throws {
    let home = try IndexRepository()
    var history = ChangingHistory(6000, home, try home.open())
    for step in 0..<8 { try history.step(step == 0) }
    let (folder, reference) = (home.folder.path(percentEncoded: false), history.reference)
    let wanted = try IndexSnapshot(
      HistoryIndex.open(history.store(), usesFile: false, warn: { _ in }))
    for _ in 0..<4 {
      try? FileManager.default.removeItem(at: home.index(of: reference))
      try await withThrowingTaskGroup(of: IndexSnapshot.self) { group in
        for _ in 0..<6 {
          group.addTask {
            let store = try RunStore(Repository(at: folder), reference: reference)
            return try IndexSnapshot(
              HistoryIndex.open(store, usesFile: true, warn: { Issue.record("\($0)") }))
          }
        }
        for try await one in group { #expect(one.difference(from: wanted) == nil) }
      }
    }
  }

  @Test("one that reads an older state of the notes and one that reads the newest are both right")
  func movedBack() throws {
    let home = try IndexRepository()
    let repository = try home.open()
    var history = ChangingHistory(7000, home, repository)
    var stores: [RunStore] = []
    for step in 0..<6 {
      try history.step(step == 0)
      stores.append(try history.store())
    }
    let wanted = try stores.map {
      try IndexSnapshot(HistoryIndex.open($0, usesFile: false, warn: { _ in }))
    }
    // The reader of the first keeps its view of the tables while the others move them.
    let first = try HistoryIndex.open(stores[0], usesFile: true, warn: { Issue.record("\($0)") })
    for place in [3, 1, 5, 0, 4, 2] {
      let index = try HistoryIndex.open(
        stores[place], usesFile: true, warn: { Issue.record("\($0)") })
      #expect(try IndexSnapshot(index).difference(from: wanted[place]) == nil)
      #expect(try IndexSnapshot(first).difference(from: wanted[0]) == nil)
    }
  }
}
