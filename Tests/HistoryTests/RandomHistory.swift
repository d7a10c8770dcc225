import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport

/// A small history that was drawn: a main branch, a topic off its tip, and lines about them.
///
/// Contents repeat, so that there are reverts and commits that change nothing.
struct RandomHistory {
  enum Line: Hashable {
    /// What a machine recorded of a commit, by its place on main; nil for the topic.
    case run(Recording)
    case mark(commit: Int, name: String, against: Int?, hour: Int, lifts: Bool)
  }

  struct Recording: Hashable {
    var commit: Int?
    var machine = 0
    var suite = Run.defaultSuite
    var series: [String: Double]
    var isPart = false
    var hour: Int
    var session: String?
  }

  /// The content of each commit of main, and of the topic.
  let contents: [Int]
  let topic: Int
  var lines: [Line] = []

  static let names = ["p", "q", "r"]
  static let machines: [Environment] = [.here, .there]
}

extension RandomHistory {
  init(seed: Int, marks: Bool = true) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let count = draw(3...7)
    contents = (0..<count).map { draw(0...4) == 0 ? draw(0...$0) : 100 + $0 }
    topic = draw(0...5) == 0 ? contents[draw(0...(count - 1))] : 999
    var value = 0.0
    func series(_ least: Int) -> [String: Double] {
      var series: [String: Double] = [:]
      for name in Self.names where draw(0...3) > 0 || series.count < least {
        value += 1
        series[name] = value
      }
      return series
    }
    for place in 0..<count {
      for _ in 0..<draw(0...2) {
        lines.append(
          .run(
            Recording(
              commit: place, machine: draw(0...3) / 3, series: series(1), isPart: draw(0...1) == 0,
              hour: draw(0...40), session: draw(0...2) == 0 ? "s" : nil)))
      }
      if marks, draw(0...2) == 0 {
        lines.append(
          .mark(
            commit: place, name: Self.names[draw(0...2)],
            against: draw(0...3) == 0 ? nil : draw(0...(count - 1)), hour: draw(0...40),
            lifts: draw(0...3) == 0))
      }
    }
    for _ in 0..<draw(1...2) {
      lines.append(
        .run(
          Recording(
            commit: nil, series: series(1), isPart: draw(0...1) == 0, hour: draw(0...40),
            session: draw(0...2) == 0 ? "s" : nil)))
    }
  }

  var runs: [Recording] {
    lines.compactMap { if case .run(let recording) = $0 { recording } else { nil } }
  }

  func content(of commit: Int?) -> Int { commit.map { contents[$0] } ?? topic }

  /// What this machine recorded of the default suite for a content.
  func runs(ofContent content: Int) -> [Recording] {
    runs.filter {
      $0.machine == 0 && $0.suite == Run.defaultSuite && self.content(of: $0.commit) == content
    }
  }

  /// Whether a series of a content is marked: by the latest line, of one second by the mark.
  func isMarked(_ name: String, content: Int) -> Bool {
    var word: (hour: Int, lifts: Bool)?
    for case .mark(let commit, name, _, let hour, let lifts) in lines
    where contents[commit] == content {
      guard let last = word else {
        word = (hour, lifts)
        continue
      }
      if hour > last.hour || hour == last.hour && last.lifts { word = (hour, lifts) }
    }
    return word.map { !$0.lifts } ?? false
  }
}

/// A drawn history in a repository.
struct DrawnProject {
  let project: Project
  let main: [Commit]
  let topic: Commit

  init(_ history: RandomHistory, order: ([RunLine]) -> [RunLine]? = { _ in nil }) throws {
    project = try Project()
    let input = Self.stream(history)
    let result = try Subprocess.run(
      "/usr/bin/env", ["git", "fast-import", "--quiet"], in: project.repository.url, input: input)
    precondition(result.status == 0, result.err)
    let repository = try project.open()
    let count = history.contents.count
    main = try (0..<count).map { try repository.commit("main~\(count - 1 - $0)") }
    topic = try repository.commit("topic")
    let lines = try history.lines.map { (try commit($0), try line($0)) }
    let store = try RunStore(repository, reference: Project.reference)
    if let order = order(lines.map(\.1)) {
      for line in order {
        let homes = lines.filter { $0.1 == line }.map(\.0)
        try store.add(Dictionary(homes.map { ($0, [line]) }) { a, _ in a }) { _ in }
      }
    } else {
      try store.add(Dictionary(grouping: lines, by: \.0).mapValues { $0.map(\.1) }) { _ in }
    }
  }

  private static func stream(_ history: RandomHistory) -> String {
    func commit(_ branch: String, _ content: Int, _ number: Int, from: String = "") -> String {
      "commit refs/heads/\(branch)\nmark :\(number)\n"
        + "committer T <t@e> 1767225600 +0000\ndata \("\(number)".utf8.count)\n\(number)\n\(from)"
        + "M 100644 inline file\ndata \("\(content)".utf8.count)\n\(content)\n"
    }
    let main = history.contents.enumerated().map { commit("main", $1, $0 + 1) }
    let last = history.contents.count
    return main.joined() + commit("topic", history.topic, last + 1, from: "from :\(last)\n")
  }

  func commit(_ line: RandomHistory.Line) throws -> Commit {
    switch line {
    case .run(let recording): recording.commit.map { main[$0] } ?? topic
    case .mark(let commit, _, _, _, _): main[commit]
    }
  }

  func line(_ line: RandomHistory.Line) throws -> RunLine {
    let home = try commit(line)
    switch line {
    case .run(let recording):
      return RunLine(
        Run(
          commit: home.id.description, tree: home.tree.description,
          recordedAt: Timestamp(hour: recording.hour), session: recording.session,
          suite: recording.suite, tool: "test",
          environment: RandomHistory.machines[recording.machine],
          series: try recording.series.keys.sorted().map { name in
            Series(
              benchmark: Benchmark(name: name), metric: .wallTime,
              rounds: [try Round([recording.series[name, default: 0]])], source: "test")
          }, part: recording.isPart ? "typed" : nil))
    case .mark(_, let name, let against, let hour, let lifts):
      let mark = Mark(
        tree: home.tree.description, suite: Run.defaultSuite, series: [Series.ID(name)],
        against: against.map { main[$0].id.description })
      return RunLine(
        Run(
          commit: home.id.description, tree: home.tree.description,
          recordedAt: Timestamp(hour: hour), session: nil, tool: "test", environment: nil,
          series: [], marks: lifts ? [] : [mark], unmarks: lifts ? [mark] : []))
    }
  }

  func found() throws -> Found { try project.found("topic") }
}

extension Found {
  /// What a row says, in words that can be compared.
  func words(_ name: String) -> String? {
    guard let row = result.row(name) else { return nil }
    func values(_ series: [Series]) -> [Double] {
      series.filter { $0.benchmark.name == name }.flatMap(\.rounds).map { $0.samples[0] }.sorted()
    }
    let baseline = row.baseline.map { result.baselines[$0] }
    return """
      \(baseline.map { "\($0.rule) \($0.commit.id.short)" } ?? "-") \(values(result.old)) \
      \(values(result.new)) \(row.isPaired) \(row.isSame) \(row.marked?.id.short ?? "-") \
      \(row.trouble.map { "\($0)" } ?? "-")
      """
  }
}
