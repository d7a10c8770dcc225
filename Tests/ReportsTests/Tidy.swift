import Foundation
import TestSupport

/// HTML Tidy, of the group that once was W3C's.
enum Tidy {
  private static let program = "/usr/bin/tidy"
  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
  static let absence = "tidy is not installed (Debian: tidy), or xmllint (libxml2-utils)"

  /// Errors and warnings; empty where there are none.
  static func diagnostics(about document: String) throws -> String {
    try Subprocess.run(
      program, ["-quiet", "-errors", "-utf8", "--show-info", "no", "--drop-empty-elements", "no"],
      in: URL(filePath: "/"),
      input: document
    ).err
  }
}
