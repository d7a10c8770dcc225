package import Measurements
import Statistics

/// The recordings of a series before the candidate, on its machine.
package struct PastRecordings: Hashable, Sendable {
  /// The recordings, one for each session, the newest first.
  package let recordings: [Recording]
  /// The number of sessions that the candidate's numbers are from.
  package let candidateSessions: Int
  /// True if this clone has only some of the recordings, which say less than all would.
  package let isCut: Bool

  package struct Recording: Hashable, Sendable {
    package let series: Series
    /// The day of the recording; nil if it names none.
    package let day: Day?
    /// The id of the measured commit; nil if it does not matter.
    package let commit: String?

    package init(_ series: Series, on day: Day?, commit: String? = nil) {
      self.series = series
      self.day = day
      self.commit = commit
    }
  }

  package init(_ recordings: [Recording], candidateSessions: Int, isCut: Bool = false) {
    self.recordings = recordings
    self.candidateSessions = candidateSessions
    self.isCut = isCut
  }

  /// The amount by which the recordings swing; nil if they do not show it.
  var swing: SessionSwing? {
    isCut
      ? nil : SessionSwing(medians: recordings.compactMap { $0.series.values.median })
  }

  /// The reason why the recordings do not show how much they swing; nil if they do.
  package var shortage: Shortage? {
    guard swing == nil else { return nil }
    if isCut { return .cut }
    return recordings.count < SessionSwing.fewest
      ? .few(recordings.count, needed: SessionSwing.fewest) : .withoutLogarithm
  }

  package enum Shortage: Hashable, Sendable {
    case few(Int, needed: Int)
    /// This clone does not have all of the recordings.
    case cut
    /// A number is zero or below, or the numbers are too far apart to measure.
    case withoutLogarithm
  }
}

/// The position of the candidate among the recordings before it.
///
/// It is a reference type, as few comparisons have one and all are copied.
package final class Swing: Sendable {
  /// The number of recordings.
  package let recordings: Int
  /// The part by which recordings differ from one to the next if nothing changed, as a standard
  /// deviation.
  package let deviation: Double
  /// The change of the candidate from their level, new / level - 1.
  package let change: Double
  /// The two-sided p of the change, by Student's t.
  package let p: Double
  /// The newest recording that the candidate is no further from than half the threshold; nil if the
  /// candidate is beyond all.
  package let met: Met?
  /// The interval of new / level at 99 %; nil if a report states the swing.
  let wide: ClosedRange<Double>?

  package struct Met: Hashable, Sendable {
    package let day: Day?

    package init(on day: Day?) { self.day = day }
  }

  package convenience init(
    recordings: Int, deviation: Double, change: Double, p: Double, met: Met?
  ) {
    self.init(
      recordings: recordings, deviation: deviation, change: change, p: p, met: met, wide: nil)
  }

  init(
    recordings: Int, deviation: Double, change: Double, p: Double, met: Met?,
    wide: ClosedRange<Double>?
  ) {
    self.wide = wide
    self.recordings = recordings
    self.deviation = deviation
    self.change = change
    self.p = p
    self.met = met
  }

  /// The number of recordings that makes a change certain if the whole interval is beyond the
  /// limit.
  static let enoughForCertainty = 10
}

extension Swing: Hashable {
  package static func == (a: Swing, b: Swing) -> Bool {
    a.recordings == b.recordings && a.deviation == b.deviation && a.change == b.change
      && a.p == b.p && a.met == b.met && a.wide == b.wide
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(recordings)
    hasher.combine(p)
  }
}

extension Comparison {
  /// Returns the comparison seen among the recordings before the candidate: with the wider interval
  /// on each side.
  ///
  /// - Returns: nil if these do not show how much they swing.
  func seen(
    among past: PastRecordings, _ bounds: Bounds, confidence: Double
  ) -> Comparison? {
    guard evidence != .exact, new.median > 0,
      case .ratio(let estimate, let own) = effect,
      let known = past.swing
    else { return nil }
    let sessions = max(1, past.candidateSessions)
    let interval = known.interval(of: new.median, sessions: sessions, confidence: confidence)
    let change = new.median / known.level - 1
    // Without rounds the level says more than the one recording before.
    let best = evidence == .rounds ? estimate : 1 + change
    let met = past.recordings.first { recording in
      recording.series.values.median.map { !bounds.isHalfBeyond(new.median, from: $0) } ?? false
    }
    let rounds = evidence == .rounds ? own : nil
    return Comparison(
      old: old, new: new, evidence: evidence,
      effect: .ratio(
        best,
        min(
          rounds?.lowerBound ?? .infinity, interval.lowerBound)...max(
            rounds?.upperBound ?? 0, interval.upperBound)),
      test: test, samples: samples,
      swing: Swing(
        recordings: known.medians.count, deviation: known.deviation, change: change,
        p: known.p(of: new.median, sessions: sessions), met: met.map { Swing.Met(on: $0.day) },
        wide: known.interval(
          of: new.median, sessions: sessions, confidence: max(0.99, confidence))))
  }

  /// The p of the series in its family; nil if nothing was tested.
  var p: Double? {
    switch evidence {
    case .exact: nil
    case .rounds: test.map { max($0.p, swing?.p ?? 0) }
    case .samples, .summary: swing?.p
    case .tasks: tasks?.p
    }
  }
}
