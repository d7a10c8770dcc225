/// The probabilities of the whole numbers from 0.
enum Chances {
  /// The probabilities of a sum of independent numbers. The computation uses no subtraction, so
  /// small probabilities keep their relative precision.
  static func sum(of all: [[Double]]) -> [Double] {
    all.dropFirst().reduce(all.first ?? [1], sum)
  }

  private static func sum(_ a: [Double], _ b: [Double]) -> [Double] {
    var sum = Array(repeating: 0.0, count: a.count + b.count - 1)
    for (place, chance) in a.enumerated() where chance > 0 {
      for (other, chanceOfOther) in b.enumerated() { sum[place + other] += chance * chanceOfOther }
    }
    return sum
  }
}
