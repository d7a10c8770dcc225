import Measurements
import Statistics
import Testing
import Trends

@Suite("Changes of several series are events")
struct ChangeEventsTests {
  private static func change(
    _ name: String, at first: Int, after last: Int? = nil, by size: Double = 0.2,
    metric: Metric = .wallTime, machine: String? = "m", suite: String = "default",
    returned: Int? = nil
  ) -> SeriesChange {
    SeriesChange(
      series: SeriesChange.SeriesName(
        benchmark: Benchmark(name: name), metric: metric, suite: suite, machine: machine),
      last: last ?? first - 1, first: first,
      size: SeriesChange.Size(
        levels: Sides(old: 100, new: 100 * (1 + size)), change: size,
        interval: size - 0.01...size + 0.01, p: 1e-6),
      rounds: Sides(old: 10, new: 10), returned: returned)
  }

  private static func surroundings(
    _ count: Int = 100, environments: [Int?]? = nil, recentFrom: Int = 0,
    places: [String: Int] = [:]
  ) -> ChangeSurroundings {
    ChangeSurroundings(
      names: (0..<count).map { "commit \($0)" },
      environments: ["m": environments ?? Array(repeating: 0, count: count)],
      isRecent: (0..<count).map { $0 >= recentFrom }, places: places)
  }

  private static func events(
    _ changes: [SeriesChange], spans: [ChangeSearch.Span] = [], creeps: [SeriesChange] = [],
    statements: [ChangeStatement] = [], _ surroundings: ChangeSurroundings = surroundings()
  ) -> [ChangeEvent] {
    ChangeEvents(changes, among: spans, creeps: creeps, statements: statements, in: surroundings)
      .all
  }

