import Git
import History
import Measurements

/// The state of the notes and the branch that an export to a store sent the last time.
///
/// It stands in a local reference, a commit whose tree is that of the notes, so that git keeps it.
struct SentState {
  let tree: ObjectID
  let facts: Facts

  /// The store and the branch of an export.
  struct Facts: Hashable {
    /// A fingerprint of the store's kind and address.
    let store: String
    let branch: String
    /// The newest commit of the branch.
    let tip: String
    /// True if runs of other commits were sent, too.
    let isOfAll: Bool
    let isOfRounds: Bool

    fileprivate var json: JSONValue {
      .object([
        "all": .bool(isOfAll), "branch": .string(branch), "rounds": .bool(isOfRounds),
        "store": .string(store), "tip": .string(tip), "version": .integer(1),
      ])
    }
  }

  static func reference(_ name: String) -> String { "refs/perf/exported/\(name)" }

  /// Reads the state; nil if nothing was sent yet, or if it cannot be read.
  init?(_ name: String, in repository: Repository) throws {
    guard let record = try repository.record(Self.reference(name)) else { return nil }
    var reader = JSONReader(Array(record.text.utf8))
    guard case .object(let members)? = try? reader.value(), members["version"] == .integer(1),
      case .string(let store)? = members["store"], case .string(let branch)? = members["branch"],
      case .string(let tip)? = members["tip"], case .bool(let isOfAll)? = members["all"],
      case .bool(let isOfRounds)? = members["rounds"]
    else { return nil }
    tree = record.tree
    facts = Facts(
      store: store, branch: branch, tip: tip, isOfAll: isOfAll, isOfRounds: isOfRounds)
  }

  /// Notes that everything in a state of the notes was sent.
  static func set(
    _ name: String, _ facts: Facts, tree: ObjectID, in repository: Repository
  ) throws {
    try repository.setRecord(
      reference(name), tree: tree, text: String(decoding: facts.json.line, as: UTF8.self))
  }
}
