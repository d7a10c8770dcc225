/// A value by which a change lets more pass than what it is compared with did.
package struct Loosening: Hashable, Sendable {
  /// As a reader finds it: `threshold` below a `[benchmark]`, else with its section, `gate.alpha`.
  package let key: String
  /// The subsection that it stands below; nil for a key without one.
  package let pattern: String?
  /// What counted before; nil where nothing did.
  package let old: String?
  /// What counts now; nil where nothing does.
  package let new: String?

  package init(key: String, pattern: String?, old: String?, new: String?) {
    self.key = key
    self.pattern = pattern
    self.old = old
    self.new = new
  }
}
