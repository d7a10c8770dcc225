package import Git

/// Which differences between two contents cannot change a measurement.
package struct ContentRules {
  /// Whether a change of the text of a regular file leaves the measurements of a suite as they are.
  let isIrrelevant: (_ path: String, _ suite: String) -> Bool
  /// Whether the `.perfconfig` files of two trees measure the same.
  let measureAlike: (ObjectID, ObjectID, _ suite: String) throws -> Bool

  package init(
    isIrrelevant: @escaping (_ path: String, _ suite: String) -> Bool,
    measureAlike: @escaping (ObjectID, ObjectID, _ suite: String) throws -> Bool
  ) {
    self.isIrrelevant = isIrrelevant
    self.measureAlike = measureAlike
  }

  /// Every difference matters.
  package static var strict: ContentRules {
    ContentRules(isIrrelevant: { _, _ in false }, measureAlike: { _, _, _ in false })
  }

  /// The file whose text is compared by what it says.
  static let configuration = ".perfconfig"
}

/// Tells whether two trees hold the same, as far as a suite is concerned; each pair is compared once.
struct SameContent {
  private struct Pair: Hashable {
    let old: ObjectID
    let new: ObjectID
  }

  let rules: ContentRules
  private let repository: Repository
  private var known: [Pair: [PathChange]?] = [:]

  init(_ repository: Repository, _ rules: ContentRules) {
    self.repository = repository
    self.rules = rules
  }

  mutating func holds(
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

  /// What cannot be read is not known to be the same.
  private func measureAlike(_ old: ObjectID, _ new: ObjectID, _ suite: String) -> Bool {
    (try? rules.measureAlike(old, new, suite)) ?? false
  }

  /// nil for more than anybody would look through.
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
