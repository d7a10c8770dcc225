/// The probabilities of both tails of U when values are equal, given the pooled values.
///
/// Chance decides which pooled values belong to which side, but not how many of them are equal. So
/// all C(n + m, n) ways to distribute them are counted, group by group of equal values.
struct TiedTails {
  /// P(U ≤ u) for the new side's U.
  let less: Double
  /// P(U ≥ u) for the new side's U.
  let greater: Double

  /// Counts the tail that is nearer to its end, for the smaller side; the other values follow by
  /// arithmetic.
  ///
  /// A small probability is counted and not the result of a subtraction, so it keeps its relative
  /// precision. The other tail contains U's mean, half of the pairs, so it is never tiny. If the
  /// groups are read from the largest value downwards, U becomes the number of pairs minus U, so
  /// either tail can be the lower one.
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

/// The number of ways to distribute the pooled values that give one side a U of at most the given
/// one.
///
/// The state is the number of ways for each number of values given to the side so far and each
/// doubled U. A group of t values, r of them for the side, turns (a, 2U) into (a + r, 2U + r · (2 ·
/// others before + t - r)) in C(t, r) ways. All terms are positive, so floating point loses nothing
/// that matters. States that can only end above the limit are left out.
private struct Ways {
  private let side: Int
  private let total: Int
  private let limit: Int
  /// The numbers of ways: one row for each number of values given to the side, one column for each
  /// doubled U.
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

  /// The number of ways in which U is at most the given one.
  var atMost: Double { ofEach.reduce(0, +) }
  /// The number of ways for each doubled U up to the given one.
  var ofEach: ArraySlice<Double> { table[row(side)..<row(side + 1)] }
  /// The number of ways in which U is the given one.
  var exactly: Double { table[row(side) + limit] }

  private func row(_ count: Int) -> Int { count * (limit + 1) }

  /// The smallest number of values that the side must hold so that the remaining values can
  /// complete it.
  private func least(after dealt: Int) -> Int { max(0, side - (total - dealt)) }

  /// Adds a group of equal values. It proceeds from large counts to small, so that the rows it
  /// reads are still those before the group.
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
    // Each value still missing on this side will be larger than all others given so far.
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
