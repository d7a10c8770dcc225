import CommandLine
import Configuration
import Git
import History
import Reports
import Verdicts

/// A fixed point that a candidate is compared with besides its baseline. It shows the sum of many
/// small changes.
struct Anchor {
  let party: AnchorDescription
  let series: GateResult.AnchorSeries

  private init(_ found: PartComparison, _ explanation: String) {
    party = AnchorDescription(party: found.baseline, explanation: explanation)
    series = .series(found.old)
  }

  private init(_ explanation: String, _ series: GateResult.AnchorSeries) {
    party = AnchorDescription(party: nil, explanation: explanation)
    self.series = series
  }
}

extension Anchor {
  /// Finds the anchor that an option or the configuration names.
  ///
  /// - Parameters:
  ///   - named: A revision, a pattern of tags or a file.
  ///   - candidate: The revision or file that is judged.
  /// - Throws: ``Diagnostic`` if nothing has that name.
  init(
    _ named: String, of part: RecordedPart, _ recorded: SelectedRuns, for candidate: RevisionOrFile,
    in call: CommandContext<GateSettings>, _ workspace: Workspace,
    _ resolver: inout SideResolver<GateSettings>
  ) throws {
    let pattern = Pattern(named)
    if pattern.hasWildcards {
      try self.init(newestTag: pattern, of: part, recorded, for: candidate, workspace, &resolver)
      return
    }
    let subject = try Self.subject(named, in: call, workspace)
    guard subject.commit == nil || subject.commit != candidate.commit else {
      self.init("none: '\(named)' is what is judged", .none)
      return
    }
    do {
      self.init(
        try resolver.comparison(of: part, recorded, against: subject, NameHistory()), "as asked")
    } catch let reason as NothingToCompare {
      self.init("none: \(Self.words(reason))", .unavailable)
    }
  }

  /// The anchor; one without series if it has the same runs as the baseline.
  func besides(_ baseline: SideDescription) -> Anchor {
    guard let own = party.party, !own.runs.isEmpty, own.runs == baseline.runs else { return self }
    return Anchor("\(own.name), \(party.explanation), is the baseline", .none)
  }

  /// The reason, and the first of its details.
  private static func words(_ reason: NothingToCompare) -> String {
    let diagnostic = Diagnostic(reason)
    // An anchor is no baseline.
    let message =
      if case .measuredElsewhere = reason { "it was measured on another machine" } else {
        diagnostic.message
      }
    return ([message] + diagnostic.details.prefix(1)).joined(separator: ", ")
  }

  /// The revision or file that the anchor names. A path of the option counts from the caller's
  /// directory, one of the configuration from the top of the work tree.
  private static func subject(
    _ named: String, in call: CommandContext<GateSettings>, _ workspace: Workspace
  ) throws -> RevisionOrFile {
    if call.settings.anchor != nil { return try RevisionOrFile(named, in: call, workspace) }
    let path = workspace.repository.workTree.map { "\($0)/\(named)" }
    if let path, OutputFile.exists(path), !OutputFile.isDirectory(path) {
      return .file(
        try ReadFile(
          path: path, typed: named, suite: call.suite(workspace.configuration),
          prices: workspace.configuration.prices, tool: call.tool))
    }
    guard let commit = try workspace.repository.commitIfPresent(named) else {
      throw Diagnostic(
        .usage,
        "gate.anchor '\(named)' in \(workspace.configuration.place(of: "gate.anchor")) is no revision, "
          + "no file and no pattern of tags",
        hint: "write one like 'v1.2', 'baselines/release.json' or 'v*'")
    }
    return .commit(commit, name: named)
  }
}

extension Anchor {
  /// The newest tag before the candidate that can be compared with. If any tag is in the
  /// candidate's history, the others are not tried.
  private init(
    newestTag pattern: Pattern, of part: RecordedPart, _ recorded: SelectedRuns,
    for candidate: RevisionOrFile, _ workspace: Workspace,
    _ resolver: inout SideResolver<GateSettings>
  ) throws {
    let all = try workspace.repository.tags(named: pattern.matches)
    guard !all.isEmpty else {
      throw Diagnostic(
        .usage, "no tag is like '\(pattern.text)', which the anchor asks for",
        hint: "`git fetch --tags` brings those of the remote")
    }
    let place = try candidate.commit ?? workspace.commit("HEAD")
    let tags = try Self.ordered(all, before: place, workspace.repository)
    guard !tags.isEmpty else {
      self.init("none: no tag like '\(pattern.text)' is older than what is judged", .none)
      return
    }
    var skipped: [String] = []
    for tag in tags.prefix(Self.mostTags) {
      do {
        let match = try resolver.comparison(
          of: part, recorded, against: .commit(tag.commit, name: tag.name), NameHistory())
        let passed = skipped.isEmpty ? "" : ", after \(skipped.joined(separator: ", "))"
        self.init(match, "the newest tag like '\(pattern.text)'\(passed)")
        return
      } catch let reason as NothingToCompare {
        skipped.append("\(tag.name) (\(Self.words(reason)))")
      }
    }
    self.init(
      "none: no tag like '\(pattern.text)' can be compared with: "
        + skipped.joined(separator: ", "), .unavailable)
  }

  /// The largest number of tags that are tried. A release that many others followed is of no use as
  /// an anchor.
  private static let mostTags = 10

  private static func ordered(
    _ tags: [Tag], before candidate: Commit, _ repository: Repository
  ) throws -> [Tag] {
    let newest = tags.filter { $0.commit != candidate }
      .sorted { ($0.time, $0.name) > ($1.time, $1.name) }
    let commits = Set(newest.map(\.commit.id))
    let history = Set(
      try repository.ancestors(of: candidate.id, among: commits, first: mostTags))
    guard history.isEmpty else { return newest.filter { history.contains($0.commit.id) } }
    let time = try repository.time(of: candidate)
    return newest.filter { $0.time <= time }
  }
}

extension Gate {
  /// The anchor that an option or the configuration asks for; nil if neither does.
  func anchor(
    besides comparison: PartComparison, of part: RecordedPart, _ candidate: SelectedRuns,
    for subject: RevisionOrFile, in workspace: Workspace,
    _ resolver: inout SideResolver<GateSettings>
  ) throws -> Anchor? {
    let settings = call.settings
    let named = settings.noBaseline ? nil : settings.anchor ?? workspace.configuration.anchor
    return try named.map {
      try Anchor($0, of: part, candidate, for: subject, in: call, workspace, &resolver)
        .besides(comparison.baseline)
    }
  }
}
