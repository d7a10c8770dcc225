import Measurements
import Testing
import Verdicts

@Suite("a waiver for what became of a benchmark")
struct WaivedStateTests {
  private func policy(
    _ states: Set<Waiver.State>, expires: String = "2026-12-31"
  ) throws -> Policy {
    try Policy.with {
      $0.today = try day("2026-06-15")
      $0.waivers = [
        Waiver(
          benchmark: Pattern("q"), metric: nil, ceiling: nil, states: states,
          expires: try day(expires), reason: "no longer needed")
      ]
    }
  }

  private func decision(
    _ policy: Policy, new: [Series] = [], failures: [Failure] = [], isPart: Bool = false
  ) throws -> GateResult {
    let same = try series(times(5, 1), name: "same")
    return GateResult(
      old: [try series(times(5, 7), name: "q"), same], new: new + [same], failures: failures,
      context: BaselineContext(candidateIsPart: isPart), policy: policy)
  }

  @Test("permits that it is gone, which is told all the same")
  func missing() throws {
    let policy = try policy([.missing])
    let decision = try decision(policy)
    let seriesResult = try #require(decision.familyResult.seriesResults.first)
    #expect(seriesResult.verdict == .missing)
    #expect(seriesResult.response == .warn)
    #expect(seriesResult.waiver?.state == .permits)
    #expect(decision.outcome(under: policy) == .pass)
    #expect(decision.waivers.map(\.isUsed) == [true])
  }

  @Test("permits it until its last day")
  func expired() throws {
    let policy = try policy([.missing], expires: "2026-06-14")
    let decision = try decision(policy)
    #expect(decision.outcome(under: policy) == .incomplete)
    #expect(decision.familyResult.seriesResults.first?.waiver?.state == .expired)
  }

  @Test("permits what it names, and nothing else")
  func others() throws {
    let failure = Failure(Benchmark(name: "q"), reason: "signal 9")
    let renamed = [try series(times(5, 7), name: "r")]
    func outcome(_ states: Set<Waiver.State>, _ what: Waiver.State) throws -> Outcome {
      let policy = try policy(states)
      let decision =
        switch what {
        case .failed: try decision(policy, failures: [failure])
        case .renamed: try decision(policy, new: renamed)
        default: try decision(policy)
        }
      return decision.outcome(under: policy)
    }
    #expect(try outcome([.failed], .failed) == .pass)
    #expect(try outcome([.missing], .failed) == .incomplete)
    #expect(try outcome([.renamed], .renamed) == .pass)
    #expect(try outcome([.missing], .renamed) == .pass)
    #expect(try outcome([.failed], .renamed) == .incomplete)
    #expect(try outcome([.renamed, .failed, .redefined], .missing) == .incomplete)
  }

  @Test("that it is gone holds where only a part of the suite was measured")
  func part() throws {
    let policy = try policy([.missing])
    #expect(try decision(policy, isPart: true).outcome(under: policy) == .pass)
  }

  @Test("permits no regression")
  func regression() throws {
    let policy = try policy(Set(Waiver.State.allCases))
    let decision = try decision(policy, new: [try series(times(5, 70), name: "q")])
    #expect(decision.familyResult.seriesResults.first?.verdict == .regression(certain: true))
    #expect(decision.outcome(under: policy) == .regression)
  }

  @Test("is no mistake where the benchmark is gone since long, and then permits nothing")
  func goneSinceLong() throws {
    let policy = try policy([.missing])
    let same = [try series(times(5, 1), name: "same")]
    #expect(policy.problems(old: same, new: same) == [])
    let near = NameLore(nearest: { _, _ in "same" })
    #expect(policy.problems(old: same, new: same, lore: near) == [])
    let decision = GateResult(old: same, new: same, policy: policy)
    #expect(decision.outcome(under: policy) == .pass)
    #expect(decision.waivers.map(\.isUsed) == [false])
  }
}
