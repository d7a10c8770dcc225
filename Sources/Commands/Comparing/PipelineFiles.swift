import CommandLine
import Reports
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a pipeline reads when a step has ended, named in its environment.
struct PipelineFiles {
  let environment: [String: String]
  let warn: (String) -> Void

  /// Appends what a rendering has for a file, where the pipeline names one.
  func append(_ file: PipelineFile, of rendering: Rendering, _ report: Report) throws {
    guard let path = environment[file.variable], !path.isEmpty else { return }
    let text = file.text(report)
    // Over its limit a pipeline would show nothing at all.
    if let limit = file.limit {
      let present = (try? Data(contentsOf: URL(filePath: path)).count) ?? 0
      guard present + text.utf8.count <= limit.bytes else { return warn(limit.warning) }
    }
    do {
      if !OutputFile.exists(path) { try Data().write(to: URL(filePath: path)) }
      try Platform.append(text, to: path)
    } catch {
      let variables = rendering.files.reversed().map(\.variable).joined(separator: " and ")
      throw Diagnostic(
        .failure, "cannot write '\(path)', which the workflow names",
        hint: "leave `--report \(rendering.name)` out, or unset \(variables)")
    }
  }
}
