package import System

/// The git program, for what only it knows: credentials, filters, hooks, and what its environment says.
package struct GitProgram {
  let directory: String
  package let environment: [String: String]
  /// nil for one that Ctrl-C is to reach together with this process.
  private let limits: Limits?

  /// - Parameter limits: nil for one that Ctrl-C is to reach together with this process.
  package init(directory: String, environment: [String: String], limits: Limits?) {
    self.directory = directory
    self.environment = environment
    self.limits = limits
  }

  /// The same with messages in no language but English, for who looks for words in them.
  package var untranslated: GitProgram {
    GitProgram(
      directory: directory,
      environment: environment.merging(["LC_ALL": "C", "LANGUAGE": ""]) { $1 },
      limits: limits)
  }

  /// - Parameter folder: nil for its own directory.
  package func surroundings(_ folder: String? = nil) -> Surroundings {
    Surroundings(directory: folder ?? directory, environment: environment)
  }

  /// Runs it to its end, whatever that is.
  package func launch(
    _ arguments: [String], in folder: String? = nil
  ) throws(LaunchError) -> Launch.Result {
    try Launch(
      Command("git", arguments), in: surroundings(folder), output: .captured, limits: limits
    ).run()
  }

  /// - Returns: What it printed, without the line break at the end.
  /// - Throws: ``GitProgramError`` with its own words, ``LaunchError`` where it cannot be launched.
  @discardableResult
  package func run(_ arguments: [String], in folder: String? = nil) throws -> String {
    let result = try launch(arguments, in: folder)
    guard result.ending == .exited(0) else {
      let end =
        if case .killed(let signal) = result.ending { "was killed by \(signal)" } else { "failed" }
      throw GitProgramError(
        message: "`git \(Self.words(of: arguments).joined(separator: " "))` \(end)",
        hint: "try it by hand: `\(Command("git", arguments))`", messages: result.lastWords)
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

/// Why the git program did not do what it was asked to.
package struct GitProgramError: Error {
  package let message: String
  package let hint: String
  /// The last lines that it wrote to standard error.
  package let messages: [String]
}
