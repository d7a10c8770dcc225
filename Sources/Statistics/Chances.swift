/// The probabilities of the whole numbers from 0.
enum Chances {
  /// The probabilities of a sum of independent numbers. The computation uses no subtraction, so
  /// small probabilities keep their relative precision.
  static func sum(of all: [[Double]]) -> [Double] {
    all.dropFirst().reduce(all.first ?? [1], sum)
  }

  /// The probabilities of a sum of independent numbers that are all distributed alike, by repeated
  /// doubling.
  static func sum(of chances: [Double], times: Int) -> [Double] {
    var (result, power, rest): ([Double], [Double], Int) = ([1], chances, times)
    while rest > 0 {
      if rest & 1 == 1 { result = sum(result, power) }
      rest >>= 1
      if rest > 0 { power = sum(power, power) }
    }
    return result
  }

  private static func sum(_ a: [Double], _ b: [Double]) -> [Double] {
    var sum = Array(repeating: 0.0, count: a.count + b.count - 1)
    for (place, chance) in a.enumerated() where chance > 0 {
      for (other, chanceOfOther) in b.enumerated() { sum[place + other] += chance * chanceOfOther }
    }
    return sum
  }
}
