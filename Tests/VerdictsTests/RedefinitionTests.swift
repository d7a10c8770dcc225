import Measurements
import Testing
import Verdicts

@Suite("the same name and other work")
struct RedefinitionTests {
  private func side(_ value: Double, _ definition: String?) throws -> [Series] {
    let series = try series(times(10, value))
    return [
      series.defined(
        by: definition.map { Definition(digest: $0, text: "command: ./bench --size \($0)") })
    ]
  }

  private func seriesResult(
    _ value: Double, old: String?, new: String?, policy: Policy = Policy()
  ) throws -> SeriesResult {
    try #require(
      FamilyResult(old: try side(100, old), new: try side(value, new), policy: policy)
        .seriesResults.first)
  }

  @Test("is told with both, and never certain")
  func told() throws {
    let seriesResult = try seriesResult(400, old: "1", new: "4")
    #expect(seriesResult.verdict == .regression(certain: false))
    #expect(
      seriesResult.redefinition
        == Redefinition(
          old: "command: ./bench --size 1", new: "command: ./bench --size 4", response: .warn))
  }

  @Test("is nothing where a side does not say what was launched, or both say the same")
  func unknown() throws {
    for (old, new) in [("1", nil), (nil, "1"), (nil, nil), ("1", "1")] as [(String?, String?)] {
      let seriesResult = try seriesResult(400, old: old, new: new)
      #expect(seriesResult.redefinition == nil)
      #expect(seriesResult.verdict == .regression(certain: true))
    }
  }

  /// Else a change of the command in the commit that makes it slower would let that pass.
  @Test("lets no regression pass")
  func regression() throws {
    for response in Response.allCases {
      let policy = Policy.with { $0.ledger.common[.redefined] = response }
      let seriesResult = try seriesResult(400, old: "1", new: "4", policy: policy)
      #expect(seriesResult.outcome(under: policy) == .regression)
    }
  }

  @Test("fails what is unchanged only where the policy has it fail, for one benchmark or for all")
  func response() throws {
    for response in Response.allCases {
      let all = Policy.with { $0.ledger.common[.redefined] = response }
      let one = Policy.with {
        $0.ledger.rules[.redefined] = [.init(pattern: Pattern("b"), value: response)]
      }
      for policy in [all, one] {
        let seriesResult = try seriesResult(100, old: "1", new: "4", policy: policy)
        #expect(seriesResult.redefinition?.response == response)
        #expect(seriesResult.outcome(under: policy) == (response == .fail ? .incomplete : .pass))
      }
    }
  }

  @Test("is permitted by a waiver that says so, whatever the numbers are")
  func waived() throws {
    let policy = try Policy.with {
      $0.ledger.common[.redefined] = .fail
      $0.today = try day("2026-01-01")
      $0.waivers = [
        Waiver(
          benchmark: Pattern("b"), metric: nil, ceiling: nil, states: [.redefined],
          expires: try day("2026-12-31"), reason: "more work")
      ]
    }
    for value in [100.0, 400] {
      let seriesResult = try seriesResult(value, old: "1", new: "4", policy: policy)
      #expect(seriesResult.verdict.kind == (value == 100 ? .unchanged : .waived))
      #expect(seriesResult.waiver?.state == .permits)
      #expect(seriesResult.outcome(under: policy) == .pass)
    }
    let same = try seriesResult(400, old: "4", new: "4", policy: policy)
    #expect(same.outcome(under: policy) == .regression)
  }
}
