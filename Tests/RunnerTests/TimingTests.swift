import Foundation
import Measurements
import System
import TestSupport
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
      // By another process: what this one has open for writing, a launch of another test may inherit for
      // a moment, and a program that is open for writing cannot be executed.
      let script = #"cat >"$1" && chmod "$2" "$1""#
      let written = try Subprocess.run(
        "/bin/sh", ["-c", script, "sh", "\(path)/\(name)", String(mode, radix: 8)],
        in: URL(filePath: path), input: text)
      try #require(written.status == 0, "\(written.err)")
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
