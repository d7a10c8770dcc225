import CommandLine
import Configuration
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that the commands of a plan launch or name and that lie outside of both measured folders.
struct SharedPrograms {
  /// A digest, or what stands for one where a file is large; by path.
  private let contents: [String: String]

  /// - Parameters:
  ///   - root: Where the plan's commands run.
  ///   - folders: The measured ones.
  init(of plan: Plan, in root: String, outside folders: [String]) {
    let inside = folders.map { OutputFile.target(of: $0) + "/" }
    let files = Set(plan.files(in: root).map { OutputFile.target(of: $0) })
      .filter { file in !inside.contains { file.hasPrefix($0) } }
    contents = files.reduce(into: [:]) { $0[$1] = Self.content(of: $1) }
  }

  /// A file that both sides launch though it was made anew for the second one.
  func changed(since first: SharedPrograms) -> String? {
    contents.keys.sorted().first { path in
      first.contents[path].map { $0 != contents[path] } ?? false
    }
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
