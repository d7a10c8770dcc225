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
    case budget
  }

  /// - Parameter budget: What is left of it; nil for none.
  static func untilLook(in time: Duration, budget: Duration?) -> TimeLeft {
    guard let budget, budget < time else { return TimeLeft(time: time, end: .look) }
    return TimeLeft(time: budget, end: .budget)
  }
}

extension TimeLeft: CustomStringConvertible {
  var description: String {
    switch end {
    case .nothing: "\(amount) left"
    case .look: "\(amount) to the next look"
    case .budget: "\(amount) left of the budget"
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
