import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// What a correction promises for many series, tried on families in which every tenth became slower.
///
/// Without a threshold all that is significant is flagged, so that false alarms are frequent enough
/// to be counted; 10 % would leave hardly any.
@Suite("false discoveries")
struct FalseDiscoveryTests {
  private static let alpha = 0.05

  /// The share of what is flagged that did not change, on average over the families, may be above
  /// alpha by its standard error, which is .6 points for 100 families of 100 and .5 for 20 of 1,000.
  /// Nine series in ten do not change; uncorrected, .05 of these are flagged beside the tenth that
  /// does, so that nearly a third of all flags is false.
  @Test(
    "of what is flagged in a family, at most alpha is false on average; uncorrected, far more",
    arguments: [(100, 100), (1_000, 20)])
  func share(size: Int, families: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let drawn = try (0..<families).map { _ in try Family(size: size, &random) }
    let corrected = drawn.map { Flagged($0, alpha: Self.alpha, .benjaminiHochberg) }
    let single = drawn.map { Flagged($0, alpha: Self.alpha, .none) }

    let falsehood = Mean(corrected.map(\.falseShare))
    #expect(falsehood.standardError < 0.01)
    #expect(falsehood.value <= Self.alpha + falsehood.standardError)
    #expect(Mean(single.map(\.falseShare)).value > 4 * Self.alpha)
    #expect(Mean(corrected.map(\.foundShare)).value > 0.9)
  }
}

/// Series at a noise of 5 %, ten rounds a side; every tenth is 15 % slower on the new side.
private struct Family {
  private(set) var old: [Series] = []
  private(set) var new: [Series] = []
  let size: Int

  init(size: Int, _ random: inout SeededGenerator) throws {
    self.size = size
    for index in 0..<size {
      let isSlower = index.isMultiple(of: 10)
      let name = "\(isSlower ? Self.slower : "same")/\(index)"
      let values = (0..<20).map { _ in 1 + 0.05 * random.normal() }
      old.append(try series(Array(values[..<10]), name: name))
      new.append(try series(values[10...].map { $0 * (isSlower ? 1.15 : 1) }, name: name))
    }
  }

  private static let slower = "slower"

  static func isTrue(_ seriesResult: SeriesResult) -> Bool {
    seriesResult.id.benchmark.name.hasPrefix(slower)
  }
}

/// What was flagged in a family.
private struct Flagged {
  /// Of the flagged series those that did not change; 0 where none was flagged.
  let falseShare: Double
  /// Of the series that changed those that were flagged.
  let foundShare: Double

  init(_ family: Family, alpha: Double, _ correction: FamilyCorrection) {
    var policy = Policy.threshold(0)
    policy.alpha = alpha
    policy.correction = correction
    let flagged = FamilyResult(old: family.old, new: family.new, policy: policy).seriesResults
      .filter { [.regression, .improvement].contains($0.verdict.kind) }
    let found = flagged.count(where: Family.isTrue)
    falseShare = Double(flagged.count - found) / Double(max(1, flagged.count))
    foundShare = Double(found) / Double(family.size / 10)
  }
}

private struct Mean {
  let value: Double
  let standardError: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    value = mean
    standardError = (squares / (count - 1) / count).squareRoot()
  }
}
