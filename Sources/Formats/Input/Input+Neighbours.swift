#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Input {
  /// A file that explains this one: one that was named with it, or one in its folder or the folder
  /// above; nil if there is none.
  func neighbour(
    _ name: String, where fits: (Input) -> Bool
  ) throws(InputError) -> Input? {
    if let companion = companions.first(where: fits) { return companion }
    guard let origin else { return nil }
    let parts = origin.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts.joined(separator: "/")
    for path in ["\(folder)/\(name)", "\(folder)/../\(name)"]
    where FileManager.default.fileExists(atPath: path) {
      let neighbour = try Input(path: path, limit: origin.limit)
      if fits(neighbour) { return neighbour }
    }
    return nil
  }
}
