import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Input {
  /// The largest size of a file unless an option says otherwise, in bytes: 512 MiB.
  package static let usualLimit = 1 << 29

  /// Loads a file or a pipe, unpacked if gzip packed it, or lists a directory. Without a name,
  /// messages show its path.
  ///
  /// - Parameter limit: The largest size of the file in bytes, packed and unpacked.
  package init(
    path: String, name: String? = nil, limit: Int = usualLimit
  ) throws(InputError) {
    let name = name ?? path
    let bytes: [UInt8]
    do {
      bytes = try Platform.contents(of: path, limit: limit)
    } catch {
      guard error == .isFolder,
        let files = try? FileManager.default.subpathsOfDirectory(atPath: path)
      else {
        let isMissing = error == .noFile
        throw InputError(
          "\(error)", input: name,
          hint: isMissing
            ? "check how the path is written, and that the tool wrote the file"
            : "name one that can be read")
      }
      let directory = Directory(path: path, files: files.sorted(), limit: limit)
      self.init(name: name, contents: .directory(directory))
      origin = Origin(path: path, limit: limit)
      return
    }
    try self.init(name: name, loaded: bytes, limit: limit)
    origin = Origin(path: path, limit: limit)
  }

  private init(name: String, loaded bytes: [UInt8], limit: Int) throws(InputError) {
    let tooLarge = InputError(
      "larger than \(limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit) bytes")", input: name,
      hint: "allow more with `--max-size <bytes>`, or import it in parts")
    guard bytes.count <= limit else { throw tooLarge }
    guard Gzip.packs(bytes) else {
      self.init(name: name, bytes: bytes)
      return
    }
    do {
      self.init(name: name, bytes: try Gzip.unpacked(bytes, limit: limit))
    } catch {
      switch error {
      case .tooLarge: throw tooLarge
      case .broken:
        throw InputError(
          "packed by gzip, and cannot be unpacked", input: name,
          hint: "see whether it was cut off: `gzip --test` tells")
      }
    }
  }

  /// Reads standard input to its end.
  package static func standardInput(limit: Int = usualLimit) throws(InputError) -> Input {
    let name = "standard input"
    let bytes: [UInt8]
    do {
      bytes = try Platform.standardInput(limit: limit)
    } catch {
      throw InputError("\(error)", input: name)
    }
    return try Input(name: name, loaded: bytes, limit: limit)
  }
}

/// A directory that a tool wrote. It is listed once; its files are loaded when they are needed.
package struct Directory: Sendable {
  package let path: String
  /// The relative paths of everything below, directories included, in alphabetical order.
  package let files: [String]
  /// The largest size of each file, in bytes.
  let limit: Int

  /// Loads one of ``files``. Its name is the whole path.
  package func input(at file: String) throws(InputError) -> Input {
    try Input(path: path.hasSuffix("/") ? path + file : "\(path)/\(file)", limit: limit)
  }
}
