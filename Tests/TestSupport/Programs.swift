package import Foundation

/// The executables of this package, run as a user runs them.
package struct Programs: Sendable {
  /// The directory that they were built into.
  package let directory: URL

  /// - Parameter bundle: A resource bundle, which is built beside them.
  package init(beside bundle: Bundle) {
    directory = bundle.bundleURL.deletingLastPathComponent()
  }

  package func run(
    _ program: String, _ arguments: [String], in directory: URL,
    environment: [String: String] = [:], input: String = ""
  ) throws -> Subprocess {
    try Subprocess.run(
      self.directory.appending(path: program).path(percentEncoded: false), arguments,
      in: directory, environment: self.environment.merging(environment) { $1 }, input: input)
  }

  /// With the executables first in PATH, for hooks and scripts.
  package var environment: [String: String] {
    var environment = Subprocess.cleanEnvironment
    let path = environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = "\(directory.path(percentEncoded: false)):\(path)"
    return environment
  }

  /// The programs that people call, as `ci/programs` lists them.
  package static let names: [String] = {
    let list = packageRoot.appending(path: "ci/programs").path(percentEncoded: false)
    let result = try? Subprocess.run(list, [], in: packageRoot)
    return result?.out.split(separator: "\n").map(String.init) ?? []
  }()

  /// The top of the package's sources.
  package static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
