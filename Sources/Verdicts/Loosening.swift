/// A rule that a change makes looser than it was on the base.
package struct Loosening: Hashable, Sendable {
  /// As it is written in the configuration: `threshold`, `gate.alpha`.
  package let key: String
  /// Which benchmarks or metrics it is for; nil for all.
  package let pattern: String?
  /// What the base says, as it is written there; nil where it says nothing.
  package let old: String?
  /// What the change says; nil where it takes the rule away.
  package let new: String?

  package init(key: String, pattern: String?, old: String?, new: String?) {
    self.key = key
    self.pattern = pattern
    self.old = old
    self.new = new
  }
}
