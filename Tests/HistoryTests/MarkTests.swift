import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

@Suite("A marked number of a content is no baseline, until a line lifts it")
struct MarkTests {
  let project: Project
  let main: [Commit]

  /// Three commits: 100, 100 and 200, which was refused against the one before.
  init() throws {
    project = try Project()
    main = try project.line(3)
    for (commit, value) in zip(main, [100.0, 101, 200]) { try project.record(commit, value: value) }
    try project.mark(main[2], against: main[1], hour: 1)
  }

  @Test("the walk goes on at the baseline that the mark names, and says so")
  func goesOn() throws {
    try project.record(project.commit("next"), value: 200)
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.rule == .mark)
    #expect(found.skipped == [.init(commit: main[2].id, reason: .rejected)])
  }

  @Test("on the base branch nothing is inherited")
  func onMain() throws {
    try project.record(project.commit("next"), value: 200)
    #expect(try project.found().row?.marked == nil)
  }

  @Test("off the base branch the merge-base's own number is told besides")
  func inherited() throws {
    try project.topic()
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.row?.marked == main[2])
    #expect(found.row?.markedSeries.flatMap(\.rounds).map { $0.samples[0] } == [200])
  }

  @Test("it holds for every number of that content, also one that is recorded later")
  func recordedAgain() throws {
    try project.record(main[2], value: 150, hour: 20)
    try project.record(project.commit("next"), value: 200)
    #expect(try project.found().old == [101])
  }

  @Test("it holds where both sides share a session")
  func paired() throws {
    try project.record(main[2], value: 150, hour: 2, session: "s")
    try project.record(project.commit("next"), value: 151, session: "s")
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.new == [151])
  }

  @Test("it holds for the content under another commit: reworded, cherry-picked or reverted to")
  func otherCommits() throws {
    try project.switchTo("other", from: main[1].id.description)
    try project.repository.git("cherry-pick", main[2].id.description)
    try project.repository.git("commit", "--quiet", "--amend", "-m", "other words")
    let reworded = try project.commit(at: "HEAD")
    #expect(reworded != main[2] && reworded.tree == main[2].tree)
    try project.record(reworded, value: 160, hour: 5)
    try project.record(project.commit("next"), value: 200)
    #expect(try project.found(base: "other").old == [101])

    try project.repository.git("revert", "--no-edit", "HEAD")
    let reverted = try project.commit(at: "HEAD")
    #expect(reverted.tree == reworded.tree)
    try project.record(project.commit("after"), value: 200)
    let found = try project.found(base: "other")
    #expect(found.old == [101])
    #expect(found.rule == .mark)
  }

  @Test("other series of the same run stay baselines")
  func otherSeries() throws {
    let commit = try project.commit("both")
    try project.record(commit, series: ["p": 1, "q": 1])
    try project.mark(commit, ["p"], against: nil)
    try project.record(project.commit("next"), series: ["p": 2, "q": 2])
    let found = try project.found().result
    #expect(found.commit(of: "q") == commit)
    #expect(found.row("p")?.baseline == nil)
    #expect(found.row("p")?.trouble == .marked(commit))
  }

  @Test("another suite's series of that name is another series")
  func otherSuite() throws {
    let commit = try project.commit("nightly")
    try project.record(commit, value: 7)
    try project.mark(commit, against: main[1], suite: "nightly")
    try project.record(project.commit("next"), value: 8)
    #expect(try project.found().old == [7])
  }

  @Test("with any number of marked commits in a row it is the first mark's baseline that counts")
  func inARow() throws {
    var before = main[2]
    for number in 1...12 {
      let commit = try project.commit("slow \(number)")
      try project.record(commit, value: 200 + Double(number))
      try project.mark(commit, against: before, hour: 1)
      before = commit
    }
    try project.record(project.commit("next"), value: 220)
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.old == [101])
  }

  @Test("the distance of the mark's baseline does not matter")
  func distance() throws {
    for number in 1...4 {
      let commit = try project.commit("slow \(number)")
      try project.record(commit, value: 200)
      try project.mark(commit, against: main[1], hour: 1)
    }
    try project.record(project.commit("next"), value: 220)
    #expect(try project.found(maxDistance: 1).commit == main[1])
  }

  @Test("the mark's baseline may be no commit of the walk")
  func elsewhere() throws {
    try project.switchTo("side", from: main[0].id.description)
    let side = try project.commit("side")
    try project.record(side, value: 55)
    try project.switchTo("main")
    let slow = try project.commit("slow")
    try project.record(slow, value: 300)
    try project.mark(slow, against: side)
    try project.record(project.commit("next"), value: 300)
    #expect(try project.found().old == [55])
  }

  @Test("a machine that has no number at the mark's baseline takes the nearest behind it")
  func otherMachine() throws {
    // Between the two lies a number that may have what was refused in it already.
    try project.record(main[0], value: 90, machine: .there)
    let slow = try project.commit("slow")
    try project.record(slow, value: 300, machine: .there)
    let last = try project.commit("slower")
    try project.record(last, value: 310, machine: .there)
    try project.mark(last, against: main[1])
    try project.record(project.commit("next"), value: 300, machine: .there)
    let found = try project.found(machine: .there)
    #expect(found.commit == main[0])
    #expect(found.old == [90])
  }

  @Test("two marks that name each other come to an end, and what lies behind them serves")
  func circle() throws {
    let slow = try project.commit("slow")
    try project.record(slow, value: 300)
    try project.mark(slow, against: main[2])
    try project.mark(main[2], against: slow, hour: 2)
    try project.record(project.commit("next"), value: 300)
    #expect(try project.found().commit == main[1])
  }

  @Test("marks that name each other with nothing behind them leave a row that says so")
  func circleOnly() throws {
    let project = try Project()
    let main = try project.line(2)
    for commit in main { try project.record(commit) }
    try project.mark(main[0], against: main[1])
    try project.mark(main[1], against: main[0])
    try project.record(project.commit("next"))
    #expect(try project.found().row?.trouble == .marked(main[1]))
  }

  @Test("a baseline that is gone is told, and the walk goes on")
  func gone() throws {
    let slow = try project.commit("slow")
    try project.record(slow, value: 300)
    let absent = try #require(ObjectID(String(repeating: "ab", count: 20)))
    try project.mark(slow, against: Commit(id: absent, tree: absent))
    try project.record(project.commit("next"), value: 300)
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.warnings.contains { $0.contains(absent.short) })
  }

  @Test("more marked commits in a row than whole recordings are looked at hide nothing")
  func manyGone() throws {
    let absent = try #require(ObjectID(String(repeating: "ab", count: 20)))
    for number in 1...12 {
      let slow = try project.commit("slow \(number)")
      try project.record(slow, value: 300)
      try project.mark(slow, against: Commit(id: absent, tree: absent))
    }
    try project.record(project.commit("next"), value: 300)
    #expect(try project.found().commit == main[1])
  }

  @Test("a line lifts it, where it is later; of one second the mark holds")
  func lifted() throws {
    try project.record(project.commit("next"), value: 200)
    try project.unmark(main[2], hour: 0)
    #expect(try project.found().commit == main[1])
    try project.unmark(main[2], hour: 1)
    #expect(try project.found().commit == main[1])
    try project.unmark(main[2], hour: 2)
    #expect(try project.found().commit == main[2])
    try project.mark(main[2], against: main[0], hour: 3)
    #expect(try project.found().commit == main[0])
  }

  @Test("the order in which lines are stored is irrelevant")
  func order() throws {
    try project.unmark(main[2], hour: 5)
    try project.mark(main[2], against: main[0], hour: 3)
    try project.record(project.commit("next"), value: 200)
    #expect(try project.found().commit == main[2])
  }

  @Test("a line of the future lifts nothing")
  func future() throws {
    let mark = Mark(
      tree: main[2].tree.description, suite: Run.defaultSuite, series: [Found.id], against: nil)
    let run = Run(
      commit: main[2].id.description, tree: main[2].tree.description,
      recordedAt: Timestamp("2099-01-01T00:00:00Z"), session: nil, tool: "test", environment: nil,
      series: [], unmarks: [mark])
    try project.store([RunLine(run)], of: main[2])
    try project.record(project.commit("next"), value: 200)
    #expect(try project.found().commit == main[1])
  }

  @Test("an old mark, of run ids, stands for all series of these runs, whoever measured them since")
  func oldMarks() throws {
    let commit = try project.commit("old")
    let id = try project.record(commit, series: ["p": 1, "q": 1])
    try project.record(commit) { commit in
      Run(
        commit: commit.id.description, tree: commit.tree.description,
        recordedAt: Timestamp(hour: 1), session: nil, tool: "test", environment: nil, series: [],
        rejects: [id.description])
    }
    try project.record(commit, series: ["p": 2, "q": 2, "r": 2], hour: 5)
    try project.record(project.commit("next"), series: ["p": 3, "q": 3, "r": 3])
    let found = try project.found().result
    #expect(found.row("p")?.trouble == .marked(commit))
    #expect(found.row("q")?.trouble == .marked(commit))
    #expect(found.commit(of: "r") == commit)
  }

  @Test("an empty commit on a marked merge-base inherits; nothing is settled by its content alone")
  func sameContent() throws {
    try project.switchTo("topic", from: "main")
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
    let found = try project.found()
    #expect(found.row?.isSame == false)
    #expect(found.commit == main[1])
    #expect(found.row?.marked == main[2])
    #expect(found.new == [200])
  }

  @Test("an empty commit on marked main fails like it")
  func sameContentOnMain() throws {
    try project.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
    let found = try project.found()
    #expect(found.commit == main[1])
    #expect(found.new == [200])
  }

  @Test("a revert of what is marked is the mark's baseline itself")
  func revert() throws {
    try project.repository.git("revert", "--no-edit", "HEAD")
    #expect(try project.found().row?.isSame == true)
  }

  @Test("a name's marks hold for the name that it got since")
  func alias() throws {
    let commit = try project.commit("old name")
    try project.record(commit, series: ["p": 1])
    try project.mark(commit, ["p"], against: nil)
    try project.record(project.commit("next"), series: ["q": 2])
    let found = try project.found(names: NameHistory(["p": "q"])).result
    #expect(found.row("q")?.trouble == .marked(commit))
  }

  @Test("all marks are listed, those of a content without a commit, too")
  func list() throws {
    let index = RunIndex(try RunStore(project.open(), reference: Project.reference))
    #expect(try index.allMarks().map(\.commit) == [main[2].id])
    #expect(try index.allMarks().map(\.against) == [main[1].id])
    try project.repository.git("notes", "--ref=perf", "remove", main[2].id.description)
    let again = RunIndex(try RunStore(project.open(), reference: Project.reference))
    #expect(try again.allMarks().map(\.tree) == [main[2].tree.description])
  }
}
