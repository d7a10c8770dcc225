import CommandLine
import Git
import Measurements
import Reports
import Statistics
import Verdicts

extension Bisecting {
  /// Looks for the culprit on a line, and in the branch of a merge that is the culprit there.
  func search(_ main: CommitLine, for target: BisectionTarget) throws -> BisectionEnd {
    var line = main
    var probability = 1.0
    var depth = 0
    while true {
      if let entered = try enter(state.merges.dropFirst(depth).first, of: line) {
        // It was found before an interruption.
        (line, depth) = (entered, depth + 1)
        continue
      }
      if depth > 0 { try measureEnds(of: line, for: target) }
      let found = try place(on: line, for: target)
      let inside = found.posterior.probability(of: found.range)
      guard found.isFound, found.range.count == 1 else {
        return try end(found, on: line, of: main, target, probability: probability * inside)
      }
      show(found.posterior, on: line)
      let place = found.range.lowerBound
      let commit = line.commits[place]
      if try hasMeasuredTurns(place, on: line, for: target) { continue }
      probability *= inside
      if let merge = line.merge, commit == merge || commit.id == line.fork {
        return try named(
          merge, after: line.commits[0], on: line, of: main, target, probability: probability,
          note: commit == merge
            ? "no commit of the merged branch brings it: it comes of both sides together"
            : "the merged branch began at \(commit.id.short), which differs from the commit before the merge"
        )
      }
      guard let inner = try lines.line(into: place, of: line) else {
        return try named(
          commit, after: line.commits[place - 1], on: line, of: main, target,
          probability: probability)
      }
      state.merges.append(commit.id)
      try save()
      progress.announce(
        "\(commit.id.short) is a merge: looking into its branch of \(inner.last) commits")
      (line, depth) = (inner, depth + 1)
    }
  }

  /// Measures a culprit and the commit before it in turns, until the gate's rule says that they
  /// differ, or at most ten rounds.
  ///
  /// Its launches so far were in few batches, so that a mood of the machine may have been in all of
  /// them.
  ///
  /// - Returns: True if anything was measured: then the culprit may be another one.
  private func hasMeasuredTurns(
    _ place: Int, on line: CommitLine, for target: BisectionTarget
  ) throws -> Bool {
    do {
      return try measureTurns(place, on: line, for: target)
    } catch let error as EndError {
      guard let commit = error.commit, let reason = error.reason, commit != line.commits[0],
        commit != line.commits[line.last], !isOver
      else { throw error }
      try skip(commit, reason)
      return true
    }
  }

  private func measureTurns(
    _ place: Int, on line: CommitLine, for target: BisectionTarget
  ) throws -> Bool {
    let (old, new) = (line.commits[place - 1], line.commits[place])
    let pair = CommitPair(old: old.id, new: new.id)
    let before = state.launches.count
    var test = SequentialTest(
      policy: setUp.policy, context: BaselineContext(allowsNoBaseline: true))
    while let look = test.next, look.rounds <= Self.mostTurns {
      let wanted = setUp.plan.rounds(at: look)
      while state.turns(of: pair).rounds < wanted, !isOver {
        progress.tell("measuring it and its parent")
        let builds = (try endBuild(old), try endBuild(new))
        try measureRound(of: builds.0, builds.1) { build, pair in
          if let reason = try failure(of: build, for: target, in: pair) {
            throw EndError(reason, build.commit)
          }
        }
      }
      let turns = state.turns(of: pair)
      guard turns.rounds >= wanted else { break }
      let (one, other) = (series(of: target, in: turns.old), series(of: target, in: turns.new))
      let standings = Dictionary(
        other.map { ($0.id, Standing(interleaving: turns.interleaving)) },
        uniquingKeysWith: { a, _ in a })
      test.look(old: one, new: other, standings: standings)
      let kinds = test.familyResult.seriesResults.map(\.verdict.kind)
      if kinds.contains(where: { [.regression, .improvement].contains($0) }) { break }
    }
    if state.launches.count > before { try save() }
    return state.launches.count > before
  }

  /// The most rounds in which a culprit and the commit before it are measured in turns.
  private static let mostTurns = 10

  /// The series of a target among all, as they are judged.
  func series(of target: BisectionTarget, in all: [Series]) -> [Series] {
    let members = Set(target.members)
    return BisectedSeries(state.request, among: target.members.map(\.benchmark.name))
      .wanted(all.filter { members.contains($0.id) })
  }

  /// The line into a merge that was found before; nil if there is none on this line.
  private func enter(_ merge: ObjectID?, of line: CommitLine) throws -> CommitLine? {
    guard let place = line.commits.firstIndex(where: { $0.id == merge }), place > 0 else {
      return nil
    }
    return try lines.line(into: place, of: line)
  }

  /// The place of the culprit on a line.
  struct Place {
    /// The candidates that are left: one if the culprit is found.
    let range: ClosedRange<Int>
    /// True if nothing that can be measured makes the range smaller.
    let isFound: Bool
    let posterior: CulpritPosterior
  }

