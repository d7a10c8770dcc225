import Foundation
import TestSupport

/// libxml2's own reader.
enum XMLLint {
  private static let program = "/usr/bin/xmllint"
  static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
  static let absence = "xmllint is not installed (Debian: libxml2-utils)"

  /// What is wrong with a document by a schema; empty where nothing is.
  static func diagnostics(about document: String, schema: URL) throws -> String {
    let result = try run(
      ["--noout", "--schema", schema.path(percentEncoded: false), "-"], document)
    return result.status == 0 ? "" : result.err
  }

  /// What an XPath expression comes to.
  static func value(of path: String, in document: String) throws -> String {
    let result = try run(["--xpath", path, "-"], document)
    return result.status == 0 ? String(result.out.dropLast()) : "error: \(result.err)"
  }

  private static func run(_ arguments: [String], _ document: String) throws -> Subprocess {
    try Subprocess.run(program, ["--nonet"] + arguments, in: URL(filePath: "/"), input: document)
  }
}
