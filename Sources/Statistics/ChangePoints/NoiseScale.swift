/// The standard deviation of a series about its level, by the differences of neighbours, which a
/// change of the level does not touch.
struct NoiseScale {
  /// The scale of the whole series, above 0.
  let global: Double
  /// The scale about each value, between 1 and 6 times the global one.
  let local: [Double]

  /// The number of differences on each side of a value that make its local scale.
  private static let halfWidth = 25
  /// The largest local scale, in global ones. A single stretch of loud noise is not all of a series.
  private static let most = 6.0
  /// The median magnitude of the difference of two independent normal numbers: .6745 · √2.
  private static let perDeviation = 0.954
  /// A smaller difference comes from the rounding of a computation.
  private static let rounding = 1e-12

  /// - Parameter values: Logarithms, or values of a size near 1; all finite.
  /// - Returns: nil if there are no two neighbours that differ.
  init?(_ values: [Double]) {
    guard values.count > 1 else { return nil }
    let differences = Self.differences(of: values)
    guard let global = Self.global(values, differences) else { return nil }
    self.global = global
    local = Self.local(differences, global)
  }

  private static func differences(of values: [Double]) -> [Double] {
    zip(values, values.dropFirst()).map {
      let distance = ($1 - $0).magnitude
      return distance > rounding ? distance : 0
    }
  }

  /// Values that depend on those before them differ little from their neighbours, and much from
  /// values farther away. So the medians of blocks have to agree with the noise of neighbours: if
  /// they differ by more, the scale is what they show.
  private static func global(_ values: [Double], _ differences: [Double]) -> Double? {
    let middle = Sample(differences[...]).median
    guard middle > 0 else { return quantized(differences) }
    let scale = middle / perDeviation
    return [4, 8].reduce(scale) { max($0, self.scale(values, blocks: $1, neighbours: scale)) }
  }

  /// The scale of single values by the medians of blocks; 0 if there are too few blocks.
  ///
  /// The median of b values has a deviation of about 1.2 / √b times theirs. Blocks are counted from
  /// both ends, so that a reversed series has the same scale. Medians that differ by many scales of
  /// neighbours have a change of the level between them and say nothing of noise: without this rule
  /// no change is found in a series with one in every 20 values.
  private static func scale(_ values: [Double], blocks size: Int, neighbours: Double) -> Double {
    let count = values.count / size
    let firsts = Set([0, values.count % size]).sorted()
    let distances = firsts.flatMap { differences(of: medians(values[$0...], count, size)) }
      .filter { $0 <= mostNeighbourScales * neighbours }
    guard distances.count >= fewestDistances * firsts.count else { return 0 }
    return Sample(distances[...]).median / perDeviation * Double(size).squareRoot() / 1.2
  }

  /// With 4, of values that depend by .8 on the one before, few distances are left out.
  private static let mostNeighbourScales = 4.0
  /// A single change of the level makes too large a part of fewer distances: a creep of 15 steps in
  /// 39 values would pass for noise.
  private static let fewestDistances = 8

  /// The medians of blocks of an even number of values.
  private static func medians(_ values: ArraySlice<Double>, _ count: Int, _ size: Int) -> [Double] {
    var block = Array(repeating: 0.0, count: size)
    return (0..<count).map { number in
      let start = values.startIndex + number * size
      // Sorted by insertion: the blocks are small, and there are thousands.
      for place in 0..<size {
        let value = values[start + place]
        var hole = place
        while hole > 0, block[hole - 1] > value {
          block[hole] = block[hole - 1]
          hole -= 1
        }
        block[hole] = value
      }
      return block[size / 2 - 1] / 2 + block[size / 2] / 2
    }
  }

  /// The scale of a series in which most neighbours are equal, such as a number of ticks.
  ///
  /// Let r be the smallest step. A part q of independent values that lie r higher makes a part
  /// 2q(1 − q) of all neighbours differ; their deviation is r√(q(1 − q)). That also finds a rare
  /// change of a series that is constant otherwise. Many changes of value come from noise below the
  /// step, of which values that depend on each other show too little: then the scale is at least
  /// r / 2, the deviation where every other value lies r higher.
  private static func quantized(_ differences: [Double]) -> Double? {
    let steps = differences.filter { $0 > 0 }
    guard let smallest = steps.min() else { return nil }
    let part = (Double(steps.count) / Double(differences.count) / 2).squareRoot()
    return smallest * (steps.count < manySteps ? part : max(part, 0.5))
  }

  private static let manySteps = 10

  private static func local(_ differences: [Double], _ global: Double) -> [Double] {
    var window = SortedWindow()
    for difference in differences.prefix(halfWidth) { window.insert(difference) }
    return (0...differences.count).map { place in
      let (entering, leaving) = (place + halfWidth - 1, place - halfWidth - 1)
      if place > 0 {
        switch (entering < differences.count, leaving >= 0) {
        case (true, true): window.replace(differences[leaving], by: differences[entering])
        case (true, false): window.insert(differences[entering])
        case (false, true): window.remove(differences[leaving])
        case (false, false): break
        }
      }
      return min(max(window.median / perDeviation, global), most * global)
    }
  }
}
