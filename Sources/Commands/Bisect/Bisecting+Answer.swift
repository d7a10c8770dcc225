import CommandLine
import Git
import Measurements
import Reports
import Statistics
import Verdicts

extension Bisecting {
  /// The end of a bisection that leaves several commits, or found nothing that can be measured.
  func end(
    _ found: Place, on line: CommitLine, of main: CommitLine, _ target: BisectionTarget,
    probability: Double
  ) throws -> BisectionEnd {
    let skipped = state.skippedIDs
    let inner = line.commits.dropFirst().dropLast()
    if found.isFound, line.merge == nil, !inner.isEmpty,
      inner.allSatisfy({ skipped.contains($0.id) })
    {
      let reasons = state.skipped.filter { one in inner.contains { $0.id == one.commit } }
      throw EndError(
        diagnostic: Diagnostic(
          .unusable, "none of the \(inner.count) commits between the ends can be measured",
          hint: "`perf-bisect --prepare <command>` says how to build them",
          details: reasons.prefix(5).map { "\($0.commit.short): \($0.reason)" }))
    }
    let commits = try line.commits[found.range].map(described)
    let reason =
      if found.isFound {
        "the commits that are left cannot be measured"
      } else if launched >= Self.mostLaunches {
        "\(launched) launches did not decide it"
      } else { "time was up" }
    let answer = BisectionAnswer(
      finding: .range(commits, isOfSkipped: found.isFound), row: target.row,
      metric: metric(of: target), isSwapped: state.request.isSwapped, confidence: probability,
      effort: effort(on: main), skipped: try skippedWords(),
      note: line.merge.map {
        "they came with the merge \($0.id.short)"
      })
    return BisectionEnd(
      status: .inconclusive, text: answer.text,
      last: "undecided, as \(reason)",
      isFinal: found.isFound)
  }

  func named(
    _ commit: Commit, after before: Commit, on line: CommitLine, of main: CommitLine,
    _ target: BisectionTarget, probability: Double, note: String? = nil
  ) throws -> BisectionEnd {
    let inside = line.merge.flatMap { merge in
      merge == commit ? nil : "it came with the merge \(merge.id.short)"
    }
    let result = verdict(on: commit, after: before, on: line, target)
    // The two were measured again, and the change is not there.
    let isContradicted = result.map { [.unchanged, .notWorse].contains($0.verdict.kind) } ?? false
    let doubt =
      "but measured in turns with the commit before it, it shows no such change: "
      + "there may be several changes between the ends"
    let answer = BisectionAnswer(
      finding: .culprit(try described(commit), after: before.id.short, result),
      row: target.row, metric: metric(of: target), isSwapped: state.request.isSwapped,
      confidence: probability, effort: effort(on: main), skipped: try skippedWords(),
      note: isContradicted ? doubt : note ?? inside)
    return isContradicted
      ? BisectionEnd(
        status: .inconclusive, text: answer.text,
        last: "undecided, as \(commit.id.short) shows no such change by itself", isFinal: true)
      : BisectionEnd(
        status: .success, text: answer.text, last: "found \(commit.id.short)", isFinal: true)
  }

  /// The gate's verdict on a commit and the one before, by what was measured of both.
  private func verdict(
    on commit: Commit, after before: Commit, on line: CommitLine, _ target: BisectionTarget
  ) -> SeriesResult? {
    let turns = state.turns(of: CommitPair(old: before.id, new: commit.id))
    func all(_ commit: Commit) -> [Series] {
      let place = line.position(of: commit.id, tree: commit.tree)
      return state.launches.filter { position(of: $0, on: line) == place }.flatMap(\.run.series)
        .pooled()
    }
    // Launches in turns share the moods of the machine.
    let isPaired = turns.rounds >= 5
    let old = series(of: target, in: isPaired ? turns.old : all(before))
    let new = series(of: target, in: isPaired ? turns.new : all(commit))
    let standings =
      isPaired
      ? Dictionary(
        new.map { ($0.id, Standing(interleaving: turns.interleaving)) },
        uniquingKeysWith: { a, _ in a }) : [:]
    let result = GateResult(
      old: old, new: new,
      context: BaselineContext(standings: standings, allowsNoBaseline: true), policy: setUp.policy)
    let results = result.familyResult.seriesResults
    return results.first { $0.id == target.row } ?? results.first
  }

  private func metric(of target: BisectionTarget) -> Metric {
    state.launches.lazy.flatMap(\.run.series).first { target.members.contains($0.id) }?.metric
      ?? Metric(target.row.metric, .one)
  }

  private func effort(on main: CommitLine) -> BisectionAnswer.Effort {
    BisectionAnswer.Effort(
      launches: state.launches.count, measured: Set(state.launches.map(\.commit)).count,
      commits: main.length, seconds: totalSeconds)
  }

  private func skippedWords() throws -> [String] {
    try state.skipped.map { one in
      let subject = try workspace.repository.subject(of: one.commit)
      return "\(one.commit.short) \(subject.visible(limit: 50)): \(one.reason.visible(limit: 200))"
    }
  }

  private func described(_ commit: Commit) throws -> BisectionAnswer.Commit {
    BisectionAnswer.Commit(
      id: commit.id.description, subject: try workspace.repository.subject(of: commit.id),
      time: Timestamp(secondsSince1970: try workspace.repository.authorTime(of: commit.id)))
  }
}
