import Foundation
import Measurements
import System
import Testing

/// All tests that launch programs, one after the other: some change what a child inherits.
@Suite(.serialized) struct TimingTests {
  /// A new folder for one test, removed at its end.
  final class Folder {
    let path: String

    init() throws {
      let name = "timing-\(UUID().uuidString)"
      let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      path = url.resolvingSymlinksInPath().path
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }

    /// - Returns: The path of the new file.
    @discardableResult
    func add(_ name: String, _ text: String, mode: Int = 0o755) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
      return "\(path)/\(name)"
    }
  }

  static func surroundings(
    _ directory: String = "/", _ environment: [String: String] = [:]
  ) -> Surroundings {
    Surroundings(
      directory: directory,
      environment: ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new })
  }

  /// What a program writes to standard output.
  static func output(
    _ program: String, _ arguments: [String] = [], in place: Surroundings = surroundings()
  ) throws -> String {
    let launch = try Launch(Command(program, arguments), in: place, output: .captured)
    return String(decoding: try launch.run().output, as: UTF8.self)
  }

  static func shell(
    _ script: String, in place: Surroundings = surroundings(), output: Launch.Output = .discarded
  ) throws -> Launch.Result {
    try Launch(Command("sh", ["-c", script]), in: place, output: output).run()
  }
}
