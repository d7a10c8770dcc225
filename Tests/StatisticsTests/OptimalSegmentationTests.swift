@testable import Statistics
import Testing
import TestSupport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("The optimal segmentation")
struct OptimalSegmentationTests {
  /// The cost of a stretch by its definition.
  private static func cost(_ data: ArraySlice<SquaredError.Datum>) -> Double {
    let weight = data.reduce(0) { $0 + $1.weight }
    let mean = data.reduce(0) { $0 + $1.weight * $1.value } / weight
    return data.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) }
  }

  private static func cost(_ data: ArraySlice<TaskAttempts.Side>) -> Double {
    let solved = Double(data.reduce(0) { $0 + $1.solved })
    let all = Double(data.reduce(0) { $0 + $1.attempts })
    func term(_ part: Double) -> Double { part > 0 ? -part * log(part / all) : 0 }
    return term(solved) + term(all - solved)
  }

  /// The cost of a division, which is infinite if a stretch is too short.
  private static func total<Datum>(
    _ changes: [Int], _ data: [Datum], _ penalty: Double, _ fewest: Int,
    _ cost: (ArraySlice<Datum>) -> Double
  ) -> Double {
    let stretches = zip([0] + changes, changes + [data.count]).map { data[$0..<$1] }
    guard stretches.allSatisfy({ $0.count >= fewest }) else { return .infinity }
    return stretches.reduce(penalty * Double(changes.count)) { $0 + cost($1) }
  }

  /// The least cost of all divisions, each looked at.
  private static func bruteForce<Datum>(
    _ data: [Datum], _ penalty: Double, _ fewest: Int, _ cost: (ArraySlice<Datum>) -> Double
  ) -> Double {
    (0..<(1 << (data.count - 1))).reduce(.infinity) { least, choice in
      let changes = (1..<data.count).filter { choice >> ($0 - 1) & 1 == 1 }
      return min(least, total(changes, data, penalty, fewest, cost))
    }
  }

  /// The least cost by the recursion of Jackson and others, "An Algorithm for Optimal Partitioning of
  /// Data on an Interval", 2005, without any pruning.
  private static func optimalPartition(
    _ data: [SquaredError.Datum], _ penalty: Double, _ fewest: Int
  ) -> Double {
    var least = Array(repeating: Double.infinity, count: data.count + 1)
    least[0] = -penalty
    for end in fewest...data.count {
      for start in 0...(end - fewest) where least[start].isFinite {
        least[end] = min(least[end], least[start] + penalty + cost(data[start..<end]))
      }
    }
    return least[data.count]
  }

  private static func segmentation(
    _ data: [SquaredError.Datum], _ penalty: Double, _ fewest: Int
  ) -> OptimalSegmentation<SquaredError> {
    let values = data.map(\.value)
    return OptimalSegmentation(
      data, penalty: penalty, fewest: fewest,
      levels: LevelInterval(values.min() ?? 0, values.max() ?? 0))
  }

  @Test("costs no more than any other division of few values, ties included", arguments: 1...10)
  func bruteForce(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for levels in [2, 3, 5, 1_000_000] {
      for fewest in [1, 2, 3] where count >= fewest {
        for penalty in [0.0, 0.5] {
          let data = (0..<count).map { _ in
            SquaredError.Datum(
              value: Double(Int.random(in: 0..<levels, using: &random)) / Double(levels) * 4,
              weight: levels == 3 ? 1 : Double.random(in: 0.1..<1, using: &random))
          }
          guard Set(data.map(\.value)).count > 1 else { continue }
          let found = Self.segmentation(data, penalty, fewest)
          let least = Self.bruteForce(data, penalty, fewest, Self.cost)
          #expect(abs(found.cost - least) < 1e-9, "\(data), \(penalty), \(fewest)")
          let total = Self.total(found.changes, data, penalty, fewest, Self.cost)
          #expect(abs(total - least) < 1e-9, "\(data), \(penalty), \(fewest)")
        }
      }
    }
  }

  @Test("costs as much as the optimal partition of hundreds of values", arguments: [1, 3])
  func optimalPartition(fewest: Int) {
    var random = SeededGenerator(seed: UInt64(fewest))
    for (steps, penalty) in [(0, 5.0), (3, 5), (20, 15), (20, 1), (0, 0.01)] {
      let size = 10.0
      var level = 0.0
      let data = (0..<200).map { _ in
        if Int.random(in: 0..<200, using: &random) < steps {
          level = Double.random(in: -size...size, using: &random)
        }
        return SquaredError.Datum(
          value: level + random.normal(), weight: Double.random(in: 0.03...1, using: &random))
      }
      let found = Self.segmentation(data, penalty, fewest)
      let least = Self.optimalPartition(data, penalty, fewest)
      #expect(abs(found.cost - least) < 1e-9 * max(1, abs(least)))
      let total = Self.total(found.changes, data, penalty, fewest, Self.cost)
      #expect(abs(total - least) < 1e-9 * max(1, abs(least)))
    }
  }

  @Test("costs no more than any other division of outcomes", arguments: 3...9)
  func outcomes(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    for attempts in [1, 3, 20] {
      for fewest in [1, 3] {
        for penalty in [0.1, 2] {
          let data = (0..<count).map { _ in
            TaskAttempts.Side(
              solved: Int.random(in: 0...attempts, using: &random), of: attempts)
          }
          let found = OptimalSegmentation<BinomialDeviance>(
            data, penalty: penalty, fewest: fewest, levels: BinomialDeviance.levels)
          let least = Self.bruteForce(data, penalty, fewest, Self.cost)
          #expect(abs(found.cost - least) < 1e-8, "\(data)")
          #expect(
            abs(Self.total(found.changes, data, penalty, fewest, Self.cost) - least) < 1e-8)
        }
      }
    }
  }

  @Test("has no change, and no cost, for fewer values than a level needs")
  func few() {
    let data = [1.0, 9].map { SquaredError.Datum(value: $0, weight: 1) }
    let found = Self.segmentation(data, 1, 3)
    #expect(found.changes.isEmpty)
    #expect(found.cost == .infinity)
    #expect(Self.segmentation(data, 1, 1).changes == [1])
  }
}
