/// The time that a measurement still takes, for a user who waits.
struct TimeLeft: Hashable {
  let time: Duration
  let end: End

  /// The event at the end of the time.
  enum End {
    case nothing
    /// An interim look, after which there may be more rounds.
    case look
    /// The end of the time limit, whether or not rounds are missing.
    case limit
  }

  /// The time until the next look, or until the end of the time limit if that is earlier.
  ///
  /// - Parameter limit: The rest of the time limit; nil for none.
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

  /// The time, rounded as coarsely as it is known.
  private var amount: String {
    guard time >= .seconds(1) else { return "<1 s" }
    let seconds = (time / .seconds(1)).rounded()
    if seconds < 100 { return "~\(Int(seconds)) s" }
    let minutes = (seconds / 60).rounded()
    return minutes < 100 ? "~\(Int(minutes)) min" : "~\(Int((minutes / 60).rounded())) h"
  }
}
