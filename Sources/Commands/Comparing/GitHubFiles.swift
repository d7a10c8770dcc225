import CommandLine
import Reports
import System
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a GitHub workflow reads when a step has ended, named in its environment.
struct GitHubFiles {
  let environment: [String: String]
  let warn: (String) -> Void

  /// Appends the comment to the step's summary.
  func summarize(_ report: Report) throws {
    guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let text = Rendering.markdown.render(report, Style()) + "\n"
    // Over its limit GitHub would show nothing at all.
    let present = (try? Data(contentsOf: URL(filePath: path)).count) ?? 0
    if present + text.utf8.count <= Self.most {
      try append(text, to: path)
    } else {
      warn("the summary of this step is full, and the comment is not in it")
    }
  }

  /// Appends what later steps may ask for to the step's outputs.
  func setOutputs(_ report: Report) throws {
    guard let path = environment["GITHUB_OUTPUT"], !path.isEmpty else { return }
    try append(outputs(of: report).map { "\($0)=\($1)\n" }.joined(), to: path)
  }

  /// A megabyte of each step.
  private static let most = 1_048_576

  /// Words and numbers of ours, so that no name can be taken for an output.
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
