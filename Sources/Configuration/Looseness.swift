import CommandLine
package import Measurements
import Verdicts

/// The values of a key that let more pass than others: a column of the table of keys.
///
/// A change that does nothing but loosen its own rules must not pass without a message.
/// ``anyChange`` is for keys without a direction: it reports too much rather than too little.
package enum Looseness: Sendable {
  /// No value is looser, because the key has no effect on a verdict.
  case never
  /// Any other value is looser. The key may be written once or several times.
  case anyChange
  /// A larger value is looser. The closure reads a value for a metric of the given unit; it returns
  /// nil if the value is for other metrics.
  case larger(
    @Sendable (String, Unit) -> Double?, unset: String,
    isLooser: @Sendable (_ new: Double, _ old: Double) -> Bool = { $0 > $1 })
  /// A later word is looser: the words go from the strictest to the loosest. `unset` is the value
  /// that counts if the key is not set.
  case words([String], unset: String)
  /// A limit is looser if it is wider, or gone. The metric decides which direction is wider.
  case limit
  /// A section is looser if it is new, or permits more.
  case permission
  /// An alias is looser: it gives another name to the benchmark that the base has under the value.
  case rename

  /// The looseness of thresholds, which are parts of the old value. The default is that of
  /// ``Policy``.
  static let threshold = larger(
    { text, _ in try? Argument.percent().parse(text) }, unset: "10%",
    isLooser: { Threshold.isLooser($0, than: $1) })

  /// The looseness of drops of a rate, in points.
  static let margin = larger(
    { text, _ in try? Argument.percent().parse(text) }, unset: "10%")

  /// The looseness of the response to undecided series: all fail, those fail that leave room for a
  /// regression of a given size, or none fails.
  static let strictness = larger(
    { text, _ in
      switch text {
      case "fail": 0
      case "warn": .infinity
      default: try? Argument.percent().parse(text)
      }
    }, unset: "warn")

  /// The looseness of an amount below which no change counts.
  static let floor = larger(
    { text, unit in
      Quantity(text).flatMap { $0.unit == unit ? $0.value : nil } ?? (text == "0" ? 0 : nil)
    }, unset: "0")
}
