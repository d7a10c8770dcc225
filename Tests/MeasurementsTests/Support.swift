import Foundation
import Measurements

/// The example of a stored run in StoredFormat.md, with some of its text replaced.
enum StoredRun {
  static let json = """
    {"version": 1, "commit": "\(oid)", "tree": "\(oid)", "recordedAt": "2026-11-20T05:20:42Z",
     "session": "s1", "suite": "default", "tool": "perf-record 0.1.0",
     "environment": {"key": "4f2a", "cpu": "Xeon", "cores": 2, "memory": 25254182912,
       "os": "Debian 12", "kernel": "6.1", "arch": "x86_64", "labels": {"runner": "ubuntu-24.04"}},
     "series": [{"benchmark": "parse/large", "labels": {"size": "1MB"}, "metric": "wall_time",
       "unit": "ns", "better": "lower", "rounds": [[10922992], [10873506, 10881207.5]],
       "source": "hyperfine"}]}
    """

  static let oid = String(repeating: "4f2a1", count: 8)

  /// - Precondition: The part is there, so that no case tests what is whole.
  static func replacing(_ part: String, with replacement: String) -> String {
    precondition(json.contains(part), "nothing to replace: \(part)")
    return json.replacing(part, with: replacement)
  }

  static func run(_ json: String) throws -> Run { try Run(Array(json.utf8)) }

  static func record(_ json: String) throws -> RunRecord {
    var reader = JSONReader(Array(json.utf8))
    return try RunRecord(from: &reader)
  }

  /// Canonical: sorted keys, no spaces.
  static func encode(_ value: JSONValue) -> String {
    String(decoding: value.line, as: UTF8.self)
  }
}
