import Foundation
import Measurements
import Statistics
import Testing
import Verdicts

/// The same measurements, looked at after five rounds, and after all nine because there are no more.
///
/// What is expected was worked out apart from this code, as for ``InjectedGoTests``.
@Suite(
  "real benchmarks with injected slow-downs, looked at while rounds come in",
  .enabled(if: InjectedGo.exists, "\(InjectedGo.folder.path()) is not there"))
struct SequentialTestInjectedGoTests {
  /// What came of some benchmarks.
  private struct Tally: Equatable {
    var verdicts: [Verdict: Int] = [:]
    var rounds: [Int: Int] = [:]
  }

  private func tally(
    _ correction: FamilyCorrection, _ isWanted: (InjectedGo.Labelled) -> Bool
  ) throws -> Tally {
    var policy = Policy()
    policy.correction = correction
    let series = try InjectedGo.judged { old, new in
      var sequentialTest = SequentialTest(policy: policy)
      let first = sequentialTest.next?.rounds ?? 0
      sequentialTest.look(old: old.map { $0.first(first) }, new: new.map { $0.first(first) })
      sequentialTest.conclude(old: old, new: new)
      return sequentialTest.familyResult
    }
    return series.filter(isWanted).reduce(into: Tally()) {
      $0.verdicts[$1.seriesResult.verdict.summary, default: 0] += 1
      $0.rounds[$1.seriesResult.comparison?.new.rounds ?? 0, default: 0] += 1
    }
  }

  /// 5.3 rounds on average, rather than nine, and the same verdicts.
  @Test("code that did not change passes at the first look but for a few")
  func unchanged() throws {
    let tally = try tally(.benjaminiHochberg) { $0.label == "unchanged" }
    #expect(
      tally.verdicts == [.unchanged: 179, .notWorse: 2, .inconclusive(.tooNoisy(need: nil)): 1])
    #expect(tally.rounds == [5: 170, 9: 12])
  }

  @Test("every slow-down of more than a fifth is a certain regression, by itself at the first look")
  func large() throws {
    let tally = try tally(.none) { $0.label == "slowed" && $0.change > 0.2 }
    #expect(tally.verdicts == [.regression(certain: true): 44])
    #expect(tally.rounds == [5: 44])
  }

  /// Of 21 benchmarks, 18 must be significant for five rounds to be enough.
  @Test("among 21 it needs the second look, at which it is as certain")
  func largeInFamily() throws {
    let tally = try tally(.benjaminiHochberg) { $0.label == "slowed" && $0.change > 0.2 }
    #expect(tally.verdicts == [.regression(certain: true): 44])
    #expect(tally.rounds == [9: 44])
  }

  @Test("slow-downs beyond the threshold are flagged or left open, never passed")
  func medium() throws {
    let tally = try tally(.benjaminiHochberg) {
      $0.label == "slowed" && $0.change > 0.1 && $0.change <= 0.2
    }
    #expect(
      tally.verdicts == [
        .regression(certain: true): 4, .regression(certain: false): 2,
        .inconclusive(.tooNoisy(need: nil)): 1,
      ])
  }

  @Test("slow-downs inside the threshold are not flagged")
  func small() throws {
    let tally = try tally(.benjaminiHochberg) { $0.label == "slowed" && $0.change <= 0.1 }
    #expect(
      tally.verdicts == [.unchanged: 27, .notWorse: 2, .inconclusive(.tooNoisy(need: nil)): 4])
    #expect(tally.rounds == [5: 26, 9: 7])
  }
}

extension Series {
  /// What was there of it after so many rounds.
  fileprivate func first(_ count: Int) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: Array(rounds.prefix(count)), source: source)
  }
}
