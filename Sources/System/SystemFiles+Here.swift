#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SystemFiles {
  /// The files of this machine, up to 8 KiB of each. If there are many processors, the first is
  /// enough, and the kernel needs a long time to describe them all.
  package static let here = SystemFiles(
    text: { path in
      guard let bytes = try? Descriptor.reading(path).head(8192) else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    },
    names: { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    })
}
