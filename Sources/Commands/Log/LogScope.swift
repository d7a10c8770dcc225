import CommandLine
import Git
import History
import Measurements

/// The runs that a question is about.
struct LogScope {
  let index: HistoryIndex
  let branch: LogBranch
  /// The place on the branch of each run, from the newest commit; nil for a run off the branch.
  let places: [Int?]
  /// The places, in the list of runs, of those that were asked for; the oldest first.
  let runs: [Int]
  /// The key of the only machine; nil for all.
  let machine: MachineChoice
  let since: Int64?
  let until: Int64?
  /// Sentences about what was left out.
  let notices: [String]
  let skipped: [SkippedLine]
  let isWithoutAnyRun: Bool
  /// The suite and the machine of each run, as a place in ``homeNames``.
  let homes: [Int]
  /// The suites and machines, in alphabetical order.
  let homeNames: [Home]

  /// A suite on a machine.
  struct Home: Hashable {
    let suite: String
    let machine: String?
  }

  /// The machines that a question is about.
  enum MachineChoice {
    case any
    case only(Set<String>, Environment?)
  }

  func isWanted(_ run: Int) -> Bool { wanted[run] }

  private let wanted: [Bool]

  init(
    _ index: HistoryIndex, _ branch: LogBranch, _ call: CommandContext<LogSettings>,
    _ workspace: Workspace, verb: LogVerb
  ) throws {
    let settings = call.settings
    self.index = index
    self.branch = branch
    let now = Timestamp.now.secondsSince1970
    let git = GitProgram(call)
    var since = try settings.since.map { try TypedTime($0, option: "--since", git).seconds }
    until = try settings.until.map { try TypedTime($0, option: "--until", git).seconds }
    if let since, let until, until <= since {
      throw UsageError(
        "--until is not after --since", hint: "the first run that is left out is that of --until")
    }
    if since == nil, settings.last == nil, let days = verb.days {
      since = (until ?? now) - Int64(days) * 86_400
    }
    self.since = since
    let places = index.runs.map(branch.place)
    self.places = places
    let origins = index.origins
    let own = origins.map { Home(suite: $0.suite, machine: $0.environment?.key) }
    let names = Set(own).sorted { ($0.suite, $0.machine ?? "") < ($1.suite, $1.machine ?? "") }
    let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    homeNames = names
    let homeOfOrigin = own.map { order[$0] ?? 0 }
    homes = index.runs.map { homeOfOrigin[$0.origin.number] }
    var notices: [String] = []
    let suites = Set(settings.suites)
    let isOfSuites = origins.map { suites.isEmpty || suites.contains($0.suite) }
    let inRange = index.runs.indices.filter { place in
      guard isOfSuites[index.runs[place].origin.number] else { return false }
      // A commit that is named is shown wherever it lies.
      return settings.all || verb == .show || places[place] != nil
    }
    let (from, to) = (since, until)
    let inTime = inRange.filter { place in
      let time = index.runs[place].time
      return (from.map { (time ?? .min) >= $0 } ?? true)
        && (to.map { (time ?? .min) < $0 } ?? true)
    }
    isWithoutAnyRun = inRange.isEmpty
    if settings.since == nil, inTime.count < inRange.count,
      let from = since.flatMap({ Timestamp(secondsSince1970: $0) })
    {
      notices.append(
        "\(Self.runs(inRange.count - inTime.count)) recorded before "
          + "\(from.description.prefix(10)) are left out: `--since <time>` shows them")
    }
    machine = try Self.machine(
      settings.machine ?? (verb == .export || verb == .show ? "any" : nil), inTime, inRange, index,
      workspace)
    let choice = machine
    let isOfMachine = origins.map { choice.includes($0.environment?.key) }
    let ofMachine = inTime.filter { isOfMachine[index.runs[$0].origin.number] }
    if ofMachine.count < inTime.count {
      let others = inTime.map { index.runs[$0].environment?.key }.filter { !choice.includes($0) }
      let keys = Set(others).count
      notices.append(
        "\(Self.runs(inTime.count - ofMachine.count)) of \(keys == 1 ? "another machine" : "\(keys) other machines") "
          + "\(inTime.count - ofMachine.count == 1 ? "is" : "are") left out: `--machine any` shows them"
      )
    }
    if !settings.all {
      let off = index.runs.indices.count { places[$0] == nil }
      if off > 0, verb == .runs {
        notices.append(
          "\(Self.runs(off)) of commits off \(branch.name.visible()) \(off == 1 ? "is" : "are") left out: "
            + "`--all` shows them")
      }
    }
    runs = ofMachine
    var wanted = [Bool](repeating: false, count: index.runs.count)
    for run in ofMachine { wanted[run] = true }
    self.wanted = wanted
    let only: String? =
      if case .only(let keys, _) = machine, keys.count == 1 { keys.first } else { nil }
    skipped = index.skipped.filter { line in
      line.mayBe(of: suites, on: only) && (settings.all || verb == .show || branch.mayHave(line))
    }
    self.notices = notices
  }

