import CommandLine
import Git
import Measurements
import Reports

extension LogSession {
  /// `perf-log export`: all numbers, to a file, to standard output or to a store.
  func export() throws -> ExitStatus {
    try checkRuns()
    let branch = try branchLabel()
    var places = scope.runs.dropLast(settings.skip)
    if let last = settings.last { places = places.suffix(last) }
    let source = try ExportSource(self, branch: branch ?? "HEAD", wanted: Array(places))
    if let name = settings.destination {
      guard let branch else {
        throw Diagnostic(
          .usage, "HEAD is on no branch, and the branch is a part of what a store keeps",
          hint: "name it: `perf-log export --to \(name) --branch <name>`")
      }
      return try Exporting(session: self, source: source, branch: branch).run(to: name)
    }
    let format = try question.exportFormat(settings)
    return try write(source, format, to: settings.output)
  }

  /// - Parameter file: The file as it was typed; nil for standard output.
  func write(
    _ source: ExportSource, _ format: ExportFormat, to file: String?
  ) throws -> ExitStatus {
    try checkLabels(source, format)
    let output = try ExportOutput(file, call)
    let skipped = try skippedRuns(scope.skipped)
    let document = ExportDocument(
      tool: call.tool, query: query, skipped: skipped, isOfRounds: settings.rounds)
    var buffer = ExportBuffer()
    format.head(&buffer, document)
    let writer = ExportWriter(source: source, format: format, isOfRounds: settings.rounds)
    let rows = try writer.writeAll(to: &buffer) { buffer, _ in
      if buffer.bytes.count >= ExportBuffer.block { try output.write(buffer.take()) }
    }
    format.foot(&buffer, document)
    try output.write(buffer.take())
    try output.finish()
    if let file, settings.common.verbosity != .quiet {
      call.err.line("\(rows) rows in \(file.visible(limit: 200))")
    }
    report(rows: rows, encoded: buffer.encoded, leftOut: source.leftOut(by: format.kind), format)
    return finish(skipped)
  }

  /// Fails if two labels have one name in a store, before anything is written.
  func checkLabels(_ source: ExportSource, _ format: ExportFormat) throws {
    guard case .points = format.kind else { return }
    func names(_ series: [Int]) -> Set<String> {
      Set(series.flatMap { source.description(of: $0).benchmark.labels.keys })
    }
    // Only where names collide it matters whether their series have any numbers.
    guard (try? PointLabels.check(names(source.series))) == nil else { return }
    let measured = try source.series.filter { place in
      try source.groups(of: place, as: format.kind).contains { !$0.rows.isEmpty }
    }
    do throws(PointLabels.Collision) {
      try PointLabels.check(names(measured))
    } catch {
      let (first, name) = (error.first.visible(limit: 80), error.name.visible(limit: 80))
      throw Diagnostic(
        .usage,
        error.isReserved
          ? "the label '\(first)' would be '\(name)', which every point has or no label may have"
          : "the labels '\(first)' and '\(error.second.visible(limit: 80))' would both be '\(name)'",
        hint: "ndjson, csv and sql carry both, or narrow to series without one of them")
    }
  }

  /// Says on standard error what was written, and what was not.
  func report(rows: Int, encoded: Int, leftOut: Int, _ format: ExportFormat) {
    guard settings.common.verbosity != .quiet else { return }
    if rows == 0 { call.err.line("nothing fits: \(scope.runs.count) runs were looked at") }
    if leftOut > 0 {
      call.err.line(
        "left out: \(LogScope.runs(leftOut)) without a time that \(format.title) can have")
    }
    if encoded > 0 {
      call.err.line(
        "percent-encoded: \(encoded) \(encoded == 1 ? "name" : "names") that \(format.title) "
          + "cannot carry")
    }
    for notice in scope.notices { call.err.line(notice) }
  }

  func finish(_ skipped: [Answer.Skipped]) -> ExitStatus {
    guard !skipped.isEmpty else { return .success }
    for one in skipped.prefix(5) {
      call.err.line("not read: \(one.run.prefix(10)) \(one.reason.visible(limit: 300))")
    }
    if skipped.count > 5 { call.err.line("not read: \(skipped.count - 5) more") }
    call.err.line("perf-log: a part could not be read")
    return .unusable
  }

  /// The name of the branch whose commits are looked at; nil if no branch is checked out and none is
  /// named.
  private func branchLabel() throws -> String? {
    let range = question.range ?? settings.branch ?? "HEAD"
    let dots = range.firstRange(of: "...") ?? range.firstRange(of: "..")
    let tip = dots.map { String(range[$0.upperBound...]) } ?? range
    guard tip.isEmpty || tip == "HEAD" || tip == "@" else { return tip }
    if tip.isEmpty, let branch = settings.branch { return branch }
    let prefix = "refs/heads/"
    return try workspace.repository.branch().map {
      $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0
    }
  }
}

extension LogQuestion {
  /// The format that was typed.
  func exportFormat(_ settings: LogSettings) throws(UsageError) -> ExportFormat {
    let names = ExportFormat.all.map(\.name)
    guard let typed = format else {
      throw UsageError(
        "export needs a format", hint: "there are \(names.joined(separator: ", "))")
    }
    guard let format = ExportFormat.named(typed) else {
      throw UsageError(
        "'\(typed)' is no format of export",
        hint: Suggestion.hint(for: typed, among: names)
          ?? "there are \(names.joined(separator: ", "))")
    }
    guard settings.copies else { return format }
    guard format.name == ExportFormat.sql.name else {
      throw UsageError("--copy is a form of sql", hint: "write `perf-log export sql --copy`")
    }
    return .copy
  }

  /// Checks that the options and the verb fit together.
  func checkOptions(_ settings: LogSettings) throws(UsageError) {
    let own: [(String, Bool)] = [
      ("--rounds", settings.rounds), ("--copy", settings.copies),
      ("--to", settings.destination != nil), ("--output", settings.output != nil),
    ]
    guard verb == .export else {
      if let (name, _) = own.first(where: \.1) {
        throw UsageError(
          "\(name) is for export",
          hint: "`--report json=<file>` writes an answer into a file")
      }
      return
    }
    let others: [(String, Bool)] = [
      ("--report", !settings.reports.isEmpty), ("--by", !settings.groupings.isEmpty),
      ("--percentile", !settings.percentiles.isEmpty), ("--top", settings.top != nil),
      ("--bottom", settings.bottom != nil), ("--of", settings.counted != .rounds),
    ]
    if let (name, _) = others.first(where: \.1) {
      throw UsageError(
        "\(name) does not go with export, which writes each number",
        hint: name == "--report"
          ? "`--output <file>` names its file" : "stats has the figures of groups")
    }
    guard settings.destination != nil else {
      _ = try exportFormat(settings)
      return
    }
    if let format {
      throw UsageError(
        "'\(format)' besides --to", hint: "git's configuration names the kind of the store")
    }
    if settings.copies { throw UsageError("--copy besides --to") }
    if settings.output != nil { throw UsageError("--output besides --to") }
  }
}

extension ExportFormat {
  /// The name in a sentence.
  var title: String { name == ExportFormat.copy.name ? "sql" : name }
}
