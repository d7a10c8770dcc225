import Foundation
import TestSupport
import Testing

/// Does with a workflow what GitHub does: what it runs is run, as far as the first step that fails, and
/// the few things that it uses of others are played.
final class GitHubRunner {
  let project: PipelineProject
  /// What is known to expressions: `github.event_name`.
  let context: [String: String]
  let variables: [String: String]
  /// What has been uploaded, by other workflows too.
  let artifacts: ScratchDirectory
  let folder: ScratchDirectory
  private(set) var status: Int32 = 0
  private(set) var output = ""
  private(set) var outputs: [String: String] = [:]
  private var path: [String] = []

  init(
    _ project: PipelineProject, artifacts: ScratchDirectory, context: [String: String],
    variables: [String: String]
  ) throws {
    folder = try ScratchDirectory()
    let sha = try Subprocess.run(
      "/usr/bin/env", ["git", "rev-parse", try #require(variables["GITHUB_REF"])],
      in: project.hub.url
    ).out.trimmingCharacters(in: .newlines)
    (self.project, self.artifacts) = (project, artifacts)
    self.variables = variables.merging(["GITHUB_SHA": sha]) { $1 }
    self.context = context.merging(["runner.temp": folder.path + "/temp"]) { $1 }
    for name in ["temp", "workspace"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: name), withIntermediateDirectories: true)
    }
  }

  /// All jobs of a workflow that the event is for.
  func run(_ path: String) throws {
    let file = try PipelineFile.read(path, as: GitHubFile.self)
    for (_, job) in try #require(file.jobs) where try holds(job.if, [:]) {
      _ = try run(job.steps, [:])
    }
  }

  /// The action of this package.
  func act(_ with: [String: String]) throws {
    let file = try PipelineFile.read("ci/github/action.yml", as: GitHubFile.self)
    var inputs: [String: String] = [:]
    for (name, input) in file.inputs ?? [:] {
      inputs["inputs.\(name)"] = try with[name] ?? filled(input.default ?? "", [:])
    }
    let known = try run(try #require(file.runs).steps, inputs)
    outputs = try (file.outputs ?? [:]).mapValues { try filled($0.value, known) }
  }

  /// - Parameter known: What expressions can name besides.
  /// - Returns: The same with the outputs of the steps.
  private func run(_ steps: [GitHubFile.Step], _ known: [String: String]) throws
    -> [String: String]
  {
    var known = known
    for step in steps where try holds(step.if, known) {
      let with = try (step.with ?? [:]).mapValues { try filled($0, known) }
      let outputs =
        if let action = step.uses { try use(action, with) } else { try launch(step, known) }
      for (name, value) in outputs { known["steps.\(step.id ?? "").outputs.\(name)"] = value }
    }
    return known
  }

  private func launch(_ step: GitHubFile.Step, _ known: [String: String]) throws
    -> [String: String]
  {
    let script = try folder.write("script", try #require(step.run))
    let file = try folder.write("output", "")
    let added = try folder.write("path", "")
    let summary = try folder.write("summary", (try? folder.read("summary")) ?? "")
    let own = [
      "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": file.path(percentEncoded: false),
      "GITHUB_PATH": added.path(percentEncoded: false),
      "GITHUB_STEP_SUMMARY": summary.path(percentEncoded: false),
      "RUNNER_TEMP": folder.path + "/temp",
      "GITHUB_ACTION_PATH": project.package.path + "/ci/github",
      "PATH": (path + [PipelineProject.environment["PATH"] ?? ""]).joined(separator: ":"),
    ]
    let typed = try (step.env ?? [:]).mapValues { try filled($0, known) }
    let result = try Subprocess.run(
      "/usr/bin/env", [step.shell ?? "bash", "-e", script.path(percentEncoded: false)],
      in: folder.url.appending(path: "workspace"),
      environment: PipelineProject.environment.merging(own) { $1 }.merging(variables) { $1 }
        .merging(typed) { $1 })
    if status == 0 { status = result.status }
    output += result.out + result.err
    path = try lines("path").reversed() + path
    let pairs = try lines("output").map { line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private func lines(_ name: String) throws -> [String] {
    try folder.read(name).split(separator: "\n").map(String.init)
  }

  struct Unknown: Error { let text: String }
}

extension GitHubRunner {
  /// What stands in `${{ }}`, put in its place.
  private func filled(_ text: String, _ known: [String: String]) throws -> String {
    try text.replacing(#/\$\{\{ (.+?) \}\}/#) { try value(String($0.1), known) }
  }

  private func value(_ name: String, _ known: [String: String]) throws -> String {
    if let value = known[name] ?? context[name] { return value }
    guard name.hasPrefix("steps.") else { throw Unknown(text: name) }
    return ""
  }

  private func holds(_ condition: String?, _ known: [String: String]) throws -> Bool {
    if condition == "${{ !cancelled() }}" { return true }
    guard status == 0 else { return false }
    guard let condition else { return true }
    guard let match = condition.wholeMatch(of: #/(\S+) (==|!=) '(.*)'/#) else {
      throw Unknown(text: condition)
    }
    return try (value(String(match.1), known) == match.3) == (match.2 == "==")
  }

  private func use(_ action: String, _ with: [String: String]) throws -> [String: String] {
    switch action {
    case "actions/checkout@v6": try checkOut(depth: with["fetch-depth"] ?? "1")
    case "actions/cache/restore@v5": #expect(with["key"]?.hasPrefix("perf-gate-") == true)
    case "actions/cache/save@v5":
      let path = "\(with["path"] ?? "")/bin/perf-gate"
      #expect(FileManager.default.isExecutableFile(atPath: path))
    case "actions/upload-artifact@v6": try upload(with)
    case "actions/download-artifact@v7": try download(with)
    case "OWNER/REPOSITORY/ci/github@COMMIT": try act(with)
    default: throw Unknown(text: action)
    }
    return [:]
  }

  /// The one commit that the workflow is for, as shallow as it is asked for, and no branch.
  private func checkOut(depth: String) throws {
    let reference = try #require(variables["GITHUB_REF"])
    for words in [
      ["init", "--quiet"], ["remote", "add", "origin", "file://\(project.hub.path)"],
      ["fetch", "--quiet", "--no-tags", "--depth", depth, "origin", reference],
      ["checkout", "--quiet", "--detach", "FETCH_HEAD"],
    ] {
      let result = try Subprocess.run(
        "/usr/bin/env", ["git"] + words, in: folder.url.appending(path: "workspace"))
      #expect(result.status == 0, "\(result.err)")
    }
  }

  private func upload(_ with: [String: String]) throws {
    let file = URL(filePath: try #require(with["path"]))
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
      #expect(with["if-no-files-found"] == "ignore")
      return
    }
    let artifact = artifacts.url.appending(path: try #require(with["name"]))
    let isDirectory = try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
    guard isDirectory != true else {
      return try FileManager.default.copyItem(at: file, to: artifact)
    }
    try FileManager.default.createDirectory(at: artifact, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: file, to: artifact.appending(path: file.lastPathComponent))
  }

  private func download(_ with: [String: String]) throws {
    let source = artifacts.url.appending(path: try #require(with["pattern"]))
    guard FileManager.default.fileExists(atPath: source.path(percentEncoded: false)) else { return }
    try FileManager.default.copyItem(
      at: source, to: URL(filePath: try #require(with["path"])))
  }
}
