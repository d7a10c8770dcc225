package import Measurements
import Statistics

/// What was recorded of a series before the candidate, on its machine.
package struct PastRecordings: Hashable, Sendable {
  /// One for each session, the newest first.
  package let recordings: [Recording]
  /// How many sessions the candidate's numbers are from.
  package let candidateSessions: Int
  /// Whether this clone has only some of them, which say less than all would.
  package let isCut: Bool

  package struct Recording: Hashable, Sendable {
    package let series: Series
    /// nil for one that names none.
    package let day: Day?

    package init(_ series: Series, on day: Day?) {
      self.series = series
      self.day = day
    }
  }

  package init(_ recordings: [Recording], candidateSessions: Int, isCut: Bool = false) {
    self.recordings = recordings
    self.candidateSessions = candidateSessions
    self.isCut = isCut
  }

  /// How much they swing; nil where they do not say.
  var swing: SessionSwing? {
    isCut
      ? nil : SessionSwing(medians: recordings.compactMap { $0.series.values.median })
  }

  /// Why they do not say how much they swing; nil where they do.
  package var shortage: Shortage? {
    guard swing == nil else { return nil }
    if isCut { return .cut }
    return recordings.count < SessionSwing.fewest
      ? .few(recordings.count, needed: SessionSwing.fewest) : .withoutLogarithm
  }

  package enum Shortage: Hashable, Sendable {
    case few(Int, needed: Int)
    /// This clone does not have all of them.
    case cut
    /// A number is zero or below, or they are without measure apart.
    case withoutLogarithm
  }
}

/// The candidate among the recordings before it.
///
/// A reference, as few comparisons have one and all are copied.
package final class Swing: Sendable {
  /// How many there are.
  package let recordings: Int
  /// By which part they differ from one to the next where nothing changed, as a standard deviation.
  package let deviation: Double
  /// The candidate against their level, new / level - 1.
  package let change: Double
  /// The two-sided p of that, by Student's t.
  package let p: Double
  /// The newest recording that the candidate is no further from than half the threshold; nil where it is
  /// beyond all.
  package let met: Met?
  /// The interval of new / level at 99 %; nil where it is told by a report.
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

  /// So many make it certain where the whole interval is beyond the limit.
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
  /// The same, seen among the recordings before the candidate: with the wider interval on each side.
  ///
  /// - Returns: nil where these do not say how much they swing.
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

  /// What stands for it in its family; nil where nothing was tested.
  var p: Double? {
    switch evidence {
    case .exact: nil
    case .rounds: test.map { max($0.p, swing?.p ?? 0) }
    case .samples, .summary: swing?.p
    }
  }
}
