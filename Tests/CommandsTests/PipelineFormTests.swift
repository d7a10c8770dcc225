import Foundation
import TestSupport
import Testing

@Suite("What the files for pipelines look like to others")
struct PipelineFormTests {
  private static let workflows = ["perf", "perf-report", "perf-comment"]

  private static func path(_ file: String) -> String {
    Programs.packageRoot.appending(path: file).path(percentEncoded: false)
  }

  @Test(
    "they are as the services' own schemas have it",
    .enabled(
      if: Subprocess.succeeds("command -v check-jsonschema"), "check-jsonschema is not installed"),
    arguments: [
      ("github-actions", ["ci/github/action.yml"]),
      ("github-workflows", workflows.map { "ci/github/\($0).yml" }),
      ("gitlab-ci", ["ci/gitlab.yml"]),
    ])
  func schema(name: String, files: [String]) throws {
    let result = try Subprocess.run(
      "/usr/bin/env",
      ["check-jsonschema", "--builtin-schema", "vendor.\(name)"] + files.map(Self.path),
      in: Programs.packageRoot)
    #expect(result.status == 0, "\(result.out)\(result.err)")
  }

  /// GitHub's own actions may go by their versions; where the workflows are copied to, this one goes by a
  /// commit.
  @Test(
    "zizmor finds no way into the workflows",
    .enabled(if: Subprocess.succeeds("command -v zizmor"), "zizmor is not installed"))
  func importSummary() throws {
    let folder = try ScratchDirectory()
    try folder.write(
      "zizmor.yml",
      """
      rules:
        unpinned-uses:
          config:
            policies: {actions/*: ref-pin, "*": hash-pin}
      """)
    for name in Self.workflows {
      let text = try String(contentsOfFile: Self.path("ci/github/\(name).yml"), encoding: .utf8)
        .replacing("OWNER/REPOSITORY", with: "acme/perf-gate")
        .replacing("@COMMIT", with: "@" + String(repeating: "0b", count: 20))
      try folder.write(".github/workflows/\(name).yml", text)
    }
    let action = try String(contentsOfFile: Self.path("ci/github/action.yml"), encoding: .utf8)
    try folder.write("action.yml", action)
    let result = try Subprocess.run(
      "/usr/bin/env",
      ["zizmor", "--offline", "--no-progress", "--quiet", "--config", "zizmor.yml", "."],
      in: folder.url)
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.contains("No findings to report"))
  }

  @Test(
    "nothing is put into their scripts but by variables, and shellcheck has nothing against them",
    .enabled(if: PipelineFile.canRead, "\(PipelineFile.absence)"),
    .enabled(if: Subprocess.succeeds("command -v shellcheck"), "shellcheck is not installed"),
    arguments: ["action"] + workflows)
  func scripts(name: String) throws {
    let file = try PipelineFile.read("ci/github/\(name).yml", as: GitHubFile.self)
    let steps = (file.runs?.steps ?? []) + (file.jobs ?? [:]).values.flatMap(\.steps)
    for step in steps {
      guard let script = step.run else { continue }
      #expect(!script.contains("${{"))
      let result = try Subprocess.run(
        "/usr/bin/env", ["shellcheck", "--shell", step.shell ?? "bash", "-"],
        in: Programs.packageRoot, input: script)
      #expect(result.status == 0, "\(result.out)")
    }
  }
}
