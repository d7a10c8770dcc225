package import Git
package import Measurements

/// Finds the baseline of each series of a candidate.
///
/// The baseline of a series is the nearest commit that has it, from the merge-base with the base
/// branch backwards along first parents, if it was measured on the same machine and is not marked
/// for the series. If both sides of a series were measured in turns, in one session, only the
/// numbers of these sessions are compared.
package struct BaselineSearch {
  package var index: RunIndex
  var content: SameContent
  let settings: Settings

  package struct Settings: Sendable {
    /// The most commits to examine that have a number of the suite from this machine. Commits with
    /// numbers of other machines or suites only do not count.
    package var mostRecorded = 50
    /// The most commits to examine, recorded or not.
    package var mostCommits = 1000
    /// True if numbers of other machines may be compared.
    package var anyEnvironment = false

    package init() {}
  }

  package init(_ index: RunIndex, _ settings: Settings, _ rules: ContentRules = .strict) {
    self.index = index
    self.settings = settings
    content = SameContent(index.repository, rules)
  }

  var repository: Repository { index.repository }
}

/// The point where the walk to a baseline begins.
package struct WalkStart: Sendable {
  package let candidate: Commit
  /// True if the content of the candidate's commit was measured, without changes on top of it.
  package let isCommitted: Bool
  package let rule: Baseline.Rule
  /// The merge-base; for a candidate on the base branch, the commit before it. nil at a root
  /// commit.
  package let first: Commit?
  /// The distance of ``first``.
  let distance: Int
  /// The commit where a shallow clone ends, if this is the reason why there is no ``first``.
  let cut: ObjectID?
  /// True if the candidate is on the base branch or will be committed to it. A regression is not
  /// inherited there.
  let isOnBase: Bool

  /// Finds the point where the walk begins.
  ///
  /// - Parameter isForBase: True if the candidate is to become a commit of the base branch.
  /// - Throws: ``HistoryError/unrelated(_:_:)``, or ``HistoryError/shallow(at:)`` if a shallow
  ///   clone does not reach back to the merge-base. A shallow clone that ends at a candidate on the
  ///   base branch is an error only when the search needs an earlier commit.
  package init(
    of candidate: Commit, isCommitted: Bool, base: Commit, isForBase: Bool = false,
    in repository: Repository
  ) throws(HistoryError) {
    let fork = try repository.fork(of: candidate, from: base)
    let isBehind = isCommitted && fork.id == candidate.id
    self.candidate = candidate
    self.isCommitted = isCommitted
    isOnBase = isBehind || isForBase
    rule = isBehind ? .firstParent : .mergeBase
    distance = isBehind ? 1 : 0
    guard isBehind else {
      (first, cut) = (fork, nil)
      return
    }
    do {
      (first, cut) = (try repository.parent(of: candidate), nil)
    } catch .shallow(let end) {
      (first, cut) = (nil, end)
    }
  }
}

/// The result of the search in the history for one series.
package struct BaselineRow: Hashable, Sendable {
  /// The index of the baseline among those of the part; nil if there is none.
  package var baseline: Int?
  /// The order in which the launches of both sides followed each other, if the numbers are those of
  /// sessions that both sides share.
  package var interleaving: Interleaving?
  /// The commits between the baseline and the merge-base, nearest first, that have no number of the
  /// series.
  package var unmeasured: [Commit] = []
  /// The reason why no number of the history can be used.
  package var trouble: Trouble?
  /// The commit with the content of the merge-base that is marked, and its numbers.
  package var marked: Commit?
  package var markedSeries: [Series] = []
  /// True if candidate and merge-base do not differ in anything that is measured.
  package var isSame = false

  package enum Trouble: Hashable, Sendable {
    /// Only these machines have numbers of the series.
    case otherMachines([Environment?])
    /// Lines that may hold numbers of the series cannot be read.
    case unreadable([UnreadableLine])
    /// The series was last measured at this commit, so many recorded commits back. This is too far
    /// for a comparison.
    case beyond(Commit, recorded: Int)
    /// The only numbers of the series, those of this commit and perhaps of others, are marked.
    case marked(Commit)
  }

  package init() {}

  /// True if the numbers are those of sessions that both sides share.
  package var isPaired: Bool { interleaving != nil }
}

/// The baselines and the compared series of one part of the candidate.
package struct PartBaseline: Sendable {
  /// The baselines that the rows refer to, in the order in which they were found.
  package var baselines: [Baseline] = []
  /// The baseline side of each series, by its name at that time.
  package var old: [Series] = []
  /// The candidate's series: all numbers, or only those of sessions shared with the baseline.
  package var new: [Series] = []
  /// The series for which ``new`` does not contain all numbers of the candidate.
  package var partlyCounted: Set<Series.ID> = []
  /// The results by the present name of the series.
  package var rows: [Series.ID: BaselineRow] = [:]
  /// The commits that were skipped before the first number was found.
  package var skipped: [Baseline.Skipped] = []
  /// True if the walk met numbers of the suite from this machine.
  package var hasMachine = false
  /// The other machines that have numbers of the suite.
  package var otherMachines: [Environment] = []
  /// The number of examined commits that have a number of the suite.
  package var recorded = 0

  /// True if no difference can have changed any number.
  package var isSame: Bool { !rows.isEmpty && rows.values.allSatisfy(\.isSame) }
}
