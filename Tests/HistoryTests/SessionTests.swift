import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

/// The walk chooses the commit; a session only says which of its numbers decide, so that no change picks
/// an older, slower partner for itself.
@Suite("Where both sides have numbers of one session, these decide")
struct SessionTests {
  let project: Project
  let main: [Commit]

  init() throws {
    let project = try Project()
    main = try (1...4).map { try project.commit("main \($0)") }
    for (index, commit) in main.enumerated() {
      try project.record(commit, value: Double(index), hour: 9)
    }
    self.project = project
  }

  private func topic(_ session: String? = "s") throws -> Commit {
    try project.switchTo("topic", from: "main")
    let topic = try project.commit("topic")
    try project.record(topic, value: 200, session: session)
    return topic
  }

  @Test("the pairs of the chosen commit win over newer numbers of either side")
  func wins() throws {
    let topic = try topic()
    try project.record(topic, value: 300, hour: 9)
    try project.record(main[3], value: 50, session: "s")
    let found = try project.found()
    #expect(found.commit == main[3])
    #expect(found.old == [50])
    #expect(found.new == [200])
    #expect(found.rule == .session)
    #expect(found.distance == 0)
    #expect(found.row?.isPaired == true)
  }

  @Test("the pairs of all sessions that both share count together")
  func several() throws {
    let topic = try topic("s")
    try project.record(topic, value: 300, session: "t")
    try project.record(topic, value: 400, session: "alone")
    for (value, session) in [(50.0, "s"), (60, "t"), (70, "other")] {
      try project.record(main[3], value: value, session: session)
    }
    let found = try project.found()
    #expect(Set(found.old) == [50, 60])
    #expect(Set(found.new) == [200, 300])
  }

  struct Orders: CustomTestStringConvertible, Sendable {
    let head: LaunchOrder?
    let base: LaunchOrder?
    var rounds = (head: 8, base: 8)
    let expected: Interleaving

    var testDescription: String {
      let orders = [head, base].map { $0?.description ?? "none" }.joined(separator: ", ")
      return "\(orders), \(rounds.head) and \(rounds.base) rounds"
    }

    static let all = [
      Orders(head: .abba, base: .abba, expected: .inTurns(sessionsFrom: [8])),
      Orders(head: .drawn, base: .drawn, expected: .inTurns(sessionsFrom: [8])),
      Orders(head: nil, base: .abba, expected: .unknown),
      Orders(head: nil, base: nil, expected: .unknown),
      Orders(head: LaunchOrder("of old"), base: .abba, expected: .unknown),
      Orders(head: .alternating, base: .alternating, expected: .sameSideFirst),
      Orders(head: .abba, base: .alternating, expected: .sameSideFirst),
      Orders(head: .abba, base: .abba, rounds: (8, 7), expected: .unknown),
    ]
  }

  @Test("the order of their launches says how rounds belong together", arguments: Orders.all)
  func orders(_ orders: Orders) throws {
    let topic = try topic(nil)
    for (session, first) in [("s", 100.0), ("t", 200)] {
      for (commit, order, rounds) in [
        (main[3], orders.base, orders.rounds.base), (topic, orders.head, orders.rounds.head),
      ] {
        try project.record(commit) { commit in
          Run(
            commit: commit.id.description, tree: commit.tree.description,
            recordedAt: Timestamp(hour: session == "s" ? 2 : 1), session: session, order: order,
            tool: "test", environment: .here,
            series: [
              Series(
                benchmark: Benchmark(name: "parse/large", labels: ["size": "1MB"]),
                metric: .wallTime,
                rounds: try (0..<rounds).map { try Round([first + Double($0)]) }, source: "test")
            ])
        }
      }
    }
    let found = try project.found()
    #expect(found.row?.interleaving == orders.expected)
    // Session by session on both sides, whichever of them came first.
    #expect(found.old.prefix(7) == found.new.prefix(7))
  }

  @Test("a session does not choose an older commit than the walk does")
  func olderPartner() throws {
    _ = try topic()
    try project.record(main[1], value: 50, session: "s")
    let found = try project.found()
    #expect(found.commit == main[3])
    #expect(found.rule == .mergeBase)
    #expect(found.row?.isPaired == false)
  }

  @Test("nor the tip of the base branch after the merge-base, nor a commit of its own branch")
  func elsewhere() throws {
    _ = try topic()
    try project.record(project.commit("step"), value: 80, session: "t")
    try project.record(project.commit("step 2"), value: 90, session: "t")
    try project.switchTo("main")
    try project.record(project.commit("later"), value: 70, session: "t")
    let found = try project.found("topic")
    #expect(found.commit == main[3])
    #expect(found.rule == .mergeBase)
    #expect(found.new == [90])
  }

  @Test("pairs of one series leave the others to all of their numbers")
  func perSeries() throws {
    try project.switchTo("topic", from: "main")
    let topic = try project.commit("topic")
    try project.record(topic, series: ["p": 1, "q": 2], session: "s")
    try project.record(topic, series: ["p": 3, "q": 4], hour: 1)
    try project.record(main[3], series: ["p": 5, "q": 6])
    try project.record(main[3], series: ["p": 7], session: "s", part: "--name p")
    let found = try project.found().result
    func values(_ series: [Series], _ name: String) -> Set<Double> {
      Set(series.filter { $0.id == Series.ID(name) }.flatMap(\.rounds).map { $0.samples[0] })
    }
    #expect(found.row("p")?.isPaired == true)
    #expect(found.row("q")?.isPaired == false)
    #expect(values(found.old, "p") == [7])
    #expect(values(found.new, "p") == [1])
    #expect(values(found.old, "q") == [6])
    #expect(values(found.new, "q") == [2, 4])
  }

  @Test("on main, too, the first parent's pairs decide, and a later commit judges no earlier one")
  func onMain() throws {
    try project.record(main[2], value: 30, hour: 10, session: "s")
    try project.record(main[3], value: 40, hour: 10, session: "s")
    let found = try project.found("HEAD~1")
    #expect(found.commit == main[1])
    #expect(found.rule == .firstParent)
    #expect(try project.found("HEAD").rule == .session)
  }

  @Test("a session of another suite or machine is another session")
  func otherSuite() throws {
    _ = try topic()
    try project.record(main[3], session: "s", suite: "nightly")
    try project.record(main[3], machine: .there, session: "s")
    #expect(try project.found().row?.isPaired == false)
  }

  @Test("a session whose name is only part of another is another session")
  func partOfName() throws {
    _ = try topic("s/1 \"ü\"")
    try project.record(main[3], session: "s/1 \"ü\" ")
    #expect(try project.found().rule == .mergeBase)
    try project.record(main[3], session: "s/1 \"ü\"")
    #expect(try project.found().rule == .session)
  }

  @Test("runs without a session share none")
  func none() throws {
    _ = try topic(nil)
    #expect(try project.found().rule == .mergeBase)
    #expect(try project.found().row?.isPaired == false)
  }

  @Test("a marked number is no partner")
  func marked() throws {
    _ = try topic()
    try project.record(main[3], value: 50, session: "s")
    try project.mark(main[3], against: main[2])
    let found = try project.found()
    #expect(found.commit == main[2])
    #expect(found.rule == .mark)
    #expect(found.new == [200])
  }
}
