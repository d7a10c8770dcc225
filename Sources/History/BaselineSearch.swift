package import Git
package import Measurements

/// Finds what each series of a candidate is compared with.
///
/// For each series the nearest commit that has it, from the merge-base with the base branch back along
/// first parents, measured on the same machine, and not marked for it. Where both sides of it were
/// measured in turns, in one session, the numbers of these sessions decide.
package struct BaselineSearch {
  package var index: RunIndex
  var content: SameContent
  let settings: Settings

  package struct Settings: Sendable {
    /// How many commits that have a number of the suite from the machine are looked at: what others
    /// record changes nothing.
    package var mostRecorded = 50
    /// How many commits are looked at, recorded or not.
    package var mostCommits = 1000
    /// Whether numbers of other machines may be compared.
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

/// Where the walk to a baseline begins.
package struct WalkStart: Sendable {
  package let candidate: Commit
  /// Whether the content of the candidate's commit was measured, and not changes on top of it.
  package let isCommitted: Bool
  package let rule: Baseline.Rule
  /// The merge-base; for a candidate on the base branch the commit before it. nil at a root.
  package let first: Commit?
  /// The distance of ``first``.
  let distance: Int
  /// Where a shallow clone ends, if that is why there is no ``first``.
  let cut: ObjectID?
  /// Whether the candidate is on the base branch, or goes onto it: nothing is inherited there.
  let isOnBase: Bool

  /// - Parameter isForBase: Whether the candidate is to become a commit of the base branch.
  /// - Throws: ``HistoryError/unrelated(_:_:)``, or ``HistoryError/shallow(at:)`` when a shallow clone
  ///   does not reach back to the merge-base; that it ends at a candidate on the base branch is an
  ///   error only where something is looked for behind it.
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

/// What the history says of one series.
package struct BaselineRow: Hashable, Sendable {
  /// The index of the baseline among those of the part; nil where there is none.
  package var baseline: Int?
  /// How the launches of both sides followed each other, where the numbers are those of sessions that
  /// both share.
  package var interleaving: Interleaving?
  /// The commits between the baseline and the merge-base, nearest first, that have no number of it.
  package var unmeasured: [Commit] = []
  /// Why no number of the history can be used.
  package var trouble: Trouble?
  /// The commit of the merge-base's content that is marked, and its numbers.
  package var marked: Commit?
  package var markedSeries: [Series] = []
  /// Whether candidate and merge-base do not differ in anything that is measured.
  package var isSame = false

  package enum Trouble: Hashable, Sendable {
    /// Only these machines have it.
    case otherMachines([Environment?])
    /// Lines that may be its numbers cannot be read.
    case unreadable([UnreadableLine])
    /// It was last measured so many recorded commits back, too far to be compared with.
    case beyond(Commit, recorded: Int)
    /// The only numbers that there are, those of this commit and perhaps others, are marked.
    case marked(Commit)
  }

  package init() {}

  /// Whether the numbers are those of sessions that both sides share.
  package var isPaired: Bool { interleaving != nil }
}

/// What one part of the candidate is compared with.
package struct PartBaseline: Sendable {
  /// Those of the rows, in the order in which they were found.
  package var baselines: [Baseline] = []
  /// The old side of each series, by its name of then.
  package var old: [Series] = []
  /// The candidate's series: all evidence, or that of sessions shared with the baseline.
  package var new: [Series] = []
  /// The series of which not all evidence of the candidate is in ``new``.
  package var partlyCounted: Set<Series.ID> = []
  /// By the name of now.
  package var rows: [Series.ID: BaselineRow] = [:]
  /// Commits that were passed over before the first number was found.
  package var skipped: [Baseline.Skipped] = []
  /// Whether this machine has numbers of the suite on the way.
  package var hasMachine = false
  /// The other machines that have.
  package var otherMachines: [Environment] = []
  /// How many commits that were walked have a number of the suite.
  package var recorded = 0

  /// Whether no difference can have changed any number.
  package var isSame: Bool { !rows.isEmpty && rows.values.allSatisfy(\.isSame) }
}
