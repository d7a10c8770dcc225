import Measurements
import Testing
import Verdicts

/// How the series of a gate moved, and the shift that is to be seen in it.
struct ShiftCase: CustomTestStringConvertible {
  struct Moved {
    let benchmark: String
    let metric: Metric
    let ratio: Double

    init(_ benchmark: String, _ metric: Metric, _ ratio: Double) {
      (self.benchmark, self.metric, self.ratio) = (benchmark, metric, ratio)
    }
  }

  let testDescription: String
  let series: [Moved]
  /// nil for none.
  let factor: Double?
  let moved: Int
  let count: Int

  init(_ description: String, _ series: [Moved], _ shift: (Double, moved: Int, of: Int)? = nil) {
    testDescription = description
    self.series = series
    (factor, moved, count) = (shift?.0, shift?.moved ?? 0, shift?.of ?? 0)
  }

  /// One series of each of several benchmarks.
  private static func each(
    _ ratios: [Double], _ metric: Metric = .wallTime, from first: Int = 0
  ) -> [Moved] {
    ratios.enumerated().map { Moved("b\(first + $0)", metric, $1) }
  }

  static let shifts: [ShiftCase] = [
    ShiftCase("all slower", each(times(5, 1.15)), (1.15, moved: 5, of: 5)),
    ShiftCase("all faster", each(times(5, 0.8)), (0.8, moved: 5, of: 5)),
    ShiftCase("all but one", each(times(5, 1.15) + [1]), (1.15, moved: 5, of: 6)),
    ShiftCase("four of seven", each(times(4, 1.15) + times(3, 1)), (1.15, moved: 4, of: 7)),
    ShiftCase(
      "rates that fall as times rise",
      each(times(3, 1.25)) + each(times(2, 0.8), .throughput, from: 3),
      (1.25, moved: 5, of: 5)),
    ShiftCase(
      "times, while sizes stay", each(times(5, 1.15)) + each(times(9, 1), .maxRSS),
      (1.15, moved: 5, of: 5)),
    ShiftCase(
      "of times and sizes the more", each(times(5, 1.15)) + each(times(6, 1.3), .maxRSS),
      (1.3, moved: 6, of: 6)),
    ShiftCase(
      "three benchmarks with several metrics",
      each(times(3, 1.15)) + each(times(2, 1.15), .userTime), (1.15, moved: 5, of: 5)),
    ShiftCase("five per cent", each(times(5, 1.05)), (1.05, moved: 5, of: 5)),
    ShiftCase(
      "more or less a third of the change: 1.3 · 1.1 and 1.3 ÷ 1.1",
      each([1.1, 1.2, 1.3, 1.4, 1.5]), (1.3, moved: 3, of: 5)),
  ]

  static let calms: [ShiftCase] = [
    ShiftCase("nothing", []), ShiftCase("nothing moved", each(times(5, 1))),
    ShiftCase("four series", each(times(4, 1.15))),
    ShiftCase("less than five per cent", each(times(5, 1.045))),
    ShiftCase("less than five per cent faster", each(times(5, 0.96))),
    ShiftCase("half of them, none of which is typical", each(times(3, 1.15) + times(3, 1))),
    ShiftCase("half of them, around 1.11", each([1, 1, 1.1, 1.12, 1.14, 1.6])),
    ShiftCase("all, but none alike", each([1.06, 1.15, 1.3, 1.6, 2])),
    ShiftCase(
      "times that rise with rates", each(times(3, 1.25)) + each(times(3, 1.25), .throughput)),
    ShiftCase(
      "all that is measured of one benchmark",
      (0..<6).map { Moved("b", Metric("time\($0)", .nanoseconds), 1.15) }),
    ShiftCase(
      "two benchmarks",
      each(times(2, 1.15)) + each(times(2, 1.15), .userTime)
        + each(times(2, 1.15), .systemTime)),
    ShiftCase("what is exact, and so no machine's doing", each(times(5, 1.15), .instructions)),
  ]

  static let all = shifts + calms
}

@Test("the machine moved where most series of a kind moved alike", arguments: ShiftCase.all)
func machineShift(_ example: ShiftCase) throws {
  func side(_ value: (ShiftCase.Moved) -> Double) throws -> [Series] {
    try example.series.map {
      try series(times(5, value($0)), name: $0.benchmark, metric: $0.metric)
    }
  }
  let shift = FamilyResult(
    old: try side { _ in 100 }, new: try side { 100 * $0.ratio }, policy: Policy()
  ).machineShift
  #expect(isClose(shift?.factor, example.factor))
  #expect(shift?.moved ?? 0 == example.moved)
  #expect(shift?.count ?? 0 == example.count)
}

@Test("what was zero has no part in a shift of the machine")
func shiftFromZero() throws {
  func side(_ value: Double, zero: Double) throws -> [Series] {
    try (0..<9).map { try series(times(5, $0 < 5 ? value : zero), name: "b\($0)") }
  }
  let shift = FamilyResult(
    old: try side(100, zero: 0), new: try side(120, zero: 5), policy: Policy()
  ).machineShift
  #expect(shift?.moved == 5)
  #expect(shift?.count == 5)
}
