#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Input {
  /// Loads a file or a pipe, or lists a directory; without a name, messages call it by its path.
  package init(path: String, name: String? = nil) throws(IntakeError) {
    let name = name ?? path
    do {
      self.init(name: name, bytes: try Platform.contents(of: path))
    } catch {
      guard error == .isFolder,
        let files = try? FileManager.default.subpathsOfDirectory(atPath: path)
      else {
        let isMissing = error == .noFile
        throw IntakeError(
          "\(error)", input: name,
          hint: isMissing
            ? "check how the path is written, and that the tool wrote the file"
            : "name one that can be read")
      }
      let directory = Directory(path: path, files: files.sorted())
      self.init(name: name, contents: .directory(directory))
    }
  }

  /// Standard input, to its end.
  package static func standardInput() throws(IntakeError) -> Input {
    let name = "standard input"
    do {
      return Input(name: name, bytes: try Platform.standardInput())
    } catch {
      throw IntakeError("\(error)", input: name)
    }
  }
}

/// A directory that a tool wrote, listed once; its files are loaded when asked for.
package struct Directory: Sendable {
  package let path: String
  /// Relative paths of everything below, directories included, in alphabetical order.
  package let files: [String]

  /// One of ``files``, loaded and named by its whole path.
  package func input(at file: String) throws(IntakeError) -> Input {
    try Input(path: path.hasSuffix("/") ? path + file : "\(path)/\(file)")
  }
}
