import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

@Suite("What holds for every history")
struct RandomHistoryTests {
  typealias Recording = RandomHistory.Recording

  @Test("runs of other series, suites and machines change no other row", arguments: 0..<25)
  func others(seed: Int) throws {
    var history = RandomHistory(seed: seed)
    let before = try DrawnProject(history).found()
    for (place, _) in history.contents.enumerated() {
      history.lines += [
        .run(Recording(commit: place, machine: 1, series: ["p": 7, "q": 7, "r": 7], hour: 3)),
        .run(Recording(commit: place, suite: "other", series: ["p": 8, "q": 8], hour: 4)),
        .run(Recording(commit: place, series: ["z": 9], isPart: true, hour: 5)),
      ]
    }
    let after = try DrawnProject(history).found()
    for name in RandomHistory.names where before.result.row(name)?.trouble == nil {
      // What is new gets a reason from numbers of its name on other machines.
      guard let words = before.words(name) else { continue }
      #expect(after.words(name) == words, "\(name)")
    }
  }

  @Test("what was recorded is a row, or new; what is owed is a row", arguments: 0..<40)
  func everything(seed: Int) throws {
    let history = RandomHistory(seed: seed)
    let found = try DrawnProject(history).found()
    let own = history.runs(ofContent: history.topic)
    for name in Set(own.flatMap(\.series.keys)) {
      #expect(found.result.new.contains { $0.benchmark.name == name })
      let others = history.runs.filter {
        $0.suite == Run.defaultSuite && !own.contains($0) && $0.series[name] != nil
      }
      #expect(found.words(name) != nil || others.isEmpty, "\(name)")
    }
    for name in Self.owed(history) { #expect(found.words(name) != nil, "\(name)") }
  }

  /// What the nearest whole recording has, and what parts of two commits that are not older have.
  static func owed(_ history: RandomHistory) -> Set<String> {
    var parts: [String: Int] = [:]
    for content in history.contents.reversed() {
      let runs = history.runs(ofContent: content)
      for name in Set(runs.filter(\.isPart).flatMap(\.series.keys)) { parts[name, default: 0] += 1 }
      let whole = runs.filter { !$0.isPart }
      guard whole.isEmpty else {
        return Set(whole.flatMap(\.series.keys)).union(parts.filter { $0.value > 1 }.keys)
      }
    }
    return Set(parts.filter { $0.value > 1 }.keys)
  }

  @Test("the order of recording is irrelevant", arguments: 0..<15)
  func order(seed: Int) throws {
    let history = RandomHistory(seed: seed)
    let once = try DrawnProject(history).found()
    var generator = SeededGenerator(seed: UInt64(seed) + 1000)
    let again = try DrawnProject(history) { $0.shuffled(using: &generator) }.found()
    for name in RandomHistory.names { #expect(once.words(name) == again.words(name), "\(name)") }
  }

  @Test("a marked number is the baseline of no row", arguments: 0..<60)
  func marked(seed: Int) throws {
    let history = RandomHistory(seed: seed)
    let found = try DrawnProject(history).found()
    for name in RandomHistory.names {
      guard let row = found.result.row(name), history.topic == 999 else { continue }
      let refused = Set(
        history.runs.filter { history.isMarked(name, content: history.content(of: $0.commit)) }
          .compactMap { $0.series[name] })
      let old = Set(
        found.result.old.filter { $0.benchmark.name == name }.flatMap(\.rounds)
          .map { $0.samples[0] })
      let isOwed = !found.result.new.contains { $0.benchmark.name == name }
      #expect(isOwed || old.isDisjoint(with: refused), "\(name)")
      // What is settled by its content is so at a commit that is not marked.
      #expect(!row.isSame, "\(name)")
    }
  }

  @Test("without marks each series has the nearest commit that has it", arguments: 0..<40)
  func nearest(seed: Int) throws {
    let history = RandomHistory(seed: seed, marks: false)
    guard history.topic == 999 else { return }
    let drawn = try DrawnProject(history)
    let found = try drawn.found()
    for name in Set(history.runs(ofContent: 999).flatMap(\.series.keys)) {
      let place = history.contents.indices.last { place in
        history.runs(ofContent: history.contents[place]).contains { $0.series[name] != nil }
      }
      #expect(found.result.commit(of: name) == place.map { drawn.main[$0] }, "\(name)")
    }
  }

  @Test("what a candidate no longer measures stays a row where it is owed", arguments: 0..<25)
  func removal(seed: Int) throws {
    var history = RandomHistory(seed: seed)
    guard history.topic == 999 else { return }
    for name in RandomHistory.names {
      let all = history.lines
      history.lines = all.map { line in
        guard case .run(var recording) = line, recording.commit == nil else { return line }
        recording.series[name] = nil
        if recording.series.isEmpty { recording.series["other"] = 1 }
        return .run(recording)
      }
      let found = try DrawnProject(history).found()
      if Self.owed(history).contains(name) { #expect(found.words(name) != nil, "\(name)") }
      history.lines = all
    }
  }

  @Test("a damaged line changes only the rows whose numbers it had", arguments: 0..<25)
  func damage(seed: Int) throws {
    let history = RandomHistory(seed: seed)
    let drawn = try DrawnProject(history)
    let before = try drawn.found()
    let base = history.runs.filter { $0.commit != nil && history.topic == 999 }
    guard let victim = base.first(where: { $0.hour % 2 == 0 }) ?? base.first else { return }
    try drawn.damage(.run(victim))
    let after = try drawn.found()
    for series in before.candidate.pool.series {
      let name = series.benchmark.name
      let old = before.result.old.filter { $0.benchmark.name == name }.flatMap(\.rounds)
        .map { $0.samples[0] }
      let shown = before.result.row(name)?.markedSeries.flatMap(\.rounds).map { $0.samples[0] }
      guard let value = victim.series[name] else {
        // A series that is found nowhere may be in the line that cannot be read.
        if before.result.row(name)?.baseline != nil {
          #expect(after.words(name) == before.words(name), "\(name)")
        }
        continue
      }
      if !old.contains(value), !(shown ?? []).contains(value),
        before.result.row(name)?.baseline != nil
      {
        #expect(after.words(name) == before.words(name), "\(name)")
      }
      #expect(before.words(name) == nil || after.words(name) != nil, "\(name)")
    }
  }
}

extension DrawnProject {
  /// Cuts off the end of a line wherever it is.
  func damage(_ line: RandomHistory.Line) throws {
    let (commit, text) = (try commit(line), try self.line(line).text)
    let broken = String(text.dropLast(9)) + "\n"
    for object in [commit.id, commit.tree] + main.map(\.id) {
      guard let note = try? project.show(object.description), note.contains(text.dropLast()) else {
        continue
      }
      try project.overwrite(object, (note + "\n").replacing(text, with: broken))
    }
  }
}
