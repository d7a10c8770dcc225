import CommandLine
package import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The `.perfconfig` files of commits and of the work tree. Each file of a commit is read once.
package final class ConfigurationFiles {
  private let repository: Repository
  private var known: [Key: ConfigurationFile] = [:]

  private struct Key: Hashable {
    let blob: ObjectID
    let name: String
  }

  package init(_ repository: Repository) { self.repository = repository }

  /// Returns the file of a commit's tree, whatever is checked out.
  ///
  /// - Parameter revision: The name of the commit in messages; nil for the commit that is judged.
  package func file(of tree: ObjectID, revision: String? = nil) throws -> ConfigurationFile {
    let file = ProjectConfiguration.fileName
    let name = revision.map { "\($0):\(file)" } ?? file
    switch try repository.file(file, inTree: tree) {
    case .absent: return .absent
    case .unusable(let why): throw ConfigurationError("cannot read \(name): \(why)")
    case .file(let blob):
      let key = Key(blob: blob, name: name)
      if let known = known[key] { return known }
      let bytes = try repository.text(ofBlob: blob)
      try Self.check(bytes.count, name)
      let found = try ConfigurationFile(bytes, name: name)
      known[key] = found
      return found
    }
  }

  /// Returns true if two trees have exactly the same file, or none.
  func isSame(in a: ObjectID, _ b: ObjectID) throws -> Bool {
    try repository.file(ProjectConfiguration.fileName, inTree: a)
      == repository.file(ProjectConfiguration.fileName, inTree: b)
  }

  /// Returns the file of the work tree. If a sparse checkout leaves it out, or if nothing is
  /// checked out at all, it returns the file of HEAD.
  package func fileHere() throws -> ConfigurationFile {
    let name = ProjectConfiguration.fileName
    guard let path = repository.workTree.map({ "\($0)/\(name)" }) else { return try fileOfHead() }
    guard OutputFile.exists(path) || OutputFile.isLink(path) else {
      return try repository.bool("core.sparseCheckout") == true ? fileOfHead() : .absent
    }
    func fail(_ why: String) -> ConfigurationError {
      ConfigurationError("cannot read \(name): \(why)")
    }
    guard OutputFile.exists(path) else { throw fail("it is a link to nothing") }
    guard !OutputFile.isDirectory(path), !Platform.isDevice(path) else {
      throw fail("it is no ordinary file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw fail("permission denied")
    }
    try Self.check(data.count, name)
    return try ConfigurationFile([UInt8](data), name: name)
  }

  private func fileOfHead() throws -> ConfigurationFile {
    guard let head = try repository.commitIfPresent("HEAD") else { return .absent }
    return try file(of: head.tree)
  }

  private static func check(_ count: Int, _ name: String) throws {
    guard count <= ConfigurationFile.most else {
      throw ConfigurationError(
        "\(name) has \(count / 1_000_000) MB, and the most is "
          + "\(ConfigurationFile.most / 1_000_000)")
    }
  }
}
