package import Measurements
import Statistics

/// What the gate says of code that did not change: a commit against itself.
///
/// Its rounds are dealt out at random to two sides, many times over, and its runs are compared with
/// each other. Whatever is flagged is a false alarm; how far apart the sides seem is the noise that a
/// threshold has to stand above.
package struct AACheck: Sendable {
  package let rows: [Row]
  /// How often the rounds were dealt out.
  package let splits: Int
  /// How many pairs of runs were compared.
  package let pairs: Int

  /// What came of comparing a series with itself.
  package struct Row: Hashable, Sendable {
    package let id: Series.ID
    package let rounds: Int
    /// nil where there are too few rounds to deal out.
    package let split: Tally?
    /// nil where there is one run only.
    package let between: Tally?
    /// About how many rounds a side show that nothing changed, at the threshold in force; nil for more
    /// than anybody would run, and where nothing was compared.
    package let roundsNeeded: Int?
  }

  package struct Tally: Hashable, Sendable {
    package let comparisons: Int
    package let alarms: Int
    /// The change that 19 of 20 comparisons stay within, to either side; 0.02 for 2 %.
    package let floor: Double
  }

  /// Below, half of the rounds could not be significant.
  package static let fewestRounds = 8
}

extension AACheck {
  /// - Parameters:
  ///   - pooled: All rounds of each series.
  ///   - runs: The series of each run for itself.
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
  /// Of values that are compared in all splits together: a second or two of work.
  private static let mostPairs = 5_000_000

  /// All comparisons of a kind together.
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

  /// The rounds that show of every series that nothing changed.
  package struct Need {
    /// As many as the worst series needs.
    package let rounds: Int
    /// That one.
    package let id: Series.ID
    /// What is enough for all others; nil where there are none.
    package let others: Int?
  }

  /// nil where none could be worked out.
  package var roundsNeeded: Need? {
    let needs = rows.compactMap { row in row.roundsNeeded.map { (id: row.id, rounds: $0) } }
      .sorted { $0.rounds > $1.rounds }
    return needs.first.map {
      Need(rounds: $0.rounds, id: $0.id, others: needs.dropFirst().first?.rounds)
    }
  }
}

/// What was seen of each series in many assessments.
private struct AANotes {
  private struct Page {
    var comparisons = 0
    /// Relative ones: out of nothing there is none, unless nothing changed.
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

  /// What was enough in half of the assessments.
  func need(_ id: Series.ID) -> Int? {
    guard let needs = pages[id]?.needs else { return nil }
    let sorted = needs.map { $0 ?? .max }.sorted()
    let middle = sorted[sorted.count / 2]
    return middle == .max ? nil : middle
  }
}

extension SeriesResult {
  /// About how many rounds a side exclude a change beyond the limit, where there is none: half of
  /// the interval must fit below it.
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
  /// How many rounds are dealt out: of more, a choice tells as much.
  private var dealt: Int { Swift.min(rounds.count, 100) }

  /// How many pairs two halves have.
  fileprivate var halfPairs: Int { (dealt / 2) * (dealt - dealt / 2) }

  /// Its rounds in two halves, whichever fall to which.
  fileprivate func halved(_ generator: inout some RandomNumberGenerator) -> (Series, Series) {
    let dealt = Array(rounds.shuffled(using: &generator).prefix(dealt))
    func part(_ rounds: ArraySlice<Round>) -> Series {
      Series(benchmark: benchmark, metric: metric, rounds: Array(rounds), source: source)
    }
    return (part(dealt[..<(dealt.count / 2)]), part(dealt[(dealt.count / 2)...]))
  }
}

extension Policy {
  /// The same rules of judging, for code that has no history.
  fileprivate var bare: Policy {
    var policy = self
    policy.budgets = []
    policy.aliases = []
    policy.waivers = []
    policy.ledger = .silent
    return policy
  }
}