  @Test("changes within one measured commit of each other are one event, at the place of most")
  func together() {
    let events = Self.events([
      Self.change("a", at: 10), Self.change("b", at: 11, by: 0.5), Self.change("c", at: 11),
      Self.change("d", at: 12), Self.change("e", at: 14),
    ])
    #expect(events.map(\.first) == [11, 14])
    #expect(
      events.map { $0.changes.map(\.series.benchmark.name) } == [["b", "a", "c", "d"], ["e"]])
    #expect(events.map(\.last) == [10, 13])
  }

  @Test("directions and machines are events of their own")
  func apart() {
    let events = Self.events([
      Self.change("a", at: 10), Self.change("b", at: 10, by: -0.2),
      Self.change("c", at: 10, machine: "n"),
      Self.change(
        "d", at: 10, metric: Metric("throughput", .perSecond, better: .higher)),
    ])
    #expect(
      events.map { $0.changes.count } == [1, 1, 2] || events.map { $0.changes.count } == [1, 2, 1])
    #expect(events.count { $0.isWorse } == 2)
  }

  @Test("a change in a gap belongs to the commit at which another series changed")
  func gap() {
    let events = Self.events([
      Self.change("nightly", at: 30, after: 20), Self.change("a", at: 24),
    ])
    #expect(events.count == 1 && events[0].last == 23 && events[0].first == 24)
    let alone = Self.events([Self.change("nightly", at: 30, after: 20)])
    #expect(alone[0].last == 20 && alone[0].first == 30)
  }

  @Test("each change is in one event, and the order of changes does not matter", arguments: 0..<40)
  func partition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let changes = (0..<Int.random(in: 1...40, using: &generator)).map { number in
      let first = Int.random(in: 10..<60, using: &generator)
      let gap = Bool.random(using: &generator) ? 1 : Int.random(in: 1...8, using: &generator)
      return Self.change(
        "p\(number % 20)", at: first, after: first - gap,
        by: Bool.random(using: &generator) ? 0.2 : -0.2,
        machine: Bool.random(using: &generator) ? "m" : "n")
    }
    let events = Self.events(changes)
    let names = events.flatMap { $0.changes.map(\.series.benchmark.name) }
    #expect(names.sorted() == changes.map(\.series.benchmark.name).sorted())
    #expect(Set(events.map(\.id)).count == events.count)
    let others = Self.events(changes.shuffled(using: &generator))
    #expect(others.map(\.id) == events.map(\.id))
    #expect(others.map(\.changes) == events.map(\.changes))
    for event in events {
      #expect(Set(event.changes.map(\.series)).count == event.changes.count)
      #expect(event.last < event.first)
      #expect(event.changes.allSatisfy { $0.last <= event.first && $0.first + 1 >= event.first })
    }
  }

  @Test("a regression that is gone is fixed, an improvement that is gone went away")
  func states() {
    let events = Self.events([
      Self.change("a", at: 10, returned: 30), Self.change("b", at: 10, returned: 31),
      Self.change("c", at: 10), Self.change("d", at: 50, by: -0.2, returned: 60),
      Self.change("e", at: 70, returned: 80), Self.change("f", at: 70),
    ])
    #expect(events.map(\.state) == [.fixed, .wentAway, .new])
    #expect(events.map(\.returned) == [31, 60, nil])
    #expect(events.map(\.isOpen) == [false, false, true])
  }

  @Test("a regression becomes absorbed when it is no news any more, an improvement does not")
  func absorbed() {
    let changes = [
      Self.change("a", at: 10), Self.change("a", at: 50), Self.change("b", at: 20, by: -0.2),
      Self.change("c", at: 30, returned: 40),
    ]
    let events = Self.events(changes, Self.surroundings(recentFrom: 45))
    #expect(events.map(\.kind) == [.absorbed, .code, .code, .code])
    // The id is that of the time when it was news.
    #expect(events.map(\.id) == Self.events(changes).map(\.id))
  }

  @Test("what is said of a commit holds within three measured ones, for the series it names")
  func statements() {
    func statement(_ name: String, isWorse: Bool? = nil, machine: String? = nil) -> ChangeStatement
    {
      ChangeStatement(
        .accepted, reason: "r", id: "1234567", commit: "c", isWorse: isWorse, machine: machine
      ) { $0.benchmark.name == name }
    }
    let change = [Self.change("a", at: 10)]
    for (place, state) in [(6, "new"), (7, "accepted"), (13, "accepted"), (14, "new")] {
      let all = ChangeEvents(
        change, among: [], statements: [statement("a")],
        in: Self.surroundings(places: ["c": place]))
      #expect(all.all.map(\.state.rawValue) == [state], "\(place)")
      #expect(all.unused.count == (state == "new" ? 1 : 0))
      #expect((all.all[0].id == "1234567") == (state != "new"))
    }
    for wrong in [statement("b"), statement("a", isWorse: false), statement("a", machine: "n")] {
      let all = ChangeEvents(
        change, among: [], statements: [wrong], in: Self.surroundings(places: ["c": 10]))
      #expect(all.all.map(\.state) == [.new] && all.unused.count == 1)
    }
    let unknown = ChangeEvents(
      change, among: [], statements: [statement("a")], in: Self.surroundings())
    #expect(unknown.all.map(\.state) == [.new] && unknown.unused.count == 1)
  }

  @Test("the machine changed where all its times did alike, or where its description did")
  func environment() {
    let spans = (0..<10).map {
      ChangeSearch.Span(
        series: Self.change("p\($0)", at: 10).series, first: 3, last: 90, isOfTime: true)
    }
    func kinds(_ changed: Int, by size: (Int) -> Double, _ environments: [Int?]? = nil)
      -> [ChangeEvent.Kind]
    {
      Self.events(
        (0..<changed).map { Self.change("p\($0)", at: 10, by: size($0)) }, spans: spans,
        Self.surroundings(environments: environments)
      ).map(\.kind)
    }
    #expect(kinds(10) { _ in 0.2 } == [.environment])
    #expect(kinds(9) { _ in 0.2 } == [.environment])
    #expect(kinds(8) { _ in 0.2 } == [.code])
    #expect(kinds(10) { 0.05 * Double($0 + 1) } == [.code])
    // One that is far from the others is the code's, at the same place.
    #expect(kinds(10) { $0 == 3 ? 0.9 : 0.2 } == [.code, .environment])
    let another = (0..<100).map { $0 < 10 ? 0 : 1 }
    #expect(kinds(5, by: { _ in 0.2 }, another) == [.environment])
    #expect(kinds(4, by: { _ in 0.2 }, another) == [.code])
    // A description that comes and goes says nothing.
    #expect(kinds(5, by: { _ in 0.2 }, (0..<100).map { $0 % 2 }) == [.code])
  }

  @Test("money and tokens are never the machine's, and other machines say nothing of it")
  func environmentOfOthers() {
    let names = (0..<5).map { "p\($0)" }
    let spans = names.map {
      ChangeSearch.Span(series: Self.change($0, at: 10).series, first: 3, last: 90, isOfTime: true)
    }
    let times = names.map { Self.change($0, at: 10) }
    let cost = Self.change("agent", at: 10, by: 1, metric: .cost)
    let another = (0..<100).map { $0 < 10 ? 0 : 1 }
    let events = Self.events(times + [cost], spans: spans, Self.surroundings(environments: another))
    #expect(events.map(\.kind) == [.code, .environment])
    #expect(events[0].changes.map(\.series.benchmark.name) == ["agent"])
    let elsewhere = ChangeSurroundings(
      names: (0..<100).map { "commit \($0)" },
      environments: ["m": Array(repeating: 0, count: 100), "n": another.map { $0 + 1 }],
      isRecent: Array(repeating: true, count: 100))
    #expect(Self.events([times[0]], spans: spans, elsewhere).map(\.kind) == [.code])
  }

  @Test("a statement with an id is about one event, that of a creep about creeps up to its ceiling")
  func oneEvent() {
    func statement(_ id: String?, creep: Bool = false, ceiling: Double? = nil) -> ChangeStatement {
      ChangeStatement(
        .accepted, reason: "r", id: id, commit: "c", isOfCreep: creep, ceiling: ceiling
      ) { _ in true }
    }
    let changes = [Self.change("a", at: 31), Self.change("c", at: 34, by: 1)]
    func states(_ statement: ChangeStatement, at place: Int, creeps: [SeriesChange] = [])
      -> [String]
    {
      Self.events(
        changes, creeps: creeps, statements: [statement], Self.surroundings(places: ["c": place])
      ).map(\.state.rawValue)
    }
    let ids = Self.events(changes).map(\.id)
    #expect(states(statement(ids[0]), at: 31) == ["accepted", "new"])
    // The id counts before the distance.
    #expect(states(statement(ids[1]), at: 32) == ["new", "accepted"])
    #expect(states(statement("7654321"), at: 31) == ["accepted", "new"])
    #expect(states(statement(nil), at: 32) == ["accepted", "accepted"])
    let creeps = [Self.change("d", at: 36, after: 30, by: 0.3)]
    #expect(
      states(statement(nil, creep: true), at: 30, creeps: creeps) == ["new", "new", "accepted"])
    #expect(
      states(statement(nil, creep: true, ceiling: 0.25), at: 30, creeps: creeps)
        == ["new", "new", "new"])
    #expect(Set(ids).count == 2)
  }

  @Test("creeps of one machine are one event, from the release to the newest value")
  func creeps() {
    let creeps = [
      Self.change("a", at: 90, after: 20), Self.change("b", at: 89, after: 19, by: 0.3),
    ]
    let events = Self.events([Self.change("a", at: 40, by: 0.05)], creeps: creeps)
    #expect(events.map(\.kind) == [.code, .creep])
    #expect(events[1].changes.map(\.series.benchmark.name) == ["b", "a"])
    #expect(events[1].last == 19 && events[1].first == 90)
    // The newest value moves on, and the creep stays the same one.
    let later = Self.events(
      [], creeps: creeps.map { Self.change($0.series.benchmark.name, at: 95, after: $0.last) })
    #expect(later[0].id == events[1].id)
  }
}
