import Measurements
import Testing
import Verdicts

@Suite("A task that another model carried out is the same task")
struct ModelChangeTests {
  private func sides(
    _ old: [String: Int], _ new: [String: Int], _ metric: Metric = .success
  ) throws -> GateResult {
    func side(_ models: [String: Int]) throws -> [Series] {
      try models.sorted { $0.key < $1.key }.flatMap { model, solved in
        try (0..<30).map { task in
          try series(
            (0..<3).map { $0 < solved ? 1 : 0 }, name: "task-\(task)",
            labels: ["agent": "qa", "model": model, "provider": "p"], metric: metric)
        }
      }
    }
    return GateResult(old: try side(old), new: try side(new), policy: Policy())
  }

  @Test("and what it solves less is a regression, with the former model in the row")
  func worse() throws {
    let result = try sides(["large": 3], ["small": 1])
    #expect(result.row("(all tasks)")?.verdict.kind == .regression)
    #expect(result.familyResult.counts[.missing] == 0)
    #expect(result.familyResult.counts[.new] == 0)
  }

  @Test("unless several models could be the one that went on")
  func several() throws {
    let result = try sides(["large": 3, "medium": 3], ["small": 1])
    #expect(result.row("(all tasks)") == nil)
    #expect(result.familyResult.counts[.missing] == 60)
    #expect(result.familyResult.counts[.new] == 30)
  }

  @Test("and one that both sides have is compared with itself")
  func added() throws {
    let result = try sides(["large": 3], ["large": 3, "small": 1])
    #expect(result.row("(all tasks)")?.verdict.kind != .regression)
    #expect(result.familyResult.counts[.new] == 30)
  }

  @Test("a benchmark with a label `model` of its own that no model carried out is another one")
  func others() throws {
    let result = try sides(["a": 3], ["b": 3], .wallTime)
    #expect(result.familyResult.counts[.missing] == 30)
  }
}

@Suite("Metrics that decide nothing by themselves")
struct UndecidingTests {
  /// A series that became three times as large.
  private func result(_ metric: Metric, _ change: (inout Policy) -> Void) throws -> Outcome {
    let old = try series([100, 101, 102, 103, 104, 105, 106, 107, 108, 109], metric: metric)
    let new = try series([300, 301, 302, 303, 304, 305, 306, 307, 308, 309], metric: metric)
    var policy = Policy()
    change(&policy)
    return GateResult(old: [old], new: [new], policy: policy).outcome(under: policy)
  }

  @Test("infrastructure failures, which have a limit when they are recorded")
  func infrastructure() throws {
    #expect(try result(.infrastructureFailures) { _ in } != .regression)
    #expect(try result(.attempts) { _ in } == .regression)
  }

  @Test("times of tasks that ran at the same time, unless they are named")
  func times() throws {
    #expect(try result(.wallTime) { _ in } == .regression)
    #expect(try result(.wallTime) { $0.judgesTimes = false } != .regression)
    let named = try result(.wallTime) {
      $0.judgesTimes = false
      $0.deciding = [Pattern("wall_time")]
    }
    #expect(named == .regression)
    #expect(try result(.maxRSS) { $0.judgesTimes = false } == .regression)
  }

  @Test("are never outcomes: tasks that are fast and not solved are a regression")
  func outcomes() throws {
    var policy = Policy()
    policy.deciding = [Pattern("wall_time")]
    func side(_ solved: Int) throws -> [Series] {
      try (0..<30).flatMap { task in
        [
          try series((0..<3).map { $0 < solved ? 1 : 0 }, name: "task-\(task)", metric: .success),
          try series([100, 101, 102], name: "task-\(task)", metric: .wallTime),
        ]
      }
    }
    let result = GateResult(old: try side(3), new: try side(1), policy: policy)
    #expect(result.row("(all tasks)")?.decides == true)
    #expect(result.outcome(under: policy) == .regression)
  }
}
