import Measurements

/// What was measured on two sides under one name, where that is not the same work.
package struct Redefinition: Hashable, Sendable {
  /// How the base was measured, as far as a reader may know: `command: ./bench --size 1`, a line for
  /// each thing.
  package let old: String
  package let new: String
  /// What the policy makes of it.
  package let response: Response

  package init(old: String, new: String, response: Response) {
    self.old = old
    self.new = new
    self.response = response
  }
}

extension Pair {
  /// Whether both sides say what was launched, and that differs.
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
