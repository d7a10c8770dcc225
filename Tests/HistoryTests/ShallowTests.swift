import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A shallow clone is enough where the baseline is in it, and an error where it ends before")
struct ShallowTests {
  let origin: Project
  let main: [Commit]

  init() throws {
    let origin = try Project()
    main = try (1...6).map { try origin.commit("main \($0)") }
    try origin.record(main[0], value: 0)
    try origin.record(main[5], value: 5)
    self.origin = origin
  }

  @Test("the walk that leaves the clone names the commit at its edge")
  func cutShort() throws {
    let clone = try Project(cloning: origin, depth: 3)
    #expect(throws: HistoryError.shallow(at: main[3].id)) { try clone.found() }
  }

  @Test("a clone of one commit is cut short, not a repository of one commit")
  func depthOne() throws {
    let clone = try Project(cloning: origin, depth: 1)
    #expect(throws: HistoryError.shallow(at: main[5].id)) { try clone.found() }
  }

  @Test("a baseline inside the clone is found, at its very edge too", arguments: [3, 4, 5])
  func inside(index: Int) throws {
    try origin.record(main[index - 1], value: 7)
    let clone = try Project(cloning: origin, depth: 7 - index)
    let found = try clone.found()
    #expect(found.old == [7])
    #expect(found.distance == 6 - index)
  }

  @Test("as many recorded commits as are wanted end the search before the edge does")
  func maxDistance() throws {
    for index in [3, 4] {
      try origin.record(main[index], series: ["q": 1], part: "--name q")
    }
    let clone = try Project(cloning: origin, depth: 3)
    #expect(throws: HistoryError.shallow(at: main[3].id)) { try clone.found(maxDistance: 3) }
  }

  @Test("a merge-base at the edge is a merge-base")
  func mergeBaseAtEdge() throws {
    let clone = try Project(cloning: origin, depth: 1)
    try clone.switchTo("topic", from: "main")
    try clone.record(clone.commit("topic"))
    let found = try clone.found()
    #expect(found.commit == main[5])
    #expect(found.rule == .mergeBase)
  }

  @Test("two branches whose meeting point was cut off are a matter of depth")
  func noMergeBase() throws {
    try origin.switchTo("topic", from: main[1].id.description)
    let topic = try origin.commit("topic")
    try origin.record(topic)
    let clone = try Project(cloning: origin, depth: 1)
    try clone.repository.git("fetch", "--quiet", "--depth=1", "origin", "main:main")
    #expect(throws: HistoryError.shallow(at: topic.id)) { try clone.found() }
  }

  @Test("a clone of one commit without a line of what is measured has nothing to look for")
  func nothingBehind() throws {
    let bare = try Project()
    for number in 1...2 { try bare.commit("main \(number)") }
    let clone = try Project(cloning: bare, depth: 1, withNotes: false)
    try clone.record(clone.commit(at: "HEAD"), series: ["p": 1])
    #expect(try clone.found().result.rows.isEmpty)
  }

  @Test("what is new needs no history, where all else is in the clone")
  func newSeries() throws {
    try origin.record(main[4], series: ["p": 1])
    let clone = try Project(cloning: origin, depth: 3)
    try clone.switchTo("topic", from: "main")
    try clone.record(clone.commit("topic"), series: ["p": 2, "q": 2])
    let found = try clone.found().result
    #expect(found.commit(of: "p") == main[4])
    #expect(found.row("q") == nil)
  }

  @Test("a whole recording behind the edge may owe something")
  func owed() throws {
    try origin.record(main[2], series: ["q": 1])
    let clone = try Project(cloning: origin, depth: 2)
    try clone.switchTo("topic", from: "main")
    let topic = try clone.commit("topic")
    try clone.record(topic, series: ["p": 2], machine: .there)
    try clone.record(main[5], series: ["p": 1], machine: .there, part: "typed")
    // No other line is from that machine.
    #expect(try clone.found(machine: .there).result.commit(of: "p") == main[5])
    try origin.record(main[2], series: ["q": 1], machine: .there)
    let again = try Project(cloning: origin, depth: 2)
    try again.record(main[5], series: ["p": 1], machine: .there, part: "typed")
    try again.switchTo("topic", from: "main")
    try again.record(again.commit("topic"), series: ["p": 2], machine: .there)
    #expect(throws: HistoryError.shallow(at: main[4].id)) {
      try again.found(machine: .there)
    }
  }

  @Test("a mark whose baseline was cut off is a matter of depth")
  func markedBaseline() throws {
    try origin.mark(main[5], against: main[0])
    let clone = try Project(cloning: origin, depth: 2)
    try clone.switchTo("topic", from: "main")
    try clone.record(clone.commit("topic"))
    #expect(throws: HistoryError.shallow(at: main[5].id)) { try clone.found() }
  }
}
