import CLibGit2

/// A libgit2 call that failed, and the operation that it was part of.
package struct GitError: Error, Hashable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// No repository is at the place or above it.
    case noRepository
    /// There is nothing of that name or id.
    case notFound
    /// An object that a reference or another object names is missing: the repository is damaged, or
    /// it is a shallow or partial clone that ends there.
    case missing
    /// The name matches several objects.
    case ambiguous
    /// HEAD points to a branch without a commit.
    case unborn
    /// The revision cannot be parsed, or names another kind of object.
    case invalid
    /// The repository belongs to another user.
    case owner
    /// Another process holds a lock.
    case locked
    /// The repository has a format that this libgit2 does not know, so it cannot be opened.
    case unsupportedFormat(Format)
    /// A file of the repository, such as the index, uses an extension that this libgit2 does not
    /// know.
    case unsupported
    /// git reads another commit in place of this one.
    case replaced
    /// A file of git's own configuration cannot be parsed.
    case configuration
    /// A note has more bytes than the limit.
    case tooLarge
    case other

    /// The property of a repository that makes its format unknown.
    package enum Format: Hashable, Sendable {
      case reftables
      /// The objects have hashes of another kind than SHA-1.
      case otherHash
      case other
    }
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
  /// Creates an error with libgit2's message for this thread, which the next call may replace.
  init(operation: String, code: Int32) {
    // SAFETY: the pointer is null or valid until the next libgit2 call of this thread.
    let message = unsafe git_error_last().flatMap {
      unsafe String(validatingCString: $0.pointee.message)
    }
    let kind = Kind(code: code, message: message ?? "")
    // libgit2 ends its message with a colon if the system gives no reason.
    let reason = message.map { $0.hasSuffix(": ") ? String($0.dropLast(2)) : $0 }
    self.init(
      operation: operation,
      message: kind == .owner
        ? "it belongs to another user"
        : reason ?? "no reason given (\(code)), as when a disk is full",
      kind: kind)
  }
}

extension GitError {
  /// The error of opening a repository, where kinds mean something else than inside one.
  var ofOpening: GitError {
    let opening: Kind =
      switch kind {
      case .notFound: .noRepository
      case .unsupported: .unsupportedFormat(Kind.Format(message))
      default: kind
      }
    return GitError(operation: operation, message: message, kind: opening)
  }
}

extension GitError.Kind.Format {
  /// Derives the format from libgit2's message, which alone names the extension.
  fileprivate init(_ message: String) {
    self =
      if message.contains("refstorage") { .reftables } else if message.contains("objectformat") {
        .otherHash
      } else { .other }
  }
}

extension GitError.Kind {
  /// Derives the kind from a status, and from the message if several kinds share a status.
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

/// Throws an error if a libgit2 status is a failure. No other function does this conversion.
func check(_ operation: @autoclosure () -> String, _ code: Int32) throws(GitError) {
  guard code < 0 else { return }
  throw GitError(operation: operation(), code: code)
}

/// Throws an error like ``check(_:_:)``, but accepts the status "not found".
///
/// - Returns: false for "not found".
func found(_ operation: @autoclosure () -> String, _ code: Int32) throws(GitError) -> Bool {
  guard code != GIT_ENOTFOUND.rawValue else { return false }
  try check(operation(), code)
  return true
}
