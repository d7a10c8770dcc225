import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that a program is asked to write.
package enum OutputFile {
  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// Removes a regular file, if there is one. Directories and devices are left as they are.
  package static func remove(_ path: String) {
    guard !isDirectory(path), !Platform.isDevice(path) else { return }
    try? FileManager.default.removeItem(atPath: target(of: path))
  }

  /// Returns the path that a path leads to through symbolic links. The target need not exist yet.
  package static func target(of path: String) -> String {
    var url = URL(filePath: path).standardizedFileURL
    // Linux follows as many links.
    for _ in 0..<40 {
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)
      guard let place else { break }
      url = URL(filePath: place, relativeTo: url.deletingLastPathComponent()).standardizedFileURL
    }
    return url.path
  }

  /// Returns true for a symbolic link, also if its target does not exist.
  package static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  package static func isDirectory(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
  }

  /// Throws an error if a file could not be written. It is called before anything long starts.
  package static func check(_ path: String, typed: String) throws {
    let files = FileManager.default
    var isDirectory = false
    if files.fileExists(atPath: path, isDirectory: &isDirectory) {
      guard !isDirectory else { throw problem(typed, "it is a directory") }
      guard files.isWritableFile(atPath: path) else { throw problem(typed, "permission denied") }
      return
    }
    let parent = URL(filePath: path).deletingLastPathComponent().path
    guard files.fileExists(atPath: parent, isDirectory: &isDirectory), isDirectory else {
      throw problem(typed, "there is no such directory")
    }
    guard files.isWritableFile(atPath: parent) else { throw problem(typed, "permission denied") }
  }

  /// Replaces the content of a file by a text, in one step. A link stays a link, and a device such
  /// as `/dev/stderr` is written to.
  package static func write(_ text: String, to path: String) throws {
    do {
      if Platform.isDevice(path) {
        try Platform.append(text, to: path)
      } else {
        let file = URL(filePath: target(of: path))
        let old = try? FileManager.default.attributesOfItem(atPath: file.path)
        try Data(text.utf8).write(to: file, options: .atomic)
        // The new file has the permissions of the old one.
        if let mode = old?[.posixPermissions] {
          try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
      }
    } catch {
      throw Diagnostic(.failure, "cannot write '\(path)'", hint: "see whether the disk is full")
    }
  }

  private static func problem(_ typed: String, _ why: String) -> Diagnostic {
    Diagnostic(.failure, "cannot write '\(typed)': \(why)", hint: "name another file")
  }
}
