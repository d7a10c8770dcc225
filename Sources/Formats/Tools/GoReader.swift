import Measurements

/// Reads the lines of `go test -bench` one after the other.
///
/// The format mixes results with text that the benchmarks print. Each kind of line is read, skipped
/// on purpose, or an error. A line that looks like a result is never dropped.
struct GoReader {
  let input: Input
  /// The settings above results. The last one applies to the next result, unless ``isChanged``
  /// is true.
  private var configs: [[String: String]] = []
  private var config: [String: String] = [:]
  private var isChanged = true
  /// The keys of all settings.
  private var keys: Set<String> = []
  private var units = GoUnits()
  private var results: [GoTable.Entry] = []
  private var failures = GoFailures()
  private var parseNotes: [ParseNote] = []
  /// A name whose result has not been read. `go test -v` prints names first, and the output of a
  /// benchmark may be between its name and its result.
  private var pending: Announcement?
  /// The number of processes that have ended. A process ends with `PASS`, `ok` or `FAIL`.
  private var process = 0
  private var isLastResult = false

  private struct Announcement {
    let name: Substring
    let line: Line
    let log: String
    /// True if the line has a number, so that it may be a result that is not understood.
    let looksLikeResult: Bool
  }

  init(_ input: Input) {
    self.input = input
  }

  mutating func read(_ line: Line) throws(InputError) {
    let count = results.count
    defer { isLastResult = results.count > count }
    if GoResult.isName(line.text) {
      let fields = line.fields
      if let mark = GoMark(fields) { try read(mark) } else { try readNamed(line, fields) }
    } else if line.text.utf8.contains(UInt8(ascii: ":")), let mark = GoMark(line.fields) {
      try read(mark)
    } else if try units.read(line, of: input) {
      return
    } else if let setting = GoSetting(line.text) {
      set(setting)
    } else if GoEnd(line.text) != nil {
      try end(line)
    } else {
      try readOther(line)
    }
  }

  /// The largest number of different settings. Text with more of them is output of the benchmarks.
  private static let mostSettings = 100

  private mutating func set(_ setting: GoSetting) {
    guard keys.contains(setting.key) || keys.count < Self.mostSettings else {
      if !parseNotes.contains(where: { $0.description.hasSuffix(Self.tooMany) }) {
        parseNotes.append(ParseNote(.warning, "\(input.name): \(Self.tooMany)"))
      }
      return
    }
    keys.insert(setting.key)
    isChanged = isChanged || config[setting.key] != setting.value
    config[setting.key] = setting.value
  }

  private static let tooMany =
    "more than \(mostSettings) settings: what comes later is taken for output"

  mutating func finish() throws(InputError) -> ParsedResults {
    try dropPending()
    failures.finish()
    if let last = input.bytes.last, last != UInt8(ascii: "\n"), isLastResult, units.endsInNew {
      parseNotes.append(
        ParseNote(.warning, "\(input.name): the last line has no end: see whether it was cut off"))
    }
    let table = GoTable(entries: results, configs: configs, failures: failures.all, input: input)
    return try table.reading(units: units, parseNotes: parseNotes)
  }

  private mutating func readNamed(_ line: Line, _ fields: [Substring]) throws(InputError) {
    let name = fields[0].dropFirst("Benchmark".count)
    try dropPending(for: name)
    if fields.count > 1, GoResult.isCount(fields[1]) {
      return add(try GoResult(name: name, fields.dropFirst(), in: &units, on: line, of: input))
    }
    pending = Announcement(
      name: name, line: line, log: fields.dropFirst().joined(separator: " "),
      looksLikeResult: fields.dropFirst().contains { GoResult.number($0) != nil })
  }

  /// Reads a line without any mark: the rest of a split result, or output of a program.
  private mutating func readOther(_ line: Line) throws(InputError) {
    failures.note(line.text)
    let fields = line.fields
    guard GoResult.hasResult(in: fields) else { return }
    guard let announced = pending, GoResult.isCount(fields[0]) else {
      throw input.error(
        "a result without a benchmark's name", line: line.number, text: String(line.text))
    }
    pending = nil
    add(try GoResult(name: announced.name, fields[...], in: &units, on: line, of: input))
  }

  private mutating func read(_ mark: GoMark) throws(InputError) {
    switch mark.kind {
    case .fail:
      pending = nil
      failures.begin(mark.subject, config: config)
    case .skip:
      pending = nil
      parseNotes.append(
        ParseNote(.importSummary, "\(input.name): '\(mark.subject)' skipped itself"))
    case .bench: return
    }
  }

  private mutating func end(_ line: Line) throws(InputError) {
    guard let end = GoEnd(line.text) else { return }
    if end.failed, let announced = pending {
      pending = nil
      failures.begin("Benchmark" + announced.name, config: config, reason: announced.log)
    }
    try dropPending()
    failures.end(end)
    process += 1
  }

  private mutating func add(_ result: GoResult) {
    if isChanged {
      configs.append(config)
      isChanged = false
    }
    results.append(GoTable.Entry(result: result, config: configs.count - 1, process: process))
  }

  /// Ends the wait for the result of an announced name.
  ///
  /// If the next name is the same, a sub-benchmark of it, or the name with its processor count,
  /// there is no warning.
  private mutating func dropPending(for next: Substring? = nil) throws(InputError) {
    guard let dropped = pending else { return }
    pending = nil
    guard !dropped.looksLikeResult else {
      throw input.error(
        "looks like a result and is not understood", line: dropped.line.number,
        text: String(dropped.line.text))
    }
    let heirs = ["/", "-"].map { dropped.name + $0 }
    if let next, next == dropped.name || heirs.contains(where: next.hasPrefix) { return }
    parseNotes.append(
      ParseNote(
        .warning,
        "\(input.name):\(dropped.line.number): 'Benchmark\(dropped.name)' has no result"))
  }
}

extension GoResult {
  /// True if the fields contain a count, a number and `ns/op` in sequence.
  static func hasResult(in fields: [Substring]) -> Bool {
    fields.indices.dropFirst(2).contains { index in
      fields[index] == "ns/op" && number(fields[index - 1]) != nil && isCount(fields[index - 2])
    }
  }
}