  static func runs(_ count: Int) -> String { count == 1 ? "1 run" : "\(count) runs" }

  /// The machines for what was typed, and for nothing: this one if it has any run, else the one with
  /// most.
  private static func machine(
    _ typed: String?, _ runs: [Int], _ all: [Int], _ index: HistoryIndex, _ workspace: Workspace
  ) throws -> MachineChoice {
    if typed == "any" { return .any }
    func environment(_ key: String) -> Environment? {
      all.lazy.compactMap { index.runs[$0].environment }.last { $0.key == key }
    }
    guard let typed, typed != "this" else {
      let here = workspace.machine.key
      let origins = index.origins
      var runsOfOrigin = [Int](repeating: 0, count: origins.count)
      for run in runs { runsOfOrigin[index.runs[run].origin.number] += 1 }
      let keys = origins.compactMap { origin in
        let count = runsOfOrigin[origin.number]
        return count == 0 ? nil : origin.environment.map { (key: $0.key, count: count) }
      }
      if keys.contains(where: { $0.key == here }) { return .only([here], workspace.machine) }
      if typed == "this" {
        throw Diagnostic(
          .nothingToCompare, "no run here is of this machine, \(here)",
          hint: "`--machine any` takes those of all machines")
      }
      let counts = Dictionary(keys.map { ($0.key, $0.count) }, uniquingKeysWith: +)
      guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
        return .any
      }
      return .only([most.key], environment(most.key))
    }
    let known = Dictionary(
      all.compactMap { index.runs[$0].environment }.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    let named = known.values.filter { one in
      one.key == typed
        || one.labels.contains { $0.value == typed || "\($0.key)=\($0.value)" == typed }
    }
    let fitting =
      named.isEmpty ? known.values.filter { typed.count >= 4 && $0.key.hasPrefix(typed) } : named
    guard !fitting.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "no run here is of a machine '\(typed)'",
        hint: known.isEmpty
          ? "`--machine any` takes all"
          : "there are \(known.keys.sorted().prefix(5).joined(separator: ", "))")
    }
    return .only(Set(fitting.map(\.key)), fitting.count == 1 ? fitting.first : nil)
  }
}

extension LogScope.MachineChoice {
  func includes(_ key: String?) -> Bool {
    switch self {
    case .any: true
    case .only(let keys, _): key.map(keys.contains) ?? false
    }
  }

  /// The machine in the line above an answer.
  var words: String {
    switch self {
    case .any: "all machines"
    case .only(let keys, let environment):
      keys.count == 1
        ? "machine \((keys.first ?? "").visible(limit: 60))"
          + (environment.map { $0.cpu.isEmpty ? "" : " (\($0.cpu.visible(limit: 60)))" } ?? "")
        : "\(keys.count) machines"
    }
  }
}
