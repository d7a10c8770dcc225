import Measurements

/// Which values of a key let more pass than others: a column of the table of keys.
///
/// A change that makes nothing but its own rules looser must not pass in silence. What cannot be said
/// with a direction is ``anyChange``, which tells too much rather than too little.
enum Looseness: Sendable {
  /// None: it has no say over a verdict.
  case never
  /// Any other value, of one that is written once or several times.
  case anyChange
  /// Those that are larger. The closure reads one, for a metric of that unit; nil where it is for others.
  case larger(@Sendable (String, Unit) -> Double?, unset: String)
  /// Words, from the strictest to the loosest; `unset` is what counts where nobody says.
  case words([String], unset: String)
  /// A limit that is wider, or gone; which way that is, the metric says.
  case limit
  /// A section that permits by itself: a new one, or one that permits more.
  case permission
  /// Another name for what the base has under the value.
  case rename

  /// A part of the old value, as ``Policy`` has it where nobody says.
  static let threshold = larger({ text, _ in try? Argument.percent().parse(text) }, unset: "10%")

  /// An amount below which nothing counts.
  static let floor = larger(
    { text, unit in
      Quantity(text).flatMap { $0.unit == unit ? $0.value : nil } ?? (text == "0" ? 0 : nil)
    }, unset: "0")
}
