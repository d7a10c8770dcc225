import Git
import Intake

/// The git program, for what only it knows: credentials, filters, hooks, and what its environment says.
struct GitProgram {
  let directory: String
  let environment: [String: String]
  /// nil for one that Ctrl-C is to reach together with this process.
  private let limits: Limits?

  /// From where the caller is, as paths in its environment count from there.
  init(_ call: Call<some CommonSettings>) {
    self.init(
      directory: call.directory, environment: call.invocation.environment, limits: nil)
  }

  /// For the repository of a workspace and the work trees that it has, whatever the environment ties
  /// git to, as in a hook.
  init(_ workspace: Workspace, environment: [String: String]) {
    self.init(
      directory: workspace.repository.workTree ?? workspace.repository.commonDirectory,
      // Nobody is there to answer: its launches have no terminal.
      environment: environment.filter { !Self.local.contains($0.key) }
        .merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 },
      limits: Limits())
  }

  private init(directory: String, environment: [String: String], limits: Limits?) {
    self.directory = directory
    self.environment = environment
    self.limits = limits
  }

  /// As `git rev-parse --local-env-vars` lists them.
  private static let local: Set = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
  ]

  /// The same with messages in no language but English, for who looks for words in them.
  var untranslated: GitProgram {
    GitProgram(
      directory: directory,
      environment: environment.merging(["LC_ALL": "C", "LANGUAGE": ""]) { $1 },
      limits: limits)
  }

  /// - Parameter folder: nil for its own directory.
  func surroundings(_ folder: String? = nil) -> Surroundings {
    Surroundings(directory: folder ?? directory, environment: environment)
  }

  /// Runs it to its end, whatever that is.
  func launch(
    _ arguments: [String], in folder: String? = nil
  ) throws(LaunchError) -> Launch.Result {
    try Launch(
      Command("git", arguments), in: surroundings(folder), output: .captured, limits: limits
    ).run()
  }

  /// - Returns: What it printed, without the line break at the end.
  /// - Throws: ``Complaint`` with its own words.
  @discardableResult
  func run(_ arguments: [String], in folder: String? = nil) throws -> String {
    let result = try launch(arguments, in: folder)
    guard result.ending == .exited(0) else {
      let end =
        if case .killed(let signal) = result.ending { "was killed by \(signal)" } else { "failed" }
      throw Complaint(
        .failure, "`git \(Self.words(of: arguments).joined(separator: " "))` \(end)",
        hint: "try it by hand: `\(Command("git", arguments))`", details: result.lastWords)
    }
    return result.text.hasSuffix("\n") ? String(result.text.dropLast()) : result.text
  }
}

extension GitProgram {
  /// The command, and what follows it, without settings before it.
  private static func words(of arguments: [String]) -> ArraySlice<String> {
    var rest = arguments[...]
    while rest.first == "-c" { rest = rest.dropFirst(2) }
    return rest.prefix(2)
  }
}

extension Launch.Result {
  /// What it printed on standard output.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// The last lines of standard error, for the details of a complaint.
  var lastWords: [String] { messages.split(separator: "\n").map(String.init) }
}
