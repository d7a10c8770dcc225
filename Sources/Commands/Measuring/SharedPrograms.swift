import CommandLine
import Configuration
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that the commands of a plan launch or name and that lie outside all measured folders.
struct SharedPrograms {
  /// For each path, a digest of the content, or the time of the last change if the file is large.
  private let contents: [String: String]

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - root: The folder where the plan's commands run.
  ///   - folders: The measured folders.
  init(of plan: Plan, in root: String, outside folders: [String]) {
    let inside = folders.map { OutputFile.target(of: $0) + "/" }
    let files = Set(plan.files(in: root).map { OutputFile.target(of: $0) })
      .filter { file in !inside.contains { file.hasPrefix($0) } }
    contents = files.reduce(into: [:]) { $0[$1] = Self.content(of: $1) }
  }

  /// A file that two sides launch and that was changed between their preparations; nil if there
  /// is none.
  private func changed(since first: SharedPrograms) -> String? {
    contents.keys.sorted().first { path in
      first.contents[path].map { $0 != contents[path] } ?? false
    }
  }

  /// Refuses a file that the preparation of a side changed for a side that was prepared before.
  ///
  /// - Parameter place: The words for all sides, such as `on both sides`.
  func check(
    against first: SharedPrograms, _ place: String, preparedLast side: Side
  ) throws(Diagnostic) {
    guard let path = changed(since: first) else { return }
    throw Diagnostic(
      .unusable, "'\(path)' is the same file \(place): `prepare` of \(side) made it anew",
      hint: "build what is measured below the top of the work tree, where each side has its own")
  }

  private static func content(of path: String) -> String? {
    if let bytes = try? Platform.contents(of: path, limit: 64_000_000) {
      return try? ObjectID(hashing: bytes).description
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.modificationDate] as? Date).map { "\($0.timeIntervalSince1970)" }
  }
}

extension Plan {
  /// The programs of the commands, and the programs and scripts that their arguments name.
  fileprivate func files(in root: String) -> [String] {
    let surroundings = surroundings(in: root)
    return definition.commands.map(\.command).flatMap { command in
      let script = command.arguments.first.map { ["./\($0)", $0] } ?? []
      let named = command.arguments.filter { $0.contains("/") }
      let programs = ([command.program] + named).compactMap {
        try? Command($0).path(in: surroundings)
      }
      return (programs + script.filter { $0.contains("/") })
        .map { $0.hasPrefix("/") ? $0 : "\(surroundings.directory)/\($0)" }
        .filter { OutputFile.exists($0) && !OutputFile.isDirectory($0) && !Platform.isDevice($0) }
    }
  }
}
