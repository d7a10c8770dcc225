import Measurements

/// The definitions of a series that was measured on two sides under one name, but with different
/// work.
package struct Redefinition: Hashable, Sendable {
  /// The definition of the base, as far as a reader may know it: `command: ./bench --size 1`, a
  /// line for each part.
  package let old: String
  package let new: String
  /// The response of the policy.
  package let response: Response
  /// The way in which a cost was compared whose prices differ; nil if other work was measured.
  package let prices: Prices?

  package init(old: String, new: String, response: Response, prices: Prices? = nil) {
    self.old = old
    self.new = new
    self.response = response
    self.prices = prices
  }

  /// The comparison of a cost whose prices differ between the sides.
  package enum Prices: String, Sendable {
    /// The tokens of both sides are compared at the prices of the new side.
    case equal
    /// The tokens of the old side are not known, so that nothing is compared.
    case different
  }
}

extension Pair {
  /// True if both sides name what was launched, and the two differ.
  var isRedefined: Bool {
    guard let old = old.first, let new = new.first else { return false }
    return old.isOtherWork(than: new)
  }

  func redefinition(_ response: Response) -> Redefinition? {
    guard isRedefined, let old = old.first?.definition, let new = new.first?.definition else {
      return nil
    }
    return Redefinition(old: old.text, new: new.text, response: response)
  }
}
