/// How long a measurement goes on, for somebody who waits.
struct TimeLeft: Hashable {
  let time: Duration
  let end: End

  /// What comes after it.
  enum End {
    case nothing
    /// Maybe nothing, maybe more rounds.
    case look
    /// Time is up, with rounds or without.
    case limit
  }

  /// - Parameter limit: What is left of it; nil for none.
  static func untilLook(in time: Duration, limit: Duration?) -> TimeLeft {
    guard let limit, limit < time else { return TimeLeft(time: time, end: .look) }
    return TimeLeft(time: limit, end: .limit)
  }
}

extension TimeLeft: CustomStringConvertible {
  var description: String {
    switch end {
    case .nothing: "\(amount) left"
    case .look: "\(amount) to the next look"
    case .limit: "\(amount) left of the time limit"
    }
  }

  /// No more exact than it can be known.
  private var amount: String {
    guard time >= .seconds(1) else { return "<1 s" }
    let seconds = (time / .seconds(1)).rounded()
    if seconds < 100 { return "~\(Int(seconds)) s" }
    let minutes = (seconds / 60).rounded()
    return minutes < 100 ? "~\(Int(minutes)) min" : "~\(Int((minutes / 60).rounded())) h"
  }
}
