import History
import Measurements

/// How much of a suite a session measured, compared with the last whole recording before it.
struct Coverage {
  let measured: Int
  let expected: Int
  /// The benchmarks that the earlier recording has and the session lacks.
  let missing: [Benchmark]

  /// `112 of 114 benchmarks, missing: a, b`.
  var words: String {
    let names = missing.prefix(3).map { $0.description.visible(limit: 40) }.joined(separator: ", ")
    let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
    return "\(expected - missing.count) of \(expected) benchmarks, missing: \(names)\(more)"
  }

  var json: JSONValue {
    .object([
      "measured": .integer(Int64(measured)), "expected": .integer(Int64(expected)),
      "missing": .array(missing.map { .string($0.description) }),
    ])
  }
}

/// Compares sessions with the whole recordings before them.
struct CoverageReader {
  /// Runs that were measured together: of one suite, machine and commit, in one session.
  private struct Recording: Hashable {
    let suite: String
    let machine: String?
    let session: String?
    let tree: CompactID?
    /// The run itself where it names no session.
    let run: CompactID?
  }

  private let scope: LogScope
  private var benchmarks: [Recording: Set<Benchmark>] = [:]
  private let runs: [Recording: [Int]]

  init(_ scope: LogScope) {
    self.scope = scope
    let all = scope.index.runs
    runs = Dictionary(grouping: all.indices, by: { Self.recording(of: all[$0]) })
  }

  /// The coverage of the recording that a run belongs to; nil for a part that was asked for, and where
  /// nothing whole was recorded before.
  mutating func coverage(of place: Int) throws -> Coverage? {
    let run = scope.index.runs[place]
    guard run.part == nil else { return nil }
    let own = Self.recording(of: run)
    let earlier = scope.index.runs[..<place].last { other in
      other.suite == run.suite && other.environment?.key == run.environment?.key
        && other.part == nil && other.series > 0 && Self.recording(of: other) != own
    }
    guard let earlier else { return nil }
    let measured = try benchmarks(of: own)
    let expected = try benchmarks(of: Self.recording(of: earlier))
    return Coverage(
      measured: measured.count, expected: expected.count,
      missing: expected.subtracting(measured).sorted())
  }

  private mutating func benchmarks(of recording: Recording) throws -> Set<Benchmark> {
    if let known = benchmarks[recording] { return known }
    var found: Set<Benchmark> = []
    for place in runs[recording] ?? [] {
      let series = try scope.index.series(of: scope.index.runs[place])
      found.formUnion(series.map { scope.index.series[$0].benchmark })
    }
    benchmarks[recording] = found
    return found
  }

  private static func recording(of run: RecordedRun) -> Recording {
    Recording(
      suite: run.suite, machine: run.environment?.key, session: run.session, tree: run.tree,
      run: run.session == nil ? run.id : nil)
  }
}
