import CommandLine
import Configuration
import Git
import Measurements
import Runner
import System

/// The benchmarks of the base's own configuration, besides those of the head's.
///
/// Both sides launch what the head defines. Benchmarks that only the base defines are launched
/// there, so that a report shows that the head lacks them. Commands that the base cannot start as
/// the head defines them are launched as the base defines them.
struct BaseDefinition {
  /// The plan of the base; nil if the base has no such suite, or if a typed command is measured.
  private let plan: Plan?
  /// True if the suite is newer than the base.
  private let isNew: Bool
  private let root: String
  private let side: Side
  private let warn: (String) -> Void

  /// Reads the base's definition of a suite.
  ///
  /// - Parameters:
  ///   - suite: The name of the suite; nil for a typed command.
  ///   - head: The plan of the head, which both sides launch.
  ///   - ownSuites: The names of all suites of the head.
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
      // If the head lacks a suite of the base, the suite may be that one with a new name, so it is
      // not new.
      isNew = plan == nil && Set(suites.keys).isSubset(of: ownSuites)
    } catch {
      warn(
        "\(side): what only its own configuration defines is not measured: \(Diagnostic(error).message)"
      )
      (plan, isNew) = (nil, false)
    }
  }

  /// Prepares the base as the head says. If that fails, prepares it as the base's own
  /// configuration says.
  ///
  /// - Returns: True if the base can be launched; false if the suite is new and the base cannot be
  ///   prepared for it.
  func prepare(as head: Plan, in root: String) throws -> Bool {
    do {
      try head.prepare(in: root, side: side)
    } catch let failure as PreparationError {
      let message = failure.diagnostic.message
      if isNew {
        warn("the suite is newer than \(side), which cannot be prepared for it: \(message)")
        return false
      }
      guard let plan, plan.definition.prepare != head.definition.prepare else { throw failure }
      try plan.prepare(in: root, side: side)
      warn("\(side) is prepared as its own configuration says: \(message)")
    }
    return true
  }

  /// The jobs of both sides, equal in number and order.
  ///
  /// - Parameter isPrepared: True if the base can be launched.
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
        isNew || plan.map { $0.namesBenchmarks && !$0.benchmarks.contains(job.benchmark) } ?? false
      return job
    }
    guard let plan else { return [base, head] }
    let own = try jobs(of: plan, for: base, head).filter { $0.absence == nil }
    var head = head
    if plan.namesBenchmarks {
      for (index, job) in base.enumerated() where job.absence != nil {
        guard let other = own.first(where: { $0.benchmark == job.benchmark }) else { continue }
        base[index] = other
        warn(
          "'\(job.benchmark)' is launched on \(side) as its own configuration has it: \(other.command)"
        )
      }
    } else if base.contains(where: { $0.absence == nil }) {
      // The names of a harness are known only after it has run, so two of them could mix
      // their names.
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

  /// The jobs of the base's own definition. Its `prepare` runs only if a program is missing.
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
    } catch let failure as PreparationError {
      warn(
        "\(side) cannot be prepared as its own configuration says: \(failure.diagnostic.message)")
    }
    return try plan.jobs(in: root, side: side)
  }
}

extension Plan {
  /// A plan for another definition with the same environment and limits.
  fileprivate func with(_ other: SuiteDefinition) throws -> Plan {
    var other = other
    other.timeout = definition.timeout ?? other.timeout
    other.prepareTimeout = definition.prepareTimeout
    return try Plan(
      definition: other, labels: [:], environment: environment, outputs: outputs, prices: prices)
  }
}
