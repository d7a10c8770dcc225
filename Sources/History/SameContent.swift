package import Git

/// The rules for differences between two contents that cannot change a measurement.
package struct ContentRules {
  /// Returns true if a change of the text of a regular file does not change the measurements of a
  /// suite.
  let isIrrelevant: (_ path: String, _ suite: String) -> Bool
  /// Returns true if the `.perfconfig` files of two trees cause the same measurements.
  let measureAlike: (ObjectID, ObjectID, _ suite: String) throws -> Bool

  package init(
    isIrrelevant: @escaping (_ path: String, _ suite: String) -> Bool,
    measureAlike: @escaping (ObjectID, ObjectID, _ suite: String) throws -> Bool
  ) {
    self.isIrrelevant = isIrrelevant
    self.measureAlike = measureAlike
  }

  /// Rules by which every difference can change a measurement.
  package static var strict: ContentRules {
    ContentRules(isIrrelevant: { _, _ in false }, measureAlike: { _, _, _ in false })
  }

  /// The file whose text is compared by its settings.
  static let configuration = ".perfconfig"
}

/// Compares the content of two trees, as far as a suite is concerned; each pair is compared once.
package struct SameContent {
  private struct Pair: Hashable {
    let old: ObjectID
    let new: ObjectID
  }

  let rules: ContentRules
  private let repository: Repository
  private var known: [Pair: [PathChange]?] = [:]

  package init(_ repository: Repository, _ rules: ContentRules) {
    self.repository = repository
    self.rules = rules
  }

  package mutating func holds(
    _ old: ObjectID, _ new: ObjectID, for suite: String
  ) throws(HistoryError) -> Bool {
    if old == new { return true }
    guard let changes = try changes(from: old, to: new) else { return false }
    for change in changes {
      guard try isHarmless(change, old, new, suite) else { return false }
    }
    // A link that did not change may lead to a file that did.
    return measureAlike(old, new, suite)
  }

  private func isHarmless(
    _ change: PathChange, _ old: ObjectID, _ new: ObjectID, _ suite: String
  ) throws(HistoryError) -> Bool {
    guard change.isOfText else { return false }
    guard change.path == ContentRules.configuration else {
      return rules.isIrrelevant(change.path, suite)
    }
    return measureAlike(old, new, suite)
  }

  /// True if the configurations measure the same; false if they cannot be read.
  private func measureAlike(_ old: ObjectID, _ new: ObjectID, _ suite: String) -> Bool {
    (try? rules.measureAlike(old, new, suite)) ?? false
  }

  /// The changes between two trees; nil if there are more than 1000.
  private mutating func changes(
    from old: ObjectID, to new: ObjectID
  ) throws(HistoryError) -> [PathChange]? {
    let pair = Pair(old: old, new: new)
    if let changes = known[pair] { return changes }
    let changes = try git(try repository.changes(from: old, to: new, atMost: Self.most))
    known[pair] = .some(changes)
    return changes
  }

  private static let most = 1000
}
