import CommandLine
import Configuration
import Git
import Measurements
import Runner
import System

/// What the base's own configuration measures, beside what the head's does.
///
/// Both sides launch what the head defines. What only the base defines is launched there, so that its
/// absence from the head is seen; and what the base cannot start as the head defines it is launched as
/// the base does.
struct BaseDefinition {
  /// nil where the base has no such suite, or a typed command is measured.
  private let plan: Plan?
  /// Whether the suite is newer than the base.
  private let isNew: Bool
  private let root: String
  private let side: Side
  private let warn: (String) -> Void

  /// - Parameters:
  ///   - suite: nil for a typed command.
  ///   - head: What both sides launch.
  ///   - ownSuites: The names of all suites that the head has.
  ///   - top: The folder of the base.
  init(
    of suite: String?, besides head: Plan, among ownSuites: Set<String>, in top: String,
    _ side: Side, of repository: Repository,
    warn: @escaping (String) -> Void
  ) throws {
    root = top
    self.side = side
    self.warn = warn
    guard let suite else {
      (plan, isNew) = (nil, false)
      return
    }
    do {
      let file = try ConfigurationFiles(repository).file(
        of: side.commit.tree, revision: side.commit.id.short)
      let suites = try ProjectConfiguration.saying(file.settings).suites
      plan = try suites[suite].map { try head.with($0) }
      // A suite in the place of one that goes is another name of it.
      isNew = plan == nil && Set(suites.keys).isSubset(of: ownSuites)
    } catch {
      warn(
        "\(side): what only its own configuration defines is not measured: \(Diagnostic(error).message)"
      )
      (plan, isNew) = (nil, false)
    }
  }

  /// Prepares the base as the head says, or where that fails, as the base itself does.
  ///
  /// - Returns: Whether anything can be launched there; not where the suite is new and cannot be prepared.
  func prepare(as head: Plan, in root: String) throws -> Bool {
    do {
      try head.prepare(in: root, side: side)
    } catch let failure as Diagnostic where failure.status == .unusable {
      if isNew {
        warn("the suite is newer than \(side), which cannot be prepared for it: \(failure.message)")
        return false
      }
      guard let plan, plan.definition.prepare != head.definition.prepare else { throw failure }
      try plan.prepare(in: root, side: side)
      warn("\(side) is prepared as its own configuration says: \(failure.message)")
    }
    return true
  }

  /// The probes of both sides, alike in number and order.
  ///
  /// - Parameter isPrepared: Whether anything can be launched on the base.
  func complete(_ base: [BenchmarkJob], _ head: [BenchmarkJob], isPrepared: Bool) throws
    -> [[BenchmarkJob]]
  {
    guard isPrepared else {
      return [
        base.map {
          BenchmarkJob($0.benchmark, LaunchError($0.command, .notPrepared), mayLack: true)
        },
        head,
      ]
    }
    var base = base.map { job in
      var job = job
      job.isNew =
        isNew || plan.map { $0.isTimed && !$0.benchmarks.contains(job.benchmark) } ?? false
      return job
    }
    guard let plan else { return [base, head] }
    let own = try jobs(of: plan, for: base, head).filter { $0.absence == nil }
    var head = head
    if plan.isTimed {
      for (index, job) in base.enumerated() where job.absence != nil {
        guard let other = own.first(where: { $0.benchmark == job.benchmark }) else { continue }
        base[index] = other
        warn(
          "'\(job.benchmark)' is launched on \(side) as its own configuration has it: \(other.command)"
        )
      }
    } else if base.contains(where: { $0.absence == nil }) {
      // The names of a harness are known when it has run: two of them would mix.
      return [base, head]
    }
    let names = Set(head.map(\.benchmark))
    for job in own where !names.contains(job.benchmark) {
      base.append(job)
      head.append(
        BenchmarkJob(job.benchmark, LaunchError(job.command, .undefined), mayLack: true))
    }
    return [base, head]
  }

  /// Those of the base's own definition; prepared for only where something is missing.
  private func jobs(of plan: Plan, for base: [BenchmarkJob], _ head: [BenchmarkJob]) throws
    -> [BenchmarkJob]
  {
    let names = Set(head.map(\.benchmark))
    func areAbsent(_ own: [BenchmarkJob]) -> Bool {
      own.contains { job in
        job.absence != nil
          && (!names.contains(job.benchmark)
            || base.contains { $0.benchmark == job.benchmark && $0.absence != nil })
      }
    }
    let own = try plan.jobs(in: root, side: side)
    guard areAbsent(own), plan.definition.prepare != nil else { return own }
    do {
      try plan.prepare(in: root, side: side)
    } catch let failure as Diagnostic {
      warn("\(side) cannot be prepared as its own configuration says: \(failure.message)")
    }
    return try plan.jobs(in: root, side: side)
  }
}

extension Plan {
  /// The same surroundings and limits for another definition.
  fileprivate func with(_ other: SuiteDefinition) throws -> Plan {
    var other = other
    other.timeout = definition.timeout ?? other.timeout
    other.prepareTimeout = definition.prepareTimeout
    return try Plan(
      definition: other, labels: [:], environment: environment, outputs: outputs, prices: prices)
  }
}
