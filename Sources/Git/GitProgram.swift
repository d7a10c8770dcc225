package import System

/// The git program, for tasks that libgit2 cannot do: credentials, filters, hooks, and the settings
/// of git's environment variables.
package struct GitProgram {
  let directory: String
  package let environment: [String: String]
  /// The limits of each launch; nil if Ctrl-C should reach git together with this process.
  private let limits: Limits?

  /// Describes how git is launched.
  ///
  /// - Parameter limits: The limits of each launch; nil if Ctrl-C should reach git together with
  ///   this process.
  package init(directory: String, environment: [String: String], limits: Limits?) {
    self.directory = directory
    self.environment = environment
    self.limits = limits
  }

  /// A git program that prints English messages only, for callers that search them for words.
  package var untranslated: GitProgram {
    GitProgram(
      directory: directory,
      environment: environment.merging(["LC_ALL": "C", "LANGUAGE": ""]) { $1 },
      limits: limits)
  }

  /// The directory and the environment of a launch.
  ///
  /// - Parameter folder: The directory; nil for the program's own one.
  package func surroundings(_ folder: String? = nil) -> Surroundings {
    Surroundings(directory: folder ?? directory, environment: environment)
  }

  /// Runs git to its end, and returns the result whatever the exit status is.
  package func launch(
    _ arguments: [String], in folder: String? = nil
  ) throws(LaunchError) -> Launch.Result {
    try Launch(
      Command("git", arguments), in: surroundings(folder), output: .captured, limits: limits
    ).run()
  }

  /// Runs git and requires success.
  ///
  /// - Returns: The standard output, without the line break at the end.
  /// - Throws: ``GitProgramError`` with git's own messages, ``LaunchError`` if git cannot be
  ///   launched.
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
  /// The git command and its first argument, without the settings before it.
  private static func words(of arguments: [String]) -> ArraySlice<String> {
    var rest = arguments[...]
    while rest.first == "-c" { rest = rest.dropFirst(2) }
    return rest.prefix(2)
  }
}

/// A failure of the git program.
package struct GitProgramError: Error {
  package let message: String
  package let hint: String
  /// The last lines that git wrote to standard error.
  package let messages: [String]
}
