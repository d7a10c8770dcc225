import CommandLine
import Git
import History
import Measurements

/// The reason why a part cannot be compared with what the user named.
///
/// A gate with budgets then judges by these alone, and an anchor is left out.
enum NothingToCompare: Error {
  /// The commit has no usable run.
  case noBaseline([Baseline.Skipped])
  /// The commit has runs of another machine only, which differs in these properties.
  case measuredElsewhere([Environment.Difference])
  /// The side has runs of these suites only.
  case otherSuites([String], wanted: String, in: String)
  /// The machines of the two sides differ in these properties.
  case differentMachines(old: String, new: String, [Environment.Difference])

  init(_ skipped: [Baseline.Skipped]) {
    let other = skipped.compactMap { skipped in
      if case .otherEnvironment(let differences) = skipped.reason { differences } else { nil }
    }.first
    self = other.map { .measuredElsewhere($0) } ?? .noBaseline(skipped)
  }
}

extension Diagnostic {
  init(_ reason: NothingToCompare) {
    switch reason {
    case .noBaseline(let skipped):
      self.init(
        .nothingToCompare, "no baseline: \(Self.walked(skipped))",
        hint: skipped.isEmpty
          ? "later commits are compared with it"
          : "record one there with `perf-record`, or compare with "
            + "`perf-gate --against <revision>`",
        details: skipped.prefix(5).map(\.words))
    case .measuredElsewhere(let differences):
      self.init(
        .nothingToCompare, "the baseline was measured on another machine",
        hint: "record it on this one, or compare all the same with `--environment any`",
        details: differences.map(\.description))
    case .otherSuites(let suites, let wanted, let name):
      self.init(
        .nothingToCompare,
        "'\(name)' has no run of suite '\(wanted)', only of \(suites.joined(separator: ", "))",
        hint: "name the suite with `--suite <name>`")
    case .differentMachines(let old, let new, let differences):
      self.init(
        .nothingToCompare, "'\(old)' and '\(new)' were measured on different machines",
        hint: "measure both on one machine, or compare all the same with `--environment any`",
        details: differences.map(\.description))
    }
  }

  private static func walked(_ skipped: [Baseline.Skipped]) -> String {
    switch skipped.count {
    case 0: "there is no commit before it"
    case 1: "\(skipped[0].commit.short) has none"
    default:
      "none of \(skipped.count) commits has one, "
        + "\(skipped[0].commit.short) to \(skipped[skipped.count - 1].commit.short)"
    }
  }
}
