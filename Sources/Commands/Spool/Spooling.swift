import CommandLine
import Formats
import Git
import History
import Measurements
import Runner
import System

/// `perf-record --spool`: appends what was read to a file, as one line, for hooks that fire often.
///
/// Neither libgit2 nor the configuration is read, as their start takes longer than all the rest.
struct Spooling {
  let call: CommandContext<RecordSettings>

  func run() throws -> ExitStatus {
    let folder = try GitFolder(of: call.directory, call.process.environment)
    let head = Result { () throws(GitError) in try folder.head() }
    let numbers = try Source(call: call).numbers()
    let lines = try lines(of: numbers, head, folder)
    try append(lines, in: folder)
    Recording(call: call).report(numbers.reading.parseNotes)
    if call.settings.common.verbosity == .verbose {
      call.err.line("spooled in \(path(in: folder))")
    }
    return try call.conclude(numbers.reading.failures)
  }

  /// The file that the line is appended to.
  private func path(in folder: GitFolder) -> String {
    switch call.settings.spool {
    case .file(let typed): call.path(typed)
    case .usual, nil: SpooledRuns.usualPath(in: folder.commonPath)
    }
  }

  private func append(_ lines: [RunLine], in folder: GitFolder) throws {
    let path = path(in: folder)
    do throws(SystemError) {
      if call.settings.spool == .usual {
        try Platform.makeFolder("\(folder.commonPath)/perf")
      }
      try LineSpool(path).append(lines.flatMap(\.bytes))
    } catch {
      // The numbers exist nowhere else.
      call.out(try BaselineFile.text(of: lines))
      throw Diagnostic(.failure, "cannot append to '\(path.visible())': \(error)")
        .withUnstoredRuns(in: nil)
    }
  }

  /// The run of the numbers, and the runs that the files hold.
  private func lines(
    of numbers: Source.Numbers, _ head: Result<ObjectID, GitError>, _ folder: GitFolder
  ) throws -> [RunLine] {
    let reading = numbers.reading
    try Recording(call: call).refuseLabels(of: reading)
    if reading.records.contains(where: { $0.run.commit == nil }) {
      throw UsageError(
        "the run belongs to no commit: it was measured with changes",
        hint: "import it without --spool, and name the commit with `--commit <revision>`")
    }
    let own = reading.records.map { RunLine($0) }
    guard !reading.series.isEmpty || !reading.failures.isEmpty else { return own }
    var random = SystemRandomNumberGenerator()
    let run = Run(
      commit: try commit(of: reading, head), tree: nil, recordedAt: .now,
      session: call.settings.session ?? Session.identifier(using: &random),
      suite: call.settings.suite ?? Run.defaultSuite, tool: call.tool,
      environment: Machine.environment().named(by: reading.context),
      series: reading.series, failures: reading.failures, shard: call.settings.shard,
      imported: numbers.digest)
    let line = SpoolLine.bytes(
      of: run, in: folder.commonPath, isSuiteTyped: call.settings.suite != nil,
      // Standard input carries events, and two equal events are two. A file that is imported a second
      // time is the same evidence.
      isAgain: call.settings.isAgain || call.settings.imports.allSatisfy { $0 == "-" })
    return own + [RunLine(line.dropLast())]
  }

  /// The commit that the file names, else that of HEAD.
  private func commit(
    of reading: ParsedResults, _ head: Result<ObjectID, GitError>
  ) throws -> String {
    guard let named = reading.namedCommit else {
      do {
        return try head.get().description
      } catch {
        guard error.kind == .unborn else { throw error }
        throw Diagnostic(.failure, "HEAD has no commit yet", hint: "make a first commit")
      }
    }
    guard !named.isDirty else {
      throw UsageError(
        "the file was measured at \(named.id.prefix(10)) and changes on top of it, which no commit has",
        hint: "import it without --spool, and name the commit with `--commit <revision>`")
    }
    return named.id
  }
}
