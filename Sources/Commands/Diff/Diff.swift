import Git
import History
import Reports
import Verdicts

/// What `perf-diff` can be told.
package struct DiffSettings: ComparingSettings {
  package var common = Common()
  package var comparing = Comparing()
  var exitCode = false

  package init() {}
}

extension Program where Settings == DiffSettings {
  package static let diff = Program(
    interface: Interface(
      program: "perf-diff", version: version,
      abstract: "Compare the numbers of two revisions or files.",
      usage: ["[options] <old> [<new>]", "[options] <old>..<new>"],
      operands: Operands(
        "<revision|file>", completing: .revisionOrFile, count: 1...2,
        help: "two revisions or files, or a range; the newer one is HEAD where it is not given"),
      groups: [
        FlagGroup(
          "Comparing",
          FlagGroup.judging + [
            .switch(
              "exit-code", sets: \.exitCode, help: "exit with the status that perf-gate would have")
          ]),
        .reports, .common,
      ],
      examples: [
        Example("perf-diff v1.2", "what changed since a release"),
        Example("perf-diff main..topic --report markdown", "for a message"),
        Example("perf-diff old.json new.txt", "any two files that perf-record --import reads"),
      ],
      sections: [ExitStatus.help]),
    defaults: DiffSettings(),
    body: { try Diff(call: $0).run() })
}

/// One comparison that judges nobody, unless it is asked to.
struct Diff {
  let call: Call<DiffSettings>

  func run() throws -> ExitStatus {
    let report = try call.reporting {
      let judging = try Workspace.ifAny(call, judging: true)
      let workspace = try judging.map { try ruled($0) }
      let (old, new) = try sides(workspace)
      var resolver = try SideResolver(call, workspace)
      // Two files may be of any machine; beside a commit one is of this.
      let (candidate, part) = try resolver.part(of: new, isOfHere: old.commit != nil)
      let policy = try call.policy(for: part.suite, resolver.configuration)
      let comparison = try resolver.comparison(
        of: part, candidate, against: old, NameHistory(policy.aliases))
      // What judges nobody has no use for a policy that is wrong, but says so.
      let problems = comparison.problems(of: policy, first: 10)
      if call.settings.exitCode, let problem = problems.first { throw problem }
      let report = comparison.report(
        suite: part.suite, policy: policy, isGate: false,
        warnings: resolver.warnings + problems.map(\.message))
      return call.report(report, resolver.configuration)
    }
    guard call.settings.exitCode else { return .success }
    return ExitStatus.mostUrgent(
      report.parts.map { ExitStatus($0.decision.outcome(under: $0.policy)) })
  }

  /// By the rules of the newer side.
  private func ruled(_ workspace: Workspace) throws -> Workspace {
    let isFile = call.operands.count > 1 && OutputFile.exists(call.path(call.operands[1]))
    let question = RulesQuestion(judged: isFile ? nil : try sides(workspace).new.commit)
    return workspace.under(try Rules(question, in: workspace).configuration, call)
  }

  private func sides(_ workspace: Workspace?) throws -> (old: Subject, new: Subject) {
    let operands = call.operands
    if operands.count == 1, let workspace, !OutputFile.exists(call.path(operands[0])),
      let range = Range(operands[0])
    {
      return try range.sides(workspace)
    }
    let old = try Subject(operands[0], in: call, workspace)
    if operands.count > 1 { return (old, try Subject(operands[1], in: call, workspace)) }
    guard let workspace else {
      throw UsageError("nothing to compare '\(operands[0])' with", hint: "name a second file")
    }
    let head = try workspace.commit("HEAD")
    return (old, .commit(head, name: "HEAD"))
  }
}

/// `a..b`, or `a...b` for what b has done since it left a; an empty side is HEAD.
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

  func sides(_ workspace: Workspace) throws -> (old: Subject, new: Subject) {
    let commits = (old: try workspace.commit(old), new: try workspace.commit(new))
    let sides = (
      old: Subject.commit(commits.old, name: old), new: Subject.commit(commits.new, name: new)
    )
    guard fromMergeBase else { return sides }
    let base = try workspace.repository.fork(of: commits.new, from: commits.old)
    return (Subject.commit(base, name: base.id.short), sides.new)
  }
}
