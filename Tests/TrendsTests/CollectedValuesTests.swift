import Measurements
import Testing
import Trends

@Suite("The values that are counted")
struct CollectedValuesTests {
  /// - Parameter isThinned: True if of run 2 one number of several is left.
  private static func strands(isThinned: Bool = false) -> [Strand] {
    var series = RecordedSeries(benchmark: Benchmark(name: "p"), metric: .wallTime)
    series.add(run: 0, values: [1, 10], samples: [1: [9, 10, 11]], isSummary: false)
    series.add(run: 2, values: [30], isSummary: isThinned)
    let other = Strand("p", labels: ["size": "1"], rounds: [(1, [2]), (2, [4])])
    return [
      Strand(values: series, suite: "default", machine: nil, kind: .size), other,
    ]
  }

  @Test("rounds, in the order of the runs and then of the strands")
  func rounds() {
    let found = CollectedValues.of(Self.strands(), on: Axis(0, 0, 0), counting: .rounds)
    #expect(found.map(\.place) == [0])
    #expect(found.first?.values.values == [1, 10, 2, 30, 4])
    #expect(found.first?.values.allRuns == [0, 0, 1, 2, 2])
    #expect(found.first?.values.isThinned == false)
  }

  @Test("where a run has left one number of several, each run counts with one, its median")
  func thinned() {
    for counted in [CountedValues.rounds, .samples] {
      let found = CollectedValues.of(
        Self.strands(isThinned: true), on: Axis(0, 0, 0), counting: counted)
      #expect(found.first?.values.values == [5.5, 2, 30, 4])
      #expect(found.first?.values.allRuns == [0, 1, 2, 2])
      #expect(found.first?.values.isThinned == true)
    }
  }

  @Test("samples, those of a round with one are its value")
  func samples() {
    let found = CollectedValues.of(Self.strands(), on: Axis(1, 0, 1), counting: .samples)
    #expect(found.map(\.place) == [0, 1])
    #expect(found.map(\.values.values) == [[2], [1, 9, 10, 11, 30, 4]])
    #expect(found.map(\.values.isThinned) == [false, false])
  }

  @Test("one value for each strand and place of another axis")
  func places() {
    // The runs 0 and 1 are of one commit; the axis of the answer has one place.
    let commits = Axis(0, 0, 1)
    let found = CollectedValues.of(Self.strands(), on: Axis(0, 0, 0), counting: .places(commits))
    #expect(found.first?.values.values == [5.5, 2, 30, 4])
    #expect(found.first?.values.allRuns == [0, 1, 2, 2])
  }

  @Test("a run without a place is not counted")
  func outside() {
    let found = CollectedValues.of(Self.strands(), on: Axis(nil, 0, nil), counting: .rounds)
    #expect(found.map(\.values.values) == [[2]])
    #expect(
      CollectedValues.of(Self.strands(), on: Axis(nil, nil, nil), counting: .samples).isEmpty)
  }

  @Test("a series keeps the entries of some runs, with their rounds and samples")
  func keeping() {
    let kept = Self.strands()[0].values.keeping { $0 == 0 ? 7 : nil }
    #expect(kept.entries.map(\.run) == [7])
    #expect(kept.entries.map { Array(kept.values(of: $0)) } == [[1, 10]])
    #expect(kept.entries.map { kept.samples(of: $0) } == [[1, 9, 10, 11]])
  }
}

extension CollectedValues {
  fileprivate var allRuns: [Int] { values.indices.map(run) }
}
