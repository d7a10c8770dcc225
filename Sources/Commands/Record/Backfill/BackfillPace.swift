/// The time that commits take, to tell how long the rest takes and what fits into a time limit.
struct BackfillPace {
  /// The number of commits to measure.
  let count: Int
  /// The number of commits that are done, whether they have numbers now or failed.
  private(set) var done = 0
  private var spent = Duration.zero
  private var measured = 0

  init(count: Int) { self.count = count }

  private var perCommit: Duration? { measured == 0 ? nil : spent / measured }

  /// Counts a group of commits that was measured.
  mutating func note(_ commits: Int, in time: Duration) {
    done += commits
    measured += commits
    spent += time
  }

  /// Counts commits that were measured by somebody else meanwhile.
  mutating func pass(_ commits: Int) { done += commits }

  /// True if a group ends before a time limit, as far as earlier groups show it. The first group
  /// always fits, because nothing is known and else nothing would ever be measured.
  ///
  /// - Parameter elapsed: The time since the start.
  func fits(_ commits: Int, after elapsed: Duration, limit: Duration?) -> Bool {
    guard let limit, let perCommit else { return true }
    return elapsed + perCommit * commits <= limit
  }

  /// The progress, such as `12 of 60 commits, ~5 min left`.
  ///
  /// - Parameter elapsed: The time since the current group began.
  func text(after elapsed: Duration) -> String {
    let left = perCommit.map { max(.zero, $0 * (count - done) - elapsed) }
    let time = left.map { ", \(TimeLeft(time: $0, end: .nothing))" } ?? ""
    return "\(done) of \(count == 1 ? "1 commit" : "\(count) commits")\(time)"
  }
}
