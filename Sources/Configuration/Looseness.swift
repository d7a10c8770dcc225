import CommandLine
package import Measurements
import Verdicts

/// Which values of a key let more pass than others: a column of the table of keys.
///
/// A change that makes nothing but its own rules looser must not pass in silence. What cannot be said
/// with a direction is ``anyChange``, which tells too much rather than too little.
package enum Looseness: Sendable {
  /// None: it has no say over a verdict.
  case never
  /// Any other value, of one that is written once or several times.
  case anyChange
  /// Those that are larger. The closure reads one, for a metric of that unit; nil where it is for others.
  case larger(
    @Sendable (String, Unit) -> Double?, unset: String,
    isLooser: @Sendable (_ new: Double, _ old: Double) -> Bool = { $0 > $1 })
  /// Words, from the strictest to the loosest; `unset` is what counts where nobody says.
  case words([String], unset: String)
  /// A limit that is wider, or gone; which way that is, the metric says.
  case limit
  /// A section that permits by itself: a new one, or one that permits more.
  case permission
  /// Another name for what the base has under the value.
  case rename

  /// A part of the old value, as ``Policy`` has it where nobody says.
  static let threshold = larger(
    { text, _ in try? Argument.percent().parse(text) }, unset: "10%",
    isLooser: { Threshold.isLooser($0, than: $1) })

  /// How much of what stays undecided fails: all of it, what leaves room for so much, nothing.
  static let strictness = larger(
    { text, _ in
      switch text {
      case "fail": 0
      case "warn": .infinity
      default: try? Argument.percent().parse(text)
      }
    }, unset: "warn")

  /// An amount below which nothing counts.
  static let floor = larger(
    { text, unit in
      Quantity(text).flatMap { $0.unit == unit ? $0.value : nil } ?? (text == "0" ? 0 : nil)
    }, unset: "0")
}
