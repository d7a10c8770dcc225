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
}
