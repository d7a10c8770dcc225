import Runner
import System
import Testing

@Suite("The pace of launches")
struct PaceTests {
  /// Of benchmarks by their places, what their rounds took, in seconds.
  private func estimator(_ rounds: [Int: [Int]], warmups: [Int: [Int]] = [:]) -> DurationEstimator {
    var estimator = DurationEstimator()
    for (benchmark, times) in warmups {
      for time in times { estimator.note(.seconds(time), of: benchmark, .warmup(1)) }
    }
    for (benchmark, times) in rounds {
      for time in times { estimator.note(.seconds(time), of: benchmark, .round(1)) }
    }
    return estimator
  }

  @Test("says nothing before there was a launch")
  func unknown() {
    #expect(estimator([:]).time(for: [0: 10]) == nil)
    #expect(estimator([:]).time(for: [:]) == nil)
  }

  @Test("is the mean of a benchmark's own launches")
  func known() {
    #expect(estimator([0: [2, 4]]).time(for: [0: 5]) == .seconds(15))
    #expect(estimator([0: [2, 4], 1: [10]]).time(for: [0: 5, 1: 2]) == .seconds(35))
  }

  @Test("is the mean of the others where a benchmark had none, each of them counting once")
  func others() {
    #expect(estimator([0: [2, 2, 2, 2], 1: [10]]).time(for: [2: 1]) == .seconds(6))
    #expect(estimator([0: [2, 2, 2, 2], 1: [10]]).time(for: [0: 1, 1: 1, 2: 2]) == .seconds(24))
  }

  @Test("is that of the warmups until there is a round, and then forgets them")
  func cold() {
    #expect(estimator([:], warmups: [0: [60, 20]]).time(for: [0: 2]) == .seconds(80))
    #expect(estimator([0: [1, 3]], warmups: [0: [60, 20]]).time(for: [0: 2]) == .seconds(4))
    #expect(
      estimator([0: [1]], warmups: [0: [60], 1: [60]]).time(for: [0: 1, 1: 1]) == .seconds(61))
  }

  @Test("comes to nothing where nothing is ahead")
  func done() {
    #expect(estimator([0: [2, 4]]).time(for: [:]) == .zero)
    #expect(estimator([0: [2, 4]]).time(for: [0: 0, 1: 0]) == .zero)
  }
}
