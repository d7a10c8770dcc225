import Configuration
import Formats
import Git
import History
import Measurements
import Runner

/// The reason why a line of a spool is no run.
enum SpoolLineError: Error {
  case damaged(JSONError)
  case newer(Int)

  var reason: String {
    switch self {
    case .damaged(let error): "is damaged (\(error))"
    case .newer(let version): "was written by a newer version (\(version))"
    }
  }
}

/// A line of a spool: a run without what only git and the configuration know.
///
/// It is the JSON of the run with one more member, which says what is still missing: the tree of the
/// commit, the labels of the machine, the suite if none was typed, the directions and the prices.
/// They are added when the line is stored.
struct SpoolLine {
  let record: RunRecord
  /// The common git directory of the repository that the run belongs to; nil for a line that is a
  /// whole run already.
  let repository: String?
  private let isSuiteTyped: Bool
  /// True if the same files are stored even if the commit has them already.
  let isAgain: Bool

  private static let key = "spool"

  /// The line of a new run.
  static func bytes(
    of run: Run, in repository: String, isSuiteTyped: Bool, isAgain: Bool
  ) -> [UInt8] {
    guard case .object(var fields) = run.json else { preconditionFailure("a run is an object") }
    fields[key] = .object([
      "again": .bool(isAgain), "repository": .string(repository), "suite": .bool(isSuiteTyped),
    ])
    return RunLine(JSONValue.object(fields).line).bytes
  }

  /// Reads a line.
  ///
  /// - Throws: ``SpoolLineError`` if it is none, as that of a killed writer.
  init(_ line: RunLine) throws(SpoolLineError) {
    if let version = line.knownHeader?.version, version > Run.version { throw .newer(version) }
    do {
      record = try RunRecord(line.bytes)
    } catch {
      throw .damaged(error)
    }
    guard case .object(let fields) = record.json, case .object(let own)? = fields[Self.key] else {
      (repository, isSuiteTyped, isAgain) = (nil, true, true)
      return
    }
    if case .string(let text)? = own["repository"] { repository = text } else { repository = nil }
    isSuiteTyped = own["suite"] == .bool(true)
    isAgain = own["again"] == .bool(true)
  }

  /// The run as it is stored.
  ///
  /// - Parameters:
  ///   - commit: The commit whose numbers the run has.
  ///   - configuration: The configuration that adds what is missing.
  func stored(at commit: Commit, _ configuration: ProjectConfiguration) throws -> RunToStore {
    guard repository != nil else {
      let isWhole = record.run.tree != nil
      return RunToStore(
        isWhole
          ? record
          : record.placed(commit: commit.id.description, tree: commit.tree.description),
        at: commit)
    }
    let run = record.run
    let suite = isSuiteTyped ? run.suite : configuration.suite ?? Run.defaultSuite
    let reading = configuration.prices.applied(
      to: ParsedResults(series: run.series, failures: run.failures))
    let machine = run.environment.map {
      Environment(
        key: configuration.environmentKey, cpu: $0.cpu, cores: $0.cores, memory: $0.memory,
        os: $0.os, kernel: $0.kernel, arch: $0.arch, labels: configuration.environmentLabels)
    }
    return RunToStore(
      Run(
        commit: commit.id.description, tree: commit.tree.description, recordedAt: run.recordedAt,
        session: run.session, suite: suite, tool: run.tool, environment: machine,
        series: try configuration.policy(for: suite).directed(reading).series,
        failures: run.failures, shard: run.shard, imported: run.imported),
      at: commit)
  }
}
