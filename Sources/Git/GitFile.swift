#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A small file of git's own that libgit2 has no reader for.
enum GitFile {
  /// - Returns: nil for one that is not there, or cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var contents: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      // SAFETY: no more is written than the buffer has room for.
      let count = unsafe part.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return count == 0 ? contents : nil }
      contents += part.prefix(count)
    }
  }
}
