import Git
import History
import Intake
import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Pairing {
  /// Each side's numbers on its commit, as one session.
  ///
  /// - Returns: The runs of base and head.
  /// - Throws: ``Complaint`` that says where both are kept when they cannot be stored; what is stored
  ///   already is not doubled when that is imported.
  func store(
    _ readings: [Reading], session: String, seed: Int64, suite: String,
    _ call: Call<some CommonSettings>
  ) throws -> [StoredRun] {
    let sides = [base, head]
    let runs = zip(sides, readings).map { commit, reading in
      Run(
        commit: commit.id.description, tree: commit.tree.description,
        recordedAt: Timestamp(Date.now.formatted(.iso8601)), session: session, suite: suite,
        seed: seed, tool: call.tool, environment: workspace.machine, series: reading.series,
        failures: reading.failures)
    }
    let lines = try runs.map { try RunLine($0) }
    do {
      let store = try workspace.store()
      for (commit, line) in zip(sides, lines) {
        try store.add([line], to: commit, pause: Pause.afterLostRace)
      }
    } catch {
      throw Complaint(error).rescued(
        by: try call.rescue(lines, as: session, of: workspace.repository))
    }
    return try runs.map { try StoredRun($0) }
  }
}

extension Pairing {
  /// Says what is to be known of either side's numbers.
  func warn(of readings: [Reading], _ call: Call<some CommonSettings>) {
    for (reading, side) in zip(readings, sides) {
      for remark in reading.remarks where remark.weight == .warning {
        call.warn("\(side): \(remark)")
      }
    }
  }
}

extension Workspace {
  /// Says that changes are left out, where what is measured are commits.
  func warnOfChanges(_ call: Call<some CommonSettings>) throws {
    guard try !modifiedFiles(call).isEmpty else { return }
    call.warn("uncommitted changes are not measured: both sides are commits")
  }
}

extension Campaign {
  /// What each side has given.
  func readings(of sides: [[Probe]]) -> [Reading] {
    zip(logs, sides).map { logs, probes in
      zip(logs, probes).map { $0.reading(of: $1.benchmark) }.merged()
    }
  }
}
