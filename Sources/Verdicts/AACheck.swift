package import Measurements
import Statistics

/// The verdicts of the gate on code that did not change: a commit compared with itself.
///
/// The check deals the rounds of a commit out at random to two sides, many times, and compares the
/// runs of the commit with each other. Every flagged series is a false alarm. The distance between
/// the sides is the noise, and a threshold must be larger than that.
package struct AACheck: Sendable {
  package let rows: [Row]
  /// The number of times that the rounds were dealt out.
  package let splits: Int
  /// The number of pairs of runs that were compared.
  package let pairs: Int

  /// The result of comparing one series with itself.
  package struct Row: Hashable, Sendable {
    package let id: Series.ID
    package let rounds: Int
    /// The comparisons of halves of the rounds; nil if there are too few rounds to deal out.
    package let split: Tally?
    /// The comparisons of one run with another; nil if there is only one run.
    package let between: Tally?
    /// The approximate number of rounds a side that show that nothing changed, at the threshold in
    /// force; nil if it is more than anybody would run, and if nothing was compared.
    package let roundsNeeded: Int?
  }

  package struct Tally: Hashable, Sendable {
    package let comparisons: Int
    package let alarms: Int
    /// The change that 19 of 20 comparisons stay within, to either side; 0.02 for 2 %.
    package let floor: Double
  }

  /// The fewest rounds of a series that are dealt out; half of fewer rounds could not be
  /// significant.
  package static let fewestRounds = 8
}

extension AACheck {
  /// - Parameters:
  ///   - pooled: All rounds of each series.
  ///   - runs: The series of each run, one array a run.
  ///   - generator: Deals out the rounds; a seeded one deals the same each time.
  package init(
    pooled: [Series], runs: [[Series]], policy: Policy,
    generator: inout some RandomNumberGenerator
  ) {
    let policy = policy.bare
    let noisy = pooled.filter { !policy.isExact($0.metric) }
    let large = noisy.filter { $0.rounds.count >= Self.fewestRounds }
    var split = AANotes()
    splits =
      large.isEmpty ? 0 : max(20, min(200, Self.mostPairs / large.reduce(0) { $0 + $1.halfPairs }))
    for _ in 0..<splits {
      let halves = large.map { $0.halved(&generator) }
      split.note(FamilyResult(old: halves.map(\.0), new: halves.map(\.1), policy: policy))
    }
    var between = AANotes()
    for new in runs.indices {
      for old in runs.indices.dropFirst(new + 1) {
        between.note(FamilyResult(old: runs[old], new: runs[new], policy: policy))
      }
    }
    pairs = runs.count * (runs.count - 1) / 2
    rows = noisy.map { series in
      Row(
        id: series.id, rounds: series.rounds.count, split: split.tally(series.id),
        between: between.tally(series.id), roundsNeeded: split.need(series.id))
    }.sorted { $0.id < $1.id }
  }
}

extension AACheck {
  /// The number of pairs of values that are compared in all splits together: a second or two of
  /// work.
  private static let mostPairs = 5_000_000

  /// The two kinds of comparisons whose results can be added up.
  package enum Kind { case splits, runs }

  package func total(_ kind: Kind) -> Tally? {
    let tallies = rows.compactMap { kind == .splits ? $0.split : $0.between }
    guard !tallies.isEmpty else { return nil }
    return Tally(
      comparisons: tallies.reduce(0) { $0 + $1.comparisons },
      alarms: tallies.reduce(0) { $0 + $1.alarms }, floor: tallies.map(\.floor).max() ?? 0)
  }

  /// The next whole per cent above the noise of the worst series.
  package var threshold: Double? {
    let floors = rows.flatMap { [$0.split?.floor, $0.between?.floor] }.compactMap(\.self)
    return floors.max().map { (max($0, 0.001) * 100).rounded(.up) / 100 }
  }

  /// The number of rounds that show of every series that nothing changed.
  package struct Need {
    /// The number of rounds that the worst series needs.
    package let rounds: Int
    /// The series that needs the most rounds.
    package let id: Series.ID
    /// The number of rounds that is enough for all other series; nil if there are none.
    package let others: Int?
  }

