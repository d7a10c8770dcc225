import CLibGit2

/// A libgit2 call that failed, and what we were doing when it did.
package struct GitError: Error, Hashable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// Nothing of that name or id.
    case notFound
    /// An object that a reference or another object names is not here: damage, or the edge of a
    /// shallow or partial clone.
    case missing
    /// The name fits several objects.
    case ambiguous
    /// HEAD points to a branch without a commit.
    case unborn
    /// The revision cannot be parsed, or names another kind of object.
    case invalid
    /// The repository belongs to somebody else.
    case owner
    /// Another process holds a lock.
    case locked
    /// The repository uses an extension that this libgit2 does not know.
    case unsupported
    /// git reads another commit in this one's place.
    case replaced
    /// A file of git's own configuration cannot be parsed.
    case configuration
    /// A note of more bytes than anybody should read.
    case tooLarge
    case other
  }

  package let operation: String
  package let message: String
  package let kind: Kind

  package init(operation: String, message: String, kind: Kind) {
    self.operation = operation
    self.message = message
    self.kind = kind
  }

  package var description: String { "\(operation): \(message)" }
}

extension GitError {
  /// Takes libgit2's message for this thread, which the next call may replace.
  init(operation: String, code: Int32) {
    // SAFETY: the pointer is null or valid until the next libgit2 call of this thread.
    let message = unsafe git_error_last().flatMap {
      unsafe String(validatingCString: $0.pointee.message)
    }
    let kind = Kind(code: code, message: message ?? "")
    // Where the system has no reason to give, libgit2 ends in a colon.
    let reason = message.map { $0.hasSuffix(": ") ? String($0.dropLast(2)) : $0 }
    self.init(
      operation: operation,
      message: kind == .owner
        ? "it belongs to another user"
        : reason ?? "no reason given (\(code)), as when a disk is full",
      kind: kind)
  }
}

extension GitError.Kind {
  /// What a status means, and where several meanings share one, what the message says it is.
  fileprivate init(code: Int32, message: String) {
    self =
      switch git_error_code(code) {
      case GIT_EOWNER: .owner
      // libgit2 1.5 reports a foreign owner as "config value 'safe.directory' was not found".
      case _ where message.contains("'safe.directory'"): .owner
      case _ where message.contains("unsupported") && message.contains("extension"): .unsupported
      case _ where message.hasPrefix("failed to parse revision"): .invalid
      case _ where message.hasPrefix("failed to parse config file"): .configuration
      case GIT_ENOTFOUND: message.hasPrefix("object not found") ? .missing : .notFound
      case GIT_EAMBIGUOUS: .ambiguous
      case GIT_EUNBORNBRANCH: .unborn
      case GIT_EINVALIDSPEC, GIT_EINVALID, GIT_EPEEL: .invalid
      case GIT_ELOCKED: .locked
      default: .other
      }
  }
}

/// The one place where a libgit2 status becomes an error.
func check(_ operation: @autoclosure () -> String, _ code: Int32) throws(GitError) {
  guard code < 0 else { return }
  throw GitError(operation: operation(), code: code)
}

/// The same for a call whose "not found" is an answer.
///
/// - Returns: false for "not found".
func found(_ operation: @autoclosure () -> String, _ code: Int32) throws(GitError) -> Bool {
  guard code != GIT_ENOTFOUND.rawValue else { return false }
  try check(operation(), code)
  return true
}
