package import Foundation

/// Whole texts that were reviewed once and must stay as they are, in a folder `Golden` beside the
/// tests.
///
/// With `RECORD_GOLDEN=1` in the environment the files are written anew, and that run fails: what was
/// recorded is no oracle until somebody has read it.
package struct Golden: Sendable {
  private let folder: URL

  /// - Parameter test: The source file of the tests, `#filePath`.
  package init(beside test: String) {
    self.init(in: URL(filePath: test).deletingLastPathComponent().appending(path: "Golden"))
  }

  /// With another folder, such as that of the manual.
  package init(in folder: URL) { self.folder = folder }

  /// Where a text differs from the file's, in words; nil where it does not.
  package func difference(of text: String, from name: String) throws -> String? {
    let file = url(name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "recorded \(name): read it, and run the tests again"
    }
    guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
      return "\(name) is missing: record it with RECORD_GOLDEN=1"
    }
    let golden = String(decoding: data, as: UTF8.self)
    return golden.utf8.elementsEqual(text.utf8) ? nil : Self.difference(name, golden, text)
  }

  package func url(_ name: String) -> URL { folder.appending(path: name) }

  private static func difference(_ name: String, _ golden: String, _ text: String) -> String {
    let (old, new) = (lines(golden), lines(text))
    let same = zip(old, new).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    func line(_ lines: [Substring]) -> String {
      same < lines.count ? "'\(lines[same])'" : "its end"
    }
    return "\(name), line \(same + 1): \(line(old)) became \(line(new))"
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
