import Git
import History
import Measurements
import Verdicts

/// The rounds of earlier sessions that measured the same two contents in turns on this machine.
///
/// Measuring again adds to them. So nobody can start anew until chance gives a wanted result. Only
/// whole recordings count, which have every benchmark of the suite.
struct EarlierPairs {
  /// The number of rounds that each series of these sessions has at least.
  let rounds: Int
  private let old: [Series.ID: Series]
  private let new: [Series.ID: Series]
  private let sessions: [Series.ID: [Interleaving.Session]]

  init(of suite: String, base: Commit, head: Commit, in workspace: Workspace) throws {
    let store = try workspace.store()
    let machine = workspace.machine.key
    func sessions(_ commit: Commit) throws -> [String: Run] {
      var sessions: [String: Run] = [:]
      for line in try store.lines(of: commit) {
        guard let header = line.knownHeader, header.version <= Run.version,
          header.suite == suite, header.part == nil, header.environment?.key == machine,
          header.tree == commit.tree.description, let session = header.session,
          let run = try? Run(line.bytes)
        else { continue }
        sessions[session] = run
      }
      return sessions
    }
    let (before, after) = (try sessions(base), try sessions(head))
    let shared = Set(before.keys).intersection(after.keys)
      .sorted {
        (after[$0]?.recordedAt?.description ?? "", $0) < (
          after[$1]?.recordedAt?.description ?? "", $1
        )
      }
    var pairs: [(old: Series, new: Series)] = []
    var interleavings: [Series.ID: [Interleaving.Session]] = [:]
    for session in shared {
      guard let old = before[session], let new = after[session] else { continue }
      for pair in Self.pairs(old, new) {
        pairs.append(pair)
        interleavings[pair.new.id, default: []].append(
          Interleaving.Session(
            orders: [old.order, new.order], old: pair.old.rounds.count,
            new: pair.new.rounds.count))
      }
    }
    self.sessions = interleavings
    old = Dictionary(pairs.map(\.old).pooled().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    new = Dictionary(pairs.map(\.new).pooled().map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    rounds = new.values.map(\.rounds.count).min() ?? 0
  }

  /// The series that both sides of a session have, cut to the same number of rounds.
  private static func pairs(_ old: Run, _ new: Run) -> [(old: Series, new: Series)] {
    let failed = Set((old.failures + new.failures).map(\.benchmark))
    let known = Dictionary(old.series.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    return new.series.compactMap { series in
      guard let other = known[series.id], !failed.contains(series.benchmark),
        other.isLike(series)
      else { return nil }
      let count = min(series.rounds.count, other.rounds.count)
      return (other.first(count), series.first(count))
    }
  }

  /// The rounds of both sides, those of earlier sessions before the new ones. If the definition of
  /// a series changed, it has only the new rounds.
  func followed(by old: [Series], _ new: [Series]) -> PairedSeries {
    guard rounds > 0 else { return PairedSeries(old: old, new: new) { _ in [] } }
    func continues(_ all: [Series], _ earlier: [Series.ID: Series]) -> Set<Series.ID> {
      Set(all.filter { one in earlier[one.id].map(one.isLike) ?? false }.map(\.id))
    }
    let both = continues(old, self.old).intersection(continues(new, self.new))
    func joined(_ all: [Series], _ earlier: [Series.ID: Series]) -> [Series] {
      all.map { series in
        guard both.contains(series.id), let first = earlier[series.id] else { return series }
        return [first, series].pooled()[0]
      }
    }
    return PairedSeries(old: joined(old, self.old), new: joined(new, self.new)) { id in
      both.contains(id) ? sessions[id] ?? [] : []
    }
  }
}

/// Two sides that are measured in turns, with the order of their rounds.
struct PairedSeries {
  let old: [Series]
  let new: [Series]
  /// The standing of each series of the new side.
  let standings: [Series.ID: Standing]

  /// Pairs two sides.
  ///
  /// - Parameter earlier: Returns the earlier sessions whose rounds a series has.
  init(
    old: [Series], new: [Series], earlier: (Series.ID) -> [Interleaving.Session]
  ) {
    self.old = old
    self.new = new
    let counts = Dictionary(old.map { ($0.id, $0.rounds.count) }, uniquingKeysWith: max)
    standings = new.reduce(into: [:]) { standings, series in
      let before = earlier(series.id)
      let known = before.reduce(0) { $0 + ($1.rounds ?? 0) }
      let own = Interleaving.Session(
        orders: [.abba], old: (counts[series.id] ?? known) - known, new: series.rounds.count - known
      )
      standings[series.id] = Standing(interleaving: Interleaving(before + [own]))
    }
  }
}

extension Series {
  /// True if both series measure the same, as far as their units, directions and definitions say.
  fileprivate func isLike(_ other: Series) -> Bool {
    let digests = [definition?.digest, other.definition?.digest].compactMap(\.self)
    return metric.unit == other.metric.unit && metric.better == other.metric.better
      && isSummary == other.isSummary && Set(digests).count < 2
  }

  fileprivate func first(_ count: Int) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: Array(rounds.prefix(count)), source: source,
      isSummary: isSummary, original: original, definition: definition)
  }
}
