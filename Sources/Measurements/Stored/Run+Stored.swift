/// The fields that decide if a stored run is wanted, read without its numbers.
package struct RunHeader: Hashable, Sendable {
  package let version: Int
  /// The measured commit, in hexadecimal.
  package let commit: String?
  package let recordedAt: Timestamp?
  package let session: String?
  package let suite: String
  package let environment: Environment?
  /// The ids of runs that may not be a baseline.
  package let rejects: [String]
  /// The id of the measured tree.
  package let tree: String?
  package let shard: Shard?
  /// The reason why the run is only a part of its suite; nil for a whole recording.
  package let part: String?
  /// The digest of the imported files.
  package let imported: String?
  /// Series that may not be a baseline.
  package let marks: [Mark]
  /// Marks that no longer hold.
  package let unmarks: [Mark]
}

extension RunHeader {
  /// Reads a run without its series; the text ends with the run.
  ///
  /// For a newer version only the version counts, because the rest may have another form.
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
        version: version, commit: nil, recordedAt: nil, session: nil, suite: "",
        environment: nil, rejects: [], tree: nil, shard: nil, part: nil, imported: nil, marks: [],
        unmarks: [])
    }
  }
}

extension Run {
  /// Reads a whole run; the text ends with the run.
  package init(_ bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    try self.init(from: &reader)
    try reader.end()
  }

  /// Reads a whole run and its header in one pass.
  package static func read(_ bytes: [UInt8]) throws(JSONError) -> (header: RunHeader, run: Run) {
    var reader = JSONReader(bytes)
    let fields = try RunFields(from: &reader, readsSeries: true)
    try reader.end()
    return (fields.header, fields.run)
  }

  /// Reads a run with the series of some benchmarks only; the others are skipped.
  package init(_ bytes: [UInt8], only names: Set<String>) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try RunFields(from: &reader, readsSeries: true, only: names).run
    try reader.end()
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    self = try RunFields(from: &reader, readsSeries: true).run
  }

  /// Reads the version of the next run or document, and skips the rest of it.
  package static func version(from reader: inout JSONReader) throws(JSONError) -> Int {
    var version: Int64?
    try reader.object { (reader, key) throws(JSONError) in
      if key == "version" { version = try reader.integer() } else { try reader.skip() }
    }
    return Int(try version.required("version", at: reader.position))
  }
}

/// The members of a run during reading.
private struct RunFields {
  private let version: Int
  private let suite: String
  /// The members of ``textKeys`` that are present.
  private let texts: [String: String]
  private let recordedAt: Timestamp?
  private let seed: Int64?
  private let environment: Environment?
  private let conditions: RunConditions?
  private let series: [Series]
  private let failures: [Failure]
  private let rejects: [String]
  private let marks: [Mark]
  private let unmarks: [Mark]

  private static let textKeys: Set = [
    "commit", "tree", "session", "suite", "tool", "shard", "part", "imported", "order",
  ]

  /// Reads the members of a run.
  ///
  /// - Parameter names: The benchmarks whose series are read; nil for all.
  init(
    from reader: inout JSONReader, readsSeries: Bool, only names: Set<String>? = nil
  ) throws(JSONError) {
    var texts: [String: String] = [:]
    var version: Int64?
    var recordedAt: Timestamp?
    var seed: Int64?
    var environment: Environment?
    var conditions: RunConditions?
    var series: [Series]?
    var definitions: [String: String] = [:]
    var failures: [Failure] = []
    var rejects: [String] = []
    var marks: [Mark] = []
    var unmarks: [Mark] = []
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "version": version = try reader.integer()
      case _ where Self.textKeys.contains(key):
        texts[key] = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      case "recordedAt": recordedAt = try reader.optional(Self.time)
      case "seed":
        seed = try reader.optional { (reader) throws(JSONError) in try reader.integer() }
      case "environment":
        environment = try reader.optional { (reader) throws(JSONError) in
          try Environment(from: &reader)
        }
      case "conditions" where readsSeries:
        conditions = try reader.optional { (reader) throws(JSONError) in
          try RunConditions(from: &reader)
        }
      case "series" where readsSeries:
        guard let names else {
          series = try reader.list(Series.init)
          return
        }
        let wanted = NameFilter(names)
        series = try reader.list { (reader) throws(JSONError) in
          try Series.named(wanted, from: &reader)
        }.compactMap(\.self)
      case "definitions" where readsSeries: definitions = try reader.strings()
      case "failures" where readsSeries: failures = try reader.list(Failure.init)
      case "rejects":
        rejects = try reader.list { (reader) throws(JSONError) in try reader.string() }
      case "marks": marks = try reader.list(Mark.init)
      case "unmarks": unmarks = try reader.list(Mark.init)
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
    self.conditions = conditions
    self.series =
      readsSeries ? try series.required("series", at: end).defined(by: definitions) : []
    self.failures = failures
    self.rejects = rejects
    self.marks = marks
    self.unmarks = unmarks
  }

  var header: RunHeader {
    RunHeader(
      version: version, commit: texts["commit"], recordedAt: recordedAt, session: texts["session"],
      suite: suite, environment: environment, rejects: rejects, tree: texts["tree"],
      shard: texts["shard"].flatMap(Shard.init), part: texts["part"], imported: texts["imported"],
      marks: marks, unmarks: unmarks)
  }

  var run: Run {
    Run(
      commit: texts["commit"], tree: texts["tree"], recordedAt: recordedAt,
      session: texts["session"], suite: suite, seed: seed,
      order: texts["order"].map { LaunchOrder($0) }, tool: texts["tool"] ?? "",
      environment: environment, conditions: conditions, series: series, failures: failures,
      rejects: rejects,
      shard: texts["shard"].flatMap(Shard.init), part: texts["part"], imported: texts["imported"],
      marks: marks, unmarks: unmarks)
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
      "seed": seed.map(JSONValue.integer), "order": order.map { .string($0.description) },
      "tool": .string(tool),
      "environment": environment?.json, "conditions": conditions?.json,
      "series": .array(series.map(\.json)),
      "failures": failures.isEmpty ? nil : .array(failures.map(\.json)),
      "shard": shard.map { .string($0.description) },
      "rejects": rejects.isEmpty ? nil : .array(rejects.map(JSONValue.string)),
      "part": part.map(JSONValue.string), "imported": imported.map(JSONValue.string),
      "definitions": definitions.isEmpty ? nil : .strings(definitions),
      "marks": marks.isEmpty ? nil : .array(marks.map(\.json)),
      "unmarks": unmarks.isEmpty ? nil : .array(unmarks.map(\.json)),
    ])
  }

  /// The text of each definition, once for all series that share it.
  private var definitions: [String: String] {
    Dictionary(
      series.compactMap(\.definition).map { ($0.digest, $0.text) }, uniquingKeysWith: { a, _ in a })
  }
}

extension [Series] {
  /// The series with the texts of their definitions.
  fileprivate func defined(by texts: [String: String]) -> [Series] {
    guard !texts.isEmpty else { return self }
    return map { series in
      guard let digest = series.definition?.digest, let text = texts[digest] else { return series }
      return series.defined(by: Definition(digest: digest, text: text))
    }
  }
}
