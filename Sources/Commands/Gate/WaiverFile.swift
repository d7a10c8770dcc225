import CommandLine
import Configuration
import Git
import Reports
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The `.perfconfig` of the work tree, to which waivers are written.
struct WaiverFile {
  let gate: Gate

  /// Adds waivers to the file or replaces outdated ones, and leaves all else as it is. If the
  /// result does not read as it should, the file is restored.
  ///
  /// - Parameter report: The report that the waivers are for.
  func write(_ waivers: [Waiver], after report: SuiteReport) throws {
    let workspace = try Workspace(gate.call)
    guard let top = workspace.repository.workTree else {
      throw Diagnostic(
        .usage, "a bare repository has no \(ProjectConfiguration.fileName)",
        hint: "accept it in a clone with a work tree")
    }
    let path = "\(top)/\(ProjectConfiguration.fileName)"
    try OutputFile.check(path, typed: ProjectConfiguration.fileName)
    let old = FileManager.default.contents(atPath: path)
    guard let before = String(validating: old ?? Data(), as: UTF8.self) else {
      throw Diagnostic(
        .usage, "\(ProjectConfiguration.fileName) is not UTF-8",
        hint: "write the waiver into it by hand")
    }
    let entries = try ConfigurationFile(Array(before.utf8), name: ProjectConfiguration.fileName)
      .settings
    var text = try WaiverText(before, suite: report.suite)
    for waiver in waivers { try text.add(waiver, inPlace: !report.isNeeded(for: waiver)) }
    try OutputFile.write(text.text, to: path)
    do {
      let settings = try workspace.files.fileHere().settings
      let policy = try ProjectConfiguration.saying(settings + workspace.gitSettings)
        .policy(for: report.suite)
      guard waivers.allSatisfy({ policy.waivers.contains(where: $0.says) }),
        settings.filter({ !$0.isWaiver }).map(\.said)
          == entries.filter({ !$0.isWaiver }).map(\.said)
      else {
        throw Diagnostic(
          .usage, "\(ProjectConfiguration.fileName) cannot be added to: its last line goes on",
          hint: "end it first; a backslash at the end of a line belongs to the next one too")
      }
    } catch {
      if old == nil { OutputFile.remove(path) } else { try OutputFile.write(before, to: path) }
      throw error
    }
  }
}

extension SuiteReport {
  /// True if a waiver for every metric of the benchmark permits something, so that a waiver for one
  /// metric cannot replace it.
  fileprivate func isNeeded(for waiver: Waiver) -> Bool {
    let seriesResults = familyResult.seriesResults + (decision.anchored?.seriesResults ?? [])
    return seriesResults.contains {
      $0.waiver?.state == .permits && $0.waiver?.waiver.metric == nil
        && $0.waiver?.waiver.benchmark.text == waiver.benchmark.text
    }
  }
}

extension Setting {
  fileprivate var isWaiver: Bool { section == "waiver" }
}

extension Waiver {
  /// True if both waivers permit the same, apart from their places. Ceilings are compared to within
  /// 0.0001 percent.
  fileprivate func says(_ other: Waiver) -> Bool {
    benchmark.text == other.benchmark.text && metric?.text == other.metric?.text
      && expires == other.expires && reason == other.reason && states == other.states
      && ((ceiling ?? 0) - (other.ceiling ?? 0)).magnitude < 1e-6
  }
}
