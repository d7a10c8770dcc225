import System

/// The git directory of a work tree, found and read as plain files.
///
/// It is for a program that may take only a few milliseconds: the start of libgit2 alone takes
/// longer. It reads the reference files of git's usual format, which is all that libgit2 1.5 reads.
package struct GitFolder: Sendable {
  /// The directory of this work tree, such as `.git` or `.git/worktrees/other`.
  package let path: String
  /// The directory of the files that all work trees share.
  package let commonPath: String

  /// Finds the git directory that belongs to a folder, or the one that `GIT_DIR` names.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/noRepository`` if there is none.
  package init(of folder: String, _ environment: [String: String]) throws(GitError) {
    let place = Platform.realPath(folder) ?? folder
    if let typed = environment["GIT_DIR"] {
      let path = Self.joined(place, typed)
      guard Self.isGitFolder(path) else {
        throw GitError(
          operation: "open repository", message: "there is none at '\(path)', which GIT_DIR names",
          kind: .noRepository)
      }
      self.path = path
    } else {
      path = try Self.found(above: place)
    }
    let common =
      if let typed = environment["GIT_COMMON_DIR"] {
        Self.joined(place, typed)
      } else if let shared = Self.line(of: "\(path)/commondir") {
        Self.joined(path, shared)
      } else {
        path
      }
    commonPath = Platform.realPath(common) ?? common
  }

  private static func found(above folder: String) throws(GitError) -> String {
    var place = folder[...]
    while true {
      let git = "\(place)/.git"
      if isGitFolder(git) { return git }
      if let text = line(of: git), text.hasPrefix("gitdir: ") {
        let path = joined(String(place), String(text.dropFirst("gitdir: ".count)))
        if isGitFolder(path) { return path }
      }
      if isGitFolder(String(place)), kind("\(place)/objects") == .folder { return String(place) }
      guard let slash = place.lastIndex(of: "/") else { break }
      place = place[..<slash]
    }
    throw GitError(
      operation: "open repository", message: "there is none at '\(folder)' or above it",
      kind: .noRepository)
  }

  private static func isGitFolder(_ path: String) -> Bool { line(of: "\(path)/HEAD") != nil }

  private static func kind(_ path: String) -> Platform.Kind { Platform.kind(of: path) }

  private static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  /// The first line of a small file; nil if there is no such file.
  private static func line(of path: String) -> String? {
    guard let bytes = try? Platform.contents(of: path, limit: 10_000), bytes.count <= 10_000 else {
      return nil
    }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return String(validating: line, as: UTF8.self)
  }
}

extension GitFolder {
  /// The commit that HEAD points to.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/unborn`` if HEAD names a branch without a
  ///   commit.
  package func head() throws(GitError) -> ObjectID {
    var name = "HEAD"
    // Git follows as many references.
    for _ in 0..<5 {
      guard let text = Self.line(of: file(name)) ?? packed(name) else {
        throw GitError(
          operation: "read HEAD", message: "'\(name)' has no commit yet", kind: .unborn)
      }
      guard text.hasPrefix("ref:") else {
        guard let id = ObjectID(text) else { throw strange(name, text) }
        return id
      }
      name = String(text.dropFirst("ref:".count).drop { $0 == " " || $0 == "\t" })
      // A name that leads elsewhere is no name of a reference.
      guard name.hasPrefix("refs/"), !name.split(separator: "/").contains("..") else {
        throw strange("HEAD", text)
      }
    }
    throw GitError(
      operation: "read HEAD", message: "it names a reference that names another, and so on",
      kind: .invalid)
  }

  private func strange(_ name: String, _ text: String) -> GitError {
    GitError(
      operation: "read HEAD", message: "'\(name)' has '\(text.prefix(80))', which is no commit id",
      kind: .invalid)
  }

  private func file(_ name: String) -> String {
    let isOwn = ["HEAD", "refs/bisect/", "refs/worktree/", "refs/rewritten/"]
      .contains { name.hasPrefix($0) }
    return "\(isOwn ? path : commonPath)/\(name)"
  }

  /// The id of a reference in the file of packed references; nil if it is not there.
  private func packed(_ name: String) -> String? {
    guard let bytes = try? Platform.contents(of: "\(commonPath)/packed-refs") else { return nil }
    let line = [UInt8(ascii: " ")] + Array(name.utf8) + [UInt8(ascii: "\n")]
    let text = String(decoding: bytes, as: UTF8.self)
    guard let place = text.offset(of: String(decoding: line, as: UTF8.self)), place >= 40 else {
      return nil
    }
    return String(decoding: bytes[(place - 40)..<place], as: UTF8.self)
  }
}
