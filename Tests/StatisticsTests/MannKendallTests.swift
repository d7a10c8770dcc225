import Statistics
import Testing

@Suite("The test for a trend")
struct MannKendallTests {
  /// The definition itself: S over all orders of the values.
  private struct Permutations {
    let s: Int
    let twoSided: Double

    init(_ values: [Double]) {
      let observed = Self.s(values)
      var values = values
      var all = 0
      var far = 0
      Self.visit(&values, from: 0) { order in
        all += 1
        far += abs(Self.s(order)) >= abs(observed) ? 1 : 0
      }
      s = observed
      twoSided = Double(far) / Double(all)
    }

    private static func visit(_ values: inout [Double], from place: Int, _ body: ([Double]) -> Void)
    {
      guard place < values.count else { return body(values) }
      for other in place..<values.count {
        values.swapAt(place, other)
        visit(&values, from: place + 1, body)
        values.swapAt(place, other)
      }
    }

    static func s(_ values: [Double]) -> Int {
      var s = 0
      for (place, later) in values.enumerated() {
        for earlier in values[..<place] { s += later > earlier ? 1 : later < earlier ? -1 : 0 }
      }
      return s
    }
  }

  @Test("counts every order of few values, ties included", arguments: 1...7)
  func bruteForce(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    for levels in [1, 2, 3, 5, 1_000_000] {
      for _ in 0..<3 {
        let values = (0..<count).map { _ in Double(Int.random(in: 0..<levels, using: &random)) }
        let test = MannKendall(try Sample(values))
        let truth = Permutations(values)
        #expect(test.s == truth.s)
        #expect(test.twoSided.isClose(to: truth.twoSided), "\(values)")
        #expect(test.isExact)
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let values: [Double]
    let s: Int
    let twoSided: Double
    var testDescription: String { "\(values)" }

    /// Two of 10! orders are as far out as a rising one; the others are those of Kendall's tables, and
    /// of `scipy.stats.kendalltau(method="exact")`, 1.17.1.
    static let all = [
      Case(values: [1, 2, 3, 4, 5], s: 10, twoSided: 2 / 120),
      Case(values: [1, 2, 3, 4, 5, 6], s: 15, twoSided: 2 / 720),
      Case(values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], s: 45, twoSided: 2 / 3_628_800),
      Case(values: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], s: -45, twoSided: 2 / 3_628_800),
      Case(values: [2, 1, 3, 5, 4, 6, 8, 7, 10, 9], s: 37, twoSided: 1298 / 3_628_800),
      Case(values: [5, 3, 8, 1, 9, 2, 7, 4, 10, 6], s: 9, twoSided: 1757474 / 3_628_800),
      Case(values: [4, 4, 4], s: 0, twoSided: 1), Case(values: [4], s: 0, twoSided: 1),
    ]
  }

  @Test("has the answers of the tables", arguments: Case.all)
  func known(_ known: Case) throws {
    let test = MannKendall(try Sample(known.values))
    #expect(test.s == known.s)
    #expect(test.twoSided.isClose(to: known.twoSided))
  }

  /// Gilbert, "Statistical Methods for Environmental Pollution Monitoring", 1987, (16.1), by hand: 4
  /// values of each of three sizes have the variance (12·11·29 - 3·4·3·13) / 18 = 186.67, and S = 48
  /// in ascending order is (48 - 1) / √186.67 = 3.4400 deviations out.
  @Test("approximates with the variance under ties and a step of continuity")
  func variance() throws {
    let test = MannKendall.approximated(
      try Sample([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]))
    #expect(test.s == 48)
    #expect(abs(test.twoSided - 0.000_581_7) < 1e-6)
    #expect(!test.isExact)
  }

  @Test("goes over from counting to the normal curve without a step")
  func border() throws {
    var random = SeededGenerator(seed: 50)
    var compared = 0
    for slope in stride(from: 0.0, to: 0.02, by: 0.001) {
      let noise = (0..<50).map { Double($0) * slope + Double.random(in: 0..<2, using: &random) }
      let sample = try Sample(noise.map { ($0 * 8).rounded() })
      let (exact, curve) = (MannKendall(sample), MannKendall.approximated(sample))
      #expect(exact.isExact && exact.s == curve.s)
      guard exact.twoSided > 0.005 else { continue }
      #expect(abs(curve.twoSided / exact.twoSided - 1) < 0.08)
      compared += 1
    }
    #expect(compared > 5)
    let many = try Sample((0..<51).map(Double.init))
    #expect(!MannKendall(many).isExact)
    #expect(MannKendall(many).twoSided < 1e-15)
  }

  @Test("counts pairs as their definition does, for any number of values")
  func pairs() throws {
    var random = SeededGenerator(seed: 7)
    for count in [2, 3, 51, 64, 65, 200] {
      let values = (0..<count).map { _ in Double(Int.random(in: 0..<40, using: &random)) }
      #expect(MannKendall(try Sample(values)).s == Permutations.s(values))
    }
  }

  @Test("is wrong as often as it says, where nothing drifts", arguments: [6, 10, 80])
  func level(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let times = 1000
    let wrong = try (0..<times).count { _ in
      let values = (0..<count).map { _ in Double.random(in: 0..<1, using: &random) }
      return MannKendall(try Sample(values)).twoSided <= 0.05
    }
    // Two standard errors above .05; of six values only one order in 60 is below it.
    #expect(Double(wrong) / Double(times) <= 0.065)
    #expect(Double(wrong) / Double(times) >= 0.01)
  }
}
