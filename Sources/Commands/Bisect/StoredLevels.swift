import Git
import History
import Measurements
import Verdicts

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The levels that earlier recordings of this machine have of the commits on a line.
///
/// They only choose where to look first: sessions differ by more than what is looked for, so a step
/// between two recordings makes the commits between them somewhat more likely, and nothing else.
struct StoredLevels {
  /// How much more likely a commit is within the largest step.
  private static let weight = 3.0

  /// The factor of each candidate of the line, the first at index 0.
  let factors: [Double]

  /// - Parameters:
  ///   - isWanted: Returns true for runs that count; those of the bisection itself do not.
  init(
    of target: BisectionTarget, on line: CommitLine, suite: String, isSwapped: Bool,
    in workspace: Workspace, isWanted: (RunHeader) -> Bool
  ) {
    let step = Self.largestStep(
      of: target, on: line, suite: suite, isSwapped: isSwapped, in: workspace, isWanted: isWanted)
    factors = (0..<line.last).map { step?.contains($0) ?? false ? Self.weight : 1 }
  }

  /// The indices of the candidates within the largest step in the direction that is looked for; nil
  /// if there is none.
  private static func largestStep(
    of target: BisectionTarget, on line: CommitLine, suite: String, isSwapped: Bool,
    in workspace: Workspace, isWanted: (RunHeader) -> Bool
  ) -> Range<Int>? {
    // Without notes that can be read, nothing is known.
    guard !target.isOutcome, target.members.count == 1, let store = try? workspace.store(),
      !store.isEmpty
    else { return nil }
    let machine = workspace.machine.key
    let levels = line.commits.enumerated().compactMap {
      position, commit -> (Int, Double, Metric)? in
      let runs = ((try? store.lines(of: commit)) ?? []).compactMap { line -> Run? in
        guard let header = line.knownHeader, header.suite == suite,
          header.environment?.key == machine, isWanted(header)
        else { return nil }
        return try? Run(line.bytes)
      }
      let series = runs.flatMap(\.series).filter { $0.id == target.members[0] }
      let values = series.flatMap(\.values).sorted()
      guard let metric = series.first?.metric, let median = values.middle, median > 0 else {
        return nil
      }
      return (position, log(median), metric)
    }
    guard let metric = levels.first?.2 else { return nil }
    let isUp = (metric.better == .lower) != isSwapped
    let steps = zip(levels, levels.dropFirst()).map { before, after in
      (range: before.0..<after.0, size: (after.1 - before.1) * (isUp ? 1 : -1))
    }
    guard let largest = steps.max(by: { $0.size < $1.size }), largest.size > 0.02 else {
      return nil
    }
    return largest.range
  }
}

extension [Double] {
  /// The middle of sorted values; nil if there are none.
  fileprivate var middle: Double? { isEmpty ? nil : self[count / 2] }
}