  private func place(on line: CommitLine, for target: BisectionTarget) throws -> Place {
    // The launches in turns come after it, so that one of each is enough here.
    let rule = BisectionRule(confidence: state.request.confidence, fewest: 1)
    builds.pinned = line.commits[0].tree
    let sessions = Set(state.sessions.map(\.id))
    let stored = StoredLevels(
      of: target, on: line, suite: setUp.suite, isSwapped: state.request.isSwapped, in: workspace
    ) { header in !(header.session.map(sessions.contains) ?? false) }
    while true {
      let posterior = posterior(of: line, for: target, stored.factors)
      switch posterior.step(
        rule: rule, costs: costs(on: line, posterior, batch: rule.batch))
      {
      case .found(let range): return Place(range: range, isFound: true, posterior: posterior)
      case .measure(let batch):
        guard !isOver else {
          return Place(
            range: posterior.range(holding: rule.confidence), isFound: false, posterior: posterior)
        }
        show(posterior, on: line)
        try measure(batch, on: line, for: target)
        try save()
      }
    }
  }

  /// How likely each commit of a line is the culprit, by all launches of its commits.
  private func posterior(
    of line: CommitLine, for target: BisectionTarget, _ factors: [Double]
  ) -> CulpritPosterior {
    let skipped = state.skippedIDs
    let launches = state.launches.flatMap { launch -> [BisectionLaunch] in
      guard !skipped.contains(launch.commit), let position = position(of: launch, on: line) else {
        return []
      }
      return launch.values(of: target).map {
        BisectionLaunch(
          position: position, value: $0, session: launch.session, batch: launch.batch)
      }
    }
    return CulpritPosterior(
      prior: line.prior(skipping: skipped, factors: factors),
      evidence: target.isOutcome
        ? BisectionEvidence(outcomes: launches) : BisectionEvidence(values: launches))
  }

  func position(of launch: MeasuredLaunch, on line: CommitLine) -> Int? {
    line.position(of: launch.commit, tree: launch.run.tree.flatMap(ObjectID.init))
  }

  private func measure(
    _ batch: BisectionBatch, on line: CommitLine, for target: BisectionTarget
  ) throws {
    let commit = line.commits[batch.position]
    let isEnd = batch.position == 0 || batch.position == line.last
    if !isEnd {
      do {
        _ = try builds.build(of: commit)
      } catch let reason as Unmeasurable {
        // A launch that was ended because time was up says nothing about the commit.
        return isOver ? () : try skip(commit, reason)
      }
    }
    beginBatch()
    for position in batch.order {
      guard !isOver else { return }
      let own = line.commits[position]
      let build = try position == batch.position && !isEnd ? builds.build(of: own) : endBuild(own)
      progress.tell("measuring \(own.id.short)")
      guard let reason = try failure(of: build, for: target) else { continue }
      if isOver { return }
      guard position == batch.position, !isEnd else { throw EndError(reason, own) }
      return try skip(commit, reason)
    }
  }

  /// Launches a commit once.
  ///
  /// - Returns: The reason why it has no value for the target; nil if it has.
  private func failure(
    of build: CommitBuild, for target: BisectionTarget, in pair: CommitPair? = nil
  ) throws -> Unmeasurable? {
    let count = state.launches.count
    let round = try launch(build, only: Set(target.jobs), in: pair)
    if let failure = round.failures.compactMap(\.self).first {
      state.launches.removeSubrange(count...)
      return failure
    }
    guard state.launches.count > count, let last = state.launches.last,
      !last.values(of: target).isEmpty
    else {
      return Unmeasurable(
        reason: "has no \(target.row.metric) of '\(target.row.benchmark)'")
    }
    return nil
  }

  /// Launches both ends of the line through a branch in turns until each has enough launches to know
  /// its level.
  private func measureEnds(of line: CommitLine, for target: BisectionTarget) throws {
    let fewest = 5
    func count(_ position: Int) -> Int {
      state.launches.count { self.position(of: $0, on: line) == position }
    }
    builds.pinned = line.commits[0].tree
    while min(count(0), count(line.last)) < 1 || min(count(0), count(line.last)) < fewest && !isOver
    {
      let ends = (try endBuild(line.commits[0]), try endBuild(line.commits[line.last]))
      try measureRound(of: ends.0, ends.1) { build, pair in
        if let reason = try failure(of: build, for: target, in: pair) {
          throw EndError(reason, build.commit)
        }
      }
      try save()
    }
  }

  /// Shows the posterior as a picture, and its most likely commit.
  private func show(_ posterior: CulpritPosterior, on line: CommitLine) {
    let probabilities = (1...line.last).map { posterior.probability(of: $0) }
    let suspects = posterior.suspects
    let commit = line.commits[suspects.upperBound]
    let percent = Int((posterior.probability(of: suspects) * 100).rounded(.down))
    let subject = (try? workspace.repository.subject(of: commit.id)) ?? ""
    progress.show(
      "[\(Sparkline.text(probabilities, width: 40))] \(percent) % \(commit.id.short)",
      "\(subject.visible(limit: 40)), \(state.launches.count) launches")
  }
}
