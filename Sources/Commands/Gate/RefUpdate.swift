import CommandLine
import Git

/// A line that git writes to a pre-push hook.
struct RefUpdate {
  /// The name that a user knows, such as `topic` or `v1.0`. For an id or an expression, it is the
  /// name at the remote.
  let name: String
  /// The full name of the local branch; nil for anything else.
  let source: String?
  /// The object that is pushed, which may be a tag.
  let local: ObjectID
  /// The full name at the remote, such as `refs/heads/topic`.
  let remoteRef: String
  /// The object that the remote has now; nil for a new reference.
  let remote: ObjectID?

  /// Reads the lines that push something to judge. Deletions and pushes of notes are left out.
  ///
  /// - Throws: ``UsageError`` for a line that git would not write.
  static func read(_ text: String) throws(UsageError) -> [RefUpdate] {
    var pushes: [RefUpdate] = []
    for line in text.split(separator: "\n") {
      if let push = try RefUpdate(line), !push.remoteRef.hasPrefix("refs/notes/") {
        pushes.append(push)
      }
    }
    return pushes
  }

  /// Describes a push of which a hook manager has told.
  ///
  /// - Parameters:
  ///   - remoteRef: The full name at the remote.
  ///   - name: The full local name, or an id.
  init(of local: ObjectID, named name: String, to remoteRef: String, replacing remote: ObjectID?) {
    self.local = local
    self.remoteRef = remoteRef
    self.remote = remote
    self.name = name.dropping(anyOf: ["refs/heads/", "refs/tags/"])
    source = name.hasPrefix("refs/heads/") ? name : nil
  }

  /// Reads one line.
  ///
  /// - Returns: nil for a deletion.
  private init?(_ line: Substring) throws(UsageError) {
    // The first field may be an expression with spaces, such as `HEAD^{/fix typo}`.
    let fields = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let ids = fields.suffix(3)
    guard fields.count >= 4, Self.isID(ids[ids.startIndex]), Self.isID(fields[fields.count - 1])
    else {
      throw UsageError(
        "not a line of git's pre-push hook: '\(line)'",
        hint: "--pre-push reads what git gives a hook, on standard input")
    }
    guard let local = ObjectID(ids[ids.startIndex]) else { return nil }
    self.local = local
    remoteRef = fields[fields.count - 2]
    remote = ObjectID(fields[fields.count - 1])
    let shown = fields[0].hasPrefix("refs/") ? fields[0] : remoteRef
    name = shown.dropping(anyOf: ["refs/heads/", "refs/tags/"])
    source = fields[0].hasPrefix("refs/heads/") ? fields[0] : nil
  }

  private static func isID(_ text: String) -> Bool {
    ObjectID(text) != nil || text == String(repeating: "0", count: 40)
  }
}
