package import Foundation

/// A program run to its end, with all it said.
package struct Subprocess: Sendable {
  package let program: String
  package let arguments: [String]
  package let status: Int32
  package let out: String
  package let err: String

  /// Runs a program and waits for it.
  ///
  /// - Parameters:
  ///   - program: An absolute path.
  ///   - environment: The whole environment of the program.
  ///   - input: What it reads on standard input; nothing by default.
  package static func run(
    _ program: String, _ arguments: [String], in directory: URL,
    environment: [String: String] = cleanEnvironment, input: String = ""
  ) throws -> Subprocess {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = environment
    // Files rather than pipes: nothing blocks, however much is written.
    let files = try ScratchDirectory()
    try Data(input.utf8).write(to: files.url.appending(path: "in"))
    for name in ["out", "err"] { try Data().write(to: files.url.appending(path: name)) }
    process.standardInput = try FileHandle(forReadingFrom: files.url.appending(path: "in"))
    process.standardOutput = try FileHandle(forWritingTo: files.url.appending(path: "out"))
    process.standardError = try FileHandle(forWritingTo: files.url.appending(path: "err"))
    try process.run()
    process.waitUntilExit()
    return Subprocess(
      program: program, arguments: arguments, status: process.terminationStatus,
      out: try files.read("out"), err: try files.read("err"))
  }

  /// Whether a line of shell does, such as one that asks for a program.
  package static func succeeds(_ script: String) -> Bool {
    let result = try? run("/bin/sh", ["-c", script], in: FileManager.default.temporaryDirectory)
    return result?.status == 0
  }

  /// The environment of the tests without what git or a user's settings would bring in.
  package static var cleanEnvironment: [String: String] {
    let pipelines = [
      "GIT_", "GITHUB_", "GITLAB_", "GITEA_", "FORGEJO_", "CI_", "PRE_COMMIT", "SYSTEM_PULLREQUEST",
      "CHANGE_",
    ]
    var environment = ProcessInfo.processInfo.environment.filter { variable in
      !pipelines.contains { variable.key.hasPrefix($0) }
    }
    for name in ["PERF_GATE", "NO_COLOR", "CI", "TF_BUILD", "XDG_CONFIG_HOME"] {
      environment[name] = nil
    }
    environment["HOME"] = "/nonexistent"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    environment["TERM"] = "dumb"
    environment["LC_ALL"] = "C"
    return environment
  }
}
