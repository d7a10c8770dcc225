import CommandLine
import Reports
import System
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that GitHub reads after a step of a workflow. Environment variables name their paths.
struct GitHubFiles {
  let environment: [String: String]
  let warn: (String) -> Void

  /// Appends the comment to the summary of the step.
  func summarize(_ report: Report) throws {
    guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let text = Rendering.markdown.render(report, Style()) + "\n"
    // GitHub shows nothing at all of a summary that is over the limit.
    let present = (try? Data(contentsOf: URL(filePath: path)).count) ?? 0
    if present + text.utf8.count <= Self.most {
      try append(text, to: path)
    } else {
      warn("the summary of this step is full, and the comment is not in it")
    }
  }

  /// Appends the outcome, the counts and the exit status to the outputs of the step, for
  /// later steps.
  func setOutputs(_ report: Report) throws {
    guard let path = environment["GITHUB_OUTPUT"], !path.isEmpty else { return }
    try append(outputs(of: report).map { "\($0)=\($1)\n" }.joined(), to: path)
  }

  /// The limit of a step's summary, in bytes: 1 MiB.
  private static let most = 1_048_576

  /// The names and values of the outputs. All are words and numbers of this project: no name of a
  /// benchmark is among them, so none can pose as an output.
  private func outputs(of report: Report) -> [(String, String)] {
    let outcome = report.outcome.map { [("outcome", $0.rawValue)] } ?? []
    let counts = Verdict.Kind.allCases.map {
      ($0.rawValue, String(report.counts[$0, default: 0]))
    }
    return outcome + counts + [("status", String(ExitStatus(report).rawValue))]
  }

  private func append(_ text: String, to path: String) throws {
    do {
      if !OutputFile.exists(path) { try Data().write(to: URL(filePath: path)) }
      try Platform.append(text, to: path)
    } catch {
      throw Diagnostic(
        .failure, "cannot write '\(path)', which the workflow names",
        hint: "leave `--report github` out, or unset GITHUB_STEP_SUMMARY and GITHUB_OUTPUT")
    }
  }
}
