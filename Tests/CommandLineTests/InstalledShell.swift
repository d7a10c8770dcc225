import Foundation

/// Runs a script with a shell, for checking completions where they are used.
struct InstalledShell {
  let path: String

  /// The shell of that name, or nil where it is not installed.
  init?(_ name: String) {
    let folders = ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return nil
    }
    self.path = path
  }

  struct Output: Equatable {
    let text: String
    let status: Int32

    var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  /// What the script writes to standard output and standard error, one after the other as it comes.
  func run(_ arguments: [String], script: String, in folder: URL? = nil) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: path)
    let input = Pipe()
    let output = Pipe()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("GIT_") }
      .merging(["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Output(text: String(decoding: data, as: UTF8.self), status: process.terminationStatus)
  }
}

/// A folder with a repository of two branches and a tag, a file with a space and a folder.
func withCompletionFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "options-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let setUp = """
    git init -q -b main . && git config user.name a && git config user.email a@b
    git commit -q --allow-empty -m a
    git branch 'odd$name' && git tag v1
    git notes --ref=perf add -m x
    touch 'perf one.json' perf.md && mkdir results
    """
  let output = try InstalledShell("bash")?.run([], script: setUp, in: folder)
  guard output?.status == 0 else { throw SetUpFailed(output: output?.text ?? "no bash") }
  return try body(folder)
}

private struct SetUpFailed: Error {
  let output: String
}
