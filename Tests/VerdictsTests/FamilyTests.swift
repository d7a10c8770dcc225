import Measurements
import Statistics
import Testing
import Verdicts

/// Five rounds a side that do not overlap have p = 2/252 = .00794: significant among six series
/// (.0476), among seven (.0556) no longer. The values of the slower side begin just above the threshold,
/// so that their intervals do not all lie beyond it.
@Suite("the family of a gate")
struct FamilyTests {
  /// Some series that became slower, the first of all, and others that stayed.
  private func familyResult(
    slower: Int, of size: Int, _ correction: FamilyCorrection
  ) throws -> FamilyResult {
    var policy = Policy()
    policy.correction = correction
    let names = (0..<size).map { "b\($0)" }
    return FamilyResult(
      old: try names.map { try series(times(5, 100), name: $0) },
      new: try names.enumerated().map { index, name in
        try series(index < slower ? Self.slow : times(5, 100), name: name)
      }, policy: policy)
  }

  /// The smallest is within the threshold, and the near end of the interval at 99 %.
  private static let slow: [Double] = [105, 120, 125, 130, 135]

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let slower: Int
    let size: Int
    let correction: FamilyCorrection
    let pCorrected: Double
    let verdict: Verdict

    static let all: [Case] = [
      Case(
        testDescription: "one of six", slower: 1, size: 6, correction: .benjaminiHochberg,
        pCorrected: 6 * 2.0 / 252, verdict: .regression(certain: false)),
      Case(
        testDescription: "one of seven", slower: 1, size: 7, correction: .benjaminiHochberg,
        pCorrected: 7 * 2.0 / 252,
        verdict: .inconclusive(.amongMany(p: 2.0 / 252, family: 7))),
      Case(
        testDescription: "two of seven, of which one in twenty may be false", slower: 2, size: 7,
        correction: .benjaminiHochberg, pCorrected: 7 * 2.0 / 252 / 2,
        verdict: .regression(certain: false)),
      Case(
        testDescription: "two of seven, of which none may be false", slower: 2, size: 7,
        correction: .holm, pCorrected: 7 * 2.0 / 252,
        verdict: .inconclusive(.amongMany(p: 2.0 / 252, family: 7))),
      Case(
        testDescription: "one of seven, each for itself", slower: 1, size: 7, correction: .none,
        pCorrected: 2.0 / 252, verdict: .regression(certain: false)),
    ]
  }

  @Test("how many others were tested decides", arguments: Case.all)
  func size(_ example: Case) throws {
    let familyResult = try familyResult(
      slower: example.slower, of: example.size, example.correction)
    #expect(familyResult.familySize == example.size)
    let first = try #require(familyResult.seriesResults.first)
    #expect(first.verdict == example.verdict)
    #expect(isClose(first.significance?.p, example.pCorrected))
    #expect(first.comparison?.test?.p == 2.0 / 252)
  }

  @Test("exact, missing and new series are not in the family")
  func members() throws {
    let exact = (0..<10).map { "exact\($0)" }
    func noisy(_ value: Double, _ other: String) throws -> [Series] {
      [try series(times(5, value)), try series(times(5, value), name: other)]
    }
    let old = try noisy(100, "gone") + exact.map { try series([1], name: $0, metric: .hits) }
    let new = try noisy(200, "new") + exact.map { try series([1], name: $0, metric: .hits) }
    let familyResult = FamilyResult(old: old, new: new, policy: Policy())
    #expect(familyResult.familySize == 1)
    #expect(familyResult.seriesResults.first?.verdict == .regression(certain: true))
  }

  @Test("where an alpha is out of reach, no number of rounds is named")
  func unreachable() throws {
    var policy = Policy()
    policy.alpha = 0
    let familyResult = FamilyResult(
      old: [try series(times(5, 100))], new: [try series(times(5, 200))], policy: policy)
    #expect(
      familyResult.seriesResults.map(\.verdict)
        == [.inconclusive(.tooFewRounds(old: 5, new: 5, need: nil))])
  }
}
