import CommandLine
import Configuration
import Git
import History
import Reports
import Verdicts

/// The settings of `perf-diff`.
package struct DiffSettings: ComparingSettings {
  package var common = Common()
  package var comparing = Comparing()
  var exitCode = false
  /// The label whose values are compared with each other.
  var by: LabelChoice?

  package init() {}
}

extension Program where Settings == DiffSettings {
  package static let diff = Program(
    spec: CommandSpec(
      program: "perf-diff", version: version,
      abstract: "Compare the numbers of two revisions or files.",
      usage: [
        "[options] <old> [<new> ...]", "[options] <old>..<new>",
        "[options] --by label:<name>[=<base>] [<revision|file>]",
      ],
      operands: Operands(
        "<revision|file>", completing: .revisionOrFile, count: 0...100,
        help:
          "two revisions or files, or a range; the newer one is HEAD where it is not given; of more "
          + "each is compared with the first, in one table"),
      groups: [
        FlagGroup(
          "Comparing",
          FlagGroup.judging + [
            .option(
              "by", .label, sets: \.by,
              help: "compare the values of a label within one run (HEAD)",
              details:
                "each with the first of them, or with the one that is named: `label:size=1MB`"),
            .switch(
              "exit-code", sets: \.exitCode, help: "exit with the status that perf-gate would have"),
          ]),
        .reports, .common,
      ],
      examples: [
        Example("perf-diff v1.2", "what changed since a release"),
        Example("perf-diff main..topic --report markdown", "for a message"),
        Example("perf-diff v1.0 v1.1 v1.2", "several releases in one table"),
        Example("perf-diff --by label:allocator", "variants that one run measured"),
        Example("perf-diff old.json new.txt", "any two files that perf-record --import reads"),
      ],
      sections: [ExitStatus.help]),
    defaults: DiffSettings(),
    body: { try Diff(call: $0).run() })
}

/// A comparison of revisions or files. It fails nothing, unless `--exit-code` asks for that.
struct Diff {
  let call: CommandContext<DiffSettings>

  func run() throws -> ExitStatus {
    let report = try call.reporting {
      try call.check(UsageRule.diff)
      let judging = try Workspace.ifAny(call, judging: true)
      let workspace = try judging.map { try ruled($0) }
      var resolver = try SideResolver(call, workspace)
      let parts = try comparisons(workspace, &resolver).map { compared in
        // Without --exit-code nothing is judged, so mistakes in the policy are warnings.
        let problems = compared.comparison.problems(of: compared.policy, first: 10)
        if call.settings.exitCode, let problem = problems.first { throw problem }
        return compared.comparison.report(
          suite: compared.suite, policy: compared.policy, isGate: false,
          warnings: resolver.warnings + problems.map(\.message))
      }
      return Report(
        tool: call.tool, project: resolver.configuration.project, parts: parts)
    }
    guard call.settings.exitCode else { return .success }
    return ExitStatus.mostUrgent(
      report.parts.map { ExitStatus($0.decision.outcome(under: $0.policy)) })
  }

  /// A comparison and the policy that it is made under.
  private struct Compared {
    let suite: String
    let policy: Policy
    let comparison: PartComparison
  }

  private func comparisons(
    _ workspace: Workspace?, _ resolver: inout SideResolver<DiffSettings>
  ) throws -> [Compared] {
    if let label = call.settings.by {
      let (candidate, part) = try resolver.part(of: try only(workspace))
      let policy = try call.policy(for: part.suite, resolver.configuration)
      let all = try PartComparison.byLabel(label, part, of: candidate)
      if all.count > 1, let error = call.errorOfRenderings { throw error }
      return all.map { Compared(suite: part.suite, policy: policy, comparison: $0) }
    }
    let subjects = try subjects(workspace)
    return try subjects.dropFirst().map { new in
      // Two files may come from any machine. A file beside a commit is from this machine.
      let (candidate, part) = try resolver.part(of: new, isOfHere: subjects[0].commit != nil)
      let policy = try call.policy(for: part.suite, resolver.configuration)
      return Compared(
        suite: part.suite, policy: policy,
        comparison: try resolver.comparison(
          of: part, candidate, against: subjects[0], NameHistory(policy.aliases)))
    }
  }

  /// Returns the only side, whose labels are compared.
  private func only(_ workspace: Workspace?) throws -> RevisionOrFile {
    if let name = call.operands.first { return try RevisionOrFile(name, in: call, workspace) }
    guard let workspace else {
      throw UsageError("nothing to compare within", hint: "name a file")
    }
    return .commit(try workspace.commit("HEAD"), name: "HEAD")
  }

  /// Returns the workspace under the rules of the newest side.
  private func ruled(_ workspace: Workspace) throws -> Workspace {
    let last = call.operands.last.map { OutputFile.exists(call.path($0)) } ?? false
    let isFile = (call.operands.count > 1 || call.settings.by != nil) && last
    let newest =
      try isFile
      ? nil
      : call.settings.by == nil
        ? subjects(workspace).last?.commit : only(workspace).commit
    return workspace.under(
      try Rules(RulesQuestion(judged: newest), in: workspace).configuration, call)
  }

  /// Returns all sides, the old side first.
  private func subjects(_ workspace: Workspace?) throws -> [RevisionOrFile] {
    guard call.operands.count > 2 else {
      let (old, new) = try sides(workspace)
      return [old, new]
    }
    return try call.operands.map { try RevisionOrFile($0, in: call, workspace) }
  }

  private func sides(_ workspace: Workspace?) throws -> (old: RevisionOrFile, new: RevisionOrFile) {
    let operands = call.operands
    if operands.count == 1, let workspace, !OutputFile.exists(call.path(operands[0])),
      let range = Range(operands[0])
    {
      return try range.sides(workspace)
    }
    let old = try RevisionOrFile(operands[0], in: call, workspace)
    if operands.count > 1 { return (old, try RevisionOrFile(operands[1], in: call, workspace)) }
    guard let workspace else {
      throw UsageError("nothing to compare '\(operands[0])' with", hint: "name a second file")
    }
    let head = try workspace.commit("HEAD")
    return (old, .commit(head, name: "HEAD"))
  }
}

/// A range of revisions: `a..b`, or `a...b` for the changes of b since it branched off a. An empty
/// side is HEAD.
private struct Range {
  let old: String
  let new: String
  let fromMergeBase: Bool

  init?(_ text: String) {
    let isPath = ["/", "./", "../"].contains(where: text.hasPrefix)
    guard !isPath, let dots = text.firstRange(of: "...") ?? text.firstRange(of: "..") else {
      return nil
    }
    func side(_ text: Substring) -> String { text.isEmpty ? "HEAD" : String(text) }
    old = side(text[..<dots.lowerBound])
    new = side(text[dots.upperBound...])
    fromMergeBase = text[dots] == "..."
  }

  func sides(_ workspace: Workspace) throws -> (old: RevisionOrFile, new: RevisionOrFile) {
    let commits = (old: try workspace.commit(old), new: try workspace.commit(new))
    let sides = (
      old: RevisionOrFile.commit(commits.old, name: old),
      new: RevisionOrFile.commit(commits.new, name: new)
    )
    guard fromMergeBase else { return sides }
    let base = try workspace.repository.fork(of: commits.new, from: commits.old)
    return (RevisionOrFile.commit(base, name: base.id.short), sides.new)
  }
}