  /// The rounds that all series need; nil if no number could be worked out.
  package var roundsNeeded: Need? {
    let needs = rows.compactMap { row in row.roundsNeeded.map { (id: row.id, rounds: $0) } }
      .sorted { $0.rounds > $1.rounds }
    return needs.first.map {
      Need(rounds: $0.rounds, id: $0.id, others: needs.dropFirst().first?.rounds)
    }
  }
}

/// The results of each series, collected over many assessments.
private struct AANotes {
  private struct Page {
    var comparisons = 0
    /// The relative changes. A change from zero has none, unless nothing changed.
    var changes: [Double] = []
    var alarms = 0
    var needs: [Int?] = []

    mutating func note(_ seriesResult: SeriesResult, _ effect: Effect) {
      comparisons += 1
      let isAlarm = ![.unchanged, .notWorse, .inconclusive].contains(seriesResult.verdict.kind)
      alarms += isAlarm ? 1 : 0
      needs.append(seriesResult.roundsToExclude)
      if let change = effect.change ?? (effect.estimate == 0 ? 0 : nil) {
        changes.append(change.magnitude)
      }
    }
  }

  private var pages: [Series.ID: Page] = [:]

  mutating func note(_ familyResult: FamilyResult) {
    for seriesResult in familyResult.seriesResults {
      guard let effect = seriesResult.comparison?.effect else { continue }
      pages[seriesResult.id, default: Page()].note(seriesResult, effect)
    }
  }

  func tally(_ id: Series.ID) -> AACheck.Tally? {
    guard let page = pages[id] else { return nil }
    let sorted = page.changes.sorted()
    let place = Int((Double(sorted.count) * UsualLevel.confidence).rounded(.up)) - 1
    return AACheck.Tally(
      comparisons: page.comparisons, alarms: page.alarms,
      floor: sorted.isEmpty ? 0 : sorted[place])
  }

  /// Returns the number of rounds a side that was enough in half of the assessments.
  func need(_ id: Series.ID) -> Int? {
    guard let needs = pages[id]?.needs else { return nil }
    let sorted = needs.map { $0 ?? .max }.sorted()
    let middle = sorted[sorted.count / 2]
    return middle == .max ? nil : middle
  }
}

extension SeriesResult {
  /// The approximate number of rounds a side that exclude a change beyond the limit if there is
  /// none: half of the interval must fit below the limit.
  fileprivate var roundsToExclude: Int? {
    guard let comparison, let interval = comparison.effect.range, let significance else {
      return nil
    }
    let have = min(comparison.samples.old.count, comparison.samples.new.count)
    let width = (interval.upperBound - interval.lowerBound) / 2
    let room = bounds(comparison).room(comparison.effect)
    let need = width == 0 ? 0 : Double(have) * (width / room) * (width / room)
    let least = UDistribution.sizeNeeded(alpha: significance.strictestAlpha) ?? .max
    return need < 1000 ? max(Int(need.rounded(.up)), least, level.fewestRounds ?? .max) : nil
  }
}

extension Series {
  /// The number of rounds that are dealt out. If a series has more, a random choice of them tells
  /// as much.
  private var dealt: Int { Swift.min(rounds.count, 100) }

  /// The number of pairs of values, one from each half.
  fileprivate var halfPairs: Int { (dealt / 2) * (dealt - dealt / 2) }

  /// Deals the rounds out at random into two halves.
  fileprivate func halved(_ generator: inout some RandomNumberGenerator) -> (Series, Series) {
    let dealt = Array(rounds.shuffled(using: &generator).prefix(dealt))
    func part(_ rounds: ArraySlice<Round>) -> Series {
      Series(benchmark: benchmark, metric: metric, rounds: Array(rounds), source: source)
    }
    return (part(dealt[..<(dealt.count / 2)]), part(dealt[(dealt.count / 2)...]))
  }
}

extension Policy {
  /// This policy without budgets, aliases and waivers, for code that has no history.
  fileprivate var bare: Policy {
    var policy = self
    policy.budgets = []
    policy.aliases = []
    policy.waivers = []
    policy.ledger = .silent
    return policy
  }
}
