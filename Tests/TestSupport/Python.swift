import Foundation

/// The system's Python, whose libraries read what we write.
package enum Python {
  /// Whether a module is there; a reason to give where it is not is ``absence(of:package:)``.
  package static func has(_ module: String) -> Bool {
    (try? run("import \(module)").status) == 0
  }

  package static func absence(of module: String, package: String) -> String {
    "/usr/bin/python3 has no \(module) (Debian: \(package))"
  }

  package static func run(
    _ script: String, _ arguments: [String] = [], input: String = ""
  ) throws -> Subprocess {
    try Subprocess.run(
      "/usr/bin/python3", ["-I", "-W", "ignore", "-X", "utf8", "-c", script] + arguments,
      in: URL(filePath: "/"), input: input)
  }
}
