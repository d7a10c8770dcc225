/// What decides whether a stored run is wanted, known without reading its numbers.
package struct RunHeader: Hashable, Sendable {
  package let version: Int
  package let recordedAt: Timestamp?
  package let session: String?
  package let suite: String
  package let environment: Environment?
  /// Runs that are to be no baseline.
  package let rejects: [String]
  /// What was measured.
  package let tree: String?
  package let shard: Shard?
}

extension RunHeader {
  /// Reads a run without its series; the text ends with it.
  ///
  /// Of a newer version nothing but the version counts: the rest may have another form.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    do throws(JSONError) {
      var reader = JSONReader(bytes)
      self = try RunFields(from: &reader, readsSeries: false).header
      try reader.end()
    } catch {
      var reader = JSONReader(bytes)
      guard let version = try? Run.version(from: &reader), version > Run.version else {
        throw error
      }
      self.init(
        version: version, recordedAt: nil, session: nil, suite: "", environment: nil,
        rejects: [], tree: nil, shard: nil)
    }
  }
}

extension Run {
  /// Reads a whole run; the text ends with it.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    try self.init(from: &reader)
    try reader.end()
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    self = try RunFields(from: &reader, readsSeries: true).run
  }

  /// The version of what follows, a run or a document, which is stepped over.
  package static func version(from reader: inout JSONReader) throws(JSONError) -> Int {
    var version: Int64?
    try reader.object { (reader, key) throws(JSONError) in
      if key == "version" { version = try reader.integer() } else { try reader.skip() }
    }
    return Int(try version.required("version", at: reader.position))
  }
}

/// The members of a run as they come.
private struct RunFields {
  private let version: Int
  private let suite: String
  /// `commit`, `tree`, `session`, `shard` and `tool`, those that are there.
  private let texts: [String: String]
  private let recordedAt: Timestamp?
  private let seed: Int64?
  private let environment: Environment?
  private let series: [Series]
  private let failures: [Failure]
  private let rejects: [String]

  init(from reader: inout JSONReader, readsSeries: Bool) throws(JSONError) {
    var texts: [String: String] = [:]
    var version: Int64?
    var recordedAt: Timestamp?
    var seed: Int64?
    var environment: Environment?
    var series: [Series]?
    var failures: [Failure] = []
    var rejects: [String] = []
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "version": version = try reader.integer()
      case "commit", "tree", "session", "suite", "tool", "shard":
        texts[key] = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      case "recordedAt": recordedAt = try reader.optional(Self.time)
      case "seed":
        seed = try reader.optional { (reader) throws(JSONError) in try reader.integer() }
      case "environment":
        environment = try reader.optional { (reader) throws(JSONError) in
          try Environment(from: &reader)
        }
      case "series" where readsSeries: series = try Self.list(from: &reader, Series.init)
      case "failures" where readsSeries: failures = try Self.list(from: &reader, Failure.init)
      case "rejects":
        rejects = try Self.list(from: &reader) { (reader) throws(JSONError) in
          try reader.string()
        }
      default: try reader.skip()
      }
    }
    let end = reader.position
    self.version = Int(try version.required("version", at: end))
    suite = try texts["suite"].required("suite", at: end)
    self.texts = texts
    self.recordedAt = recordedAt
    self.seed = seed
    self.environment = environment
    self.series = readsSeries ? try series.required("series", at: end) : []
    self.failures = failures
    self.rejects = rejects
  }

  var header: RunHeader {
    RunHeader(
      version: version, recordedAt: recordedAt, session: texts["session"], suite: suite,
      environment: environment, rejects: rejects, tree: texts["tree"],
      shard: texts["shard"].flatMap(Shard.init))
  }

  var run: Run {
    Run(
      commit: texts["commit"], tree: texts["tree"], recordedAt: recordedAt,
      session: texts["session"], suite: suite, seed: seed, tool: texts["tool"] ?? "",
      environment: environment, series: series, failures: failures,
      rejects: rejects, shard: texts["shard"].flatMap(Shard.init))
  }

  private static func list<Element>(
    from reader: inout JSONReader, _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    var list: [Element] = []
    try reader.array { (reader) throws(JSONError) in list.append(try element(&reader)) }
    return list
  }

  @Sendable
  private static func time(from reader: inout JSONReader) throws(JSONError) -> Timestamp {
    let text = try reader.string()
    guard let time = Timestamp(text) else {
      throw reader.error("'\(text)' is not a time like 2026-11-20T05:20:42Z")
    }
    return time
  }
}

extension Run {
  package var json: JSONValue {
    .members([
      "version": .integer(Int64(version)), "commit": commit.map(JSONValue.string),
      "tree": tree.map(JSONValue.string),
      "recordedAt": recordedAt.map { .string($0.description) },
      "session": session.map(JSONValue.string), "suite": .string(suite),
      "seed": seed.map(JSONValue.integer), "tool": .string(tool),
      "environment": environment?.json, "series": .array(series.map(\.json)),
      "failures": failures.isEmpty ? nil : .array(failures.map(\.json)),
      "shard": shard.map { .string($0.description) },
      "rejects": rejects.isEmpty ? nil : .array(rejects.map(JSONValue.string)),
    ])
  }
}
