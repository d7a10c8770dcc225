/// The probabilities of both tails of U when values are equal, given the pooled values.
///
/// Which of the pooled values fall to which side is chance; how many of them are equal is not. So
/// all C(n + m, n) ways to deal them out are counted, group by group of equal values.
struct TiedTails {
  /// P(U ≤ u) for the new side's U.
  let less: Double
  /// P(U ≥ u) for the new side's U.
  let greater: Double

  /// Counts the tail that is nearer to its end, for the smaller side; the rest is arithmetic.
  ///
  /// What is small is counted rather than left over from a subtraction, so it keeps its relative
  /// precision; the far tail holds U's mean, half of the pairs, and so is never tiny. Read from the
  /// largest value down, U is what it lacks of all pairs, so either tail can be the lower one.
  init(of ranking: Ranking) {
    let (old, new) = (ranking.old.count, ranking.new.count)
    let nearIsLess = ranking.doubledU <= ranking.pairs
    let ascending = nearIsLess == (new <= old)
    let sizes = ranking.groupSizes
    let ways = Ways(
      dealing: ascending ? sizes : sizes.reversed(), side: min(old, new), total: old + new,
      doubledU: min(ranking.doubledU, 2 * ranking.pairs - ranking.doubledU))

    let all = binomial(old + new, new)
    let near = min(1, ways.atMost / all)
    let far = min(1, (all - ways.atMost + ways.exactly) / all)
    less = nearIsLess ? near : far
    greater = nearIsLess ? far : near
  }
}

extension TiedTails {
  /// The probability of each doubled U of the new side, from 0 to twice the pairs.
  static func chances(of ranking: Ranking) -> [Double] {
    let (old, new) = (ranking.old.count, ranking.new.count)
    let sizes = ranking.groupSizes
    let ways = Ways(
      dealing: new <= old ? sizes : sizes.reversed(), side: min(old, new), total: old + new,
      doubledU: 2 * ranking.pairs)
    let all = binomial(old + new, new)
    return ways.ofEach.map { $0 / all }
  }
}

/// How many ways to deal out the pooled values give one side a U of at most the given one.
///
/// The state is the number of ways for each number of values dealt to the side so far and each
/// doubled U; a group of t values, r of them for the side, turns (a, 2U) into (a + r, 2U + r · (2 ·
/// others before + t - r)) in C(t, r) ways. All terms are positive, so floating point loses nothing
/// that matters. States that can only end above the limit are left out.
private struct Ways {
  private let side: Int
  private let total: Int
  private let limit: Int
  /// One row for each number of values dealt to the side, one column for each doubled U.
  private var table: [Double]
  private var dealt = 0

  init(dealing groups: [Int], side: Int, total: Int, doubledU: Int) {
    self.side = side
    self.total = total
    limit = doubledU
    table = Array(repeating: 0, count: (side + 1) * (doubledU + 1))
    table[0] = 1
    for size in groups { deal(size) }
  }

  /// Ways in which U is the given one or less.
  var atMost: Double { ofEach.reduce(0, +) }
  /// Ways for each doubled U up to the given one.
  var ofEach: ArraySlice<Double> { table[row(side)..<row(side + 1)] }
  /// Ways in which U is the given one.
  var exactly: Double { table[row(side) + limit] }

  private func row(_ count: Int) -> Int { count * (limit + 1) }

  /// The least that the side must hold for the values still to come to fill it.
  private func least(after dealt: Int) -> Int { max(0, side - (total - dealt)) }

  /// Goes from large counts to small, so that the rows it reads are still those before the group.
  private mutating func deal(_ size: Int) {
    let choices = (0...size).map { binomial(size, $0) }
    let lowest = max(1, least(after: dealt + size))
    let highest = min(side, dealt + size)
    guard lowest <= highest else { return dealt += size }
    for count in (lowest...highest).reversed() {
      let fewest = max(1, count - dealt)
      let most = min(size, count - least(after: dealt))
      guard fewest <= most else { continue }
      for share in fewest...most {
        add(choices[share], share: share, of: size, making: count)
      }
    }
    dealt += size
  }

  private mutating func add(_ choices: Double, share: Int, of size: Int, making count: Int) {
    let before = count - share
    let gain = share * (2 * (dealt - before) + size - share)
    // Each value still missing on this side will stand above all others dealt so far.
    let coming = 2 * (dealt + size - count) * (side - count)
    let width = limit - coming - gain + 1
    guard width > 0 else { return }
    let source = row(before)
    let target = row(count) + gain
    for column in 0..<width {
      table[target + column] += choices * table[source + column]
    }
  }
}
