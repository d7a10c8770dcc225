/// A policy value that, after a change, lets more pass than before.
package struct Loosening: Hashable, Sendable {
  /// The key as a reader finds it: `threshold` below a `[benchmark]`, else with its section,
  /// `gate.alpha`.
  package let key: String
  /// The subsection that contains the key; nil for a key without one.
  package let pattern: String?
  /// The value before the change; nil if there was none.
  package let old: String?
  /// The value now; nil if there is none.
  package let new: String?

  package init(key: String, pattern: String?, old: String?, new: String?) {
    self.key = key
    self.pattern = pattern
    self.old = old
    self.new = new
  }
}
