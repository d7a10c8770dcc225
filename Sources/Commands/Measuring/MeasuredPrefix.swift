import CommandLine
import Git

extension CommandContext {
  /// The caller's directory from the top of the work tree. A typed command runs there in the folder
  /// of each commit.
  func prefix(in workspace: Workspace) throws -> String {
    let top = workspace.repository.workTree ?? ""
    let here = OutputFile.target(of: directory)
    let there = OutputFile.target(of: top)
    return here.hasPrefix(there + "/") ? String(here.dropFirst(there.count)) : ""
  }
}
