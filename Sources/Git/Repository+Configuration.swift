import CLibGit2
import System

/// An entry of a git configuration: `section.subsection.name = value`.
package struct ConfigurationEntry: Hashable, Sendable {
  /// The section, in lower case.
  package let section: String
  /// The subsection as it was written; nil if there is none.
  package let subsection: String?
  /// The name, in lower case.
  package let name: String
  package let value: String

  package init(section: String, subsection: String?, name: String, value: String) {
    self.section = section
    self.subsection = subsection
    self.name = name
    self.value = value
  }

  /// Parses the key of an entry.
  ///
  /// - Parameter key: The key in the form of git and libgit2: only a subsection may contain dots.
  package init?(key: String, value: String) {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return nil }
    section = String(key[..<first])
    subsection = first == last ? nil : String(key[key.index(after: first)..<last])
    name = String(key[key.index(after: last)...])
    self.value = value
  }
}

extension Repository {
  /// The entries of `git config` under `perf.`, as far as libgit2 reads them.
  package struct OwnConfiguration {
    /// The entries, with the more specific levels last.
    package let entries: [ConfigurationEntry]
    /// True if git may read more or fewer entries than libgit2: if other files are included, if a
    /// work tree has its own settings, or if a file contains something that git refuses.
    package let isForGitToRead: Bool
    /// True if an entry belongs to the machine's configuration, which `GIT_CONFIG_NOSYSTEM`
    /// excludes.
    package let hasSystemEntries: Bool
  }

  package func perfConfiguration() throws(GitError) -> OwnConfiguration {
    let configuration = try unsafe Handle(
      "read git config", release: { unsafe git_config_free($0) }
    ) {
      unsafe git_repository_config_snapshot(&$0, pointer)
    }
    let others = try unsafe entries(
      of: configuration, matching: #"^(include|includeif|extensions)\."#)
    let isForGit =
      others.contains { $0.entry.section != "extensions" || $0.entry.name == "worktreeconfig" }
      || configurationFiles.contains { (try? Platform.contents(of: $0))?.contains(0) == true }
    let own = try unsafe entries(of: configuration, matching: #"^perf\."#)
    return OwnConfiguration(
      entries: own.map(\.entry), isForGitToRead: isForGit,
      hasSystemEntries: own.contains { $0.level <= GIT_CONFIG_LEVEL_SYSTEM.rawValue })
  }

  /// A truth value of git's configuration; nil if it is not set.
  package func bool(_ key: String) throws(GitError) -> Bool? {
    let configuration = try unsafe Handle(
      "read git config", release: { unsafe git_config_free($0) }
    ) {
      unsafe git_repository_config_snapshot(&$0, pointer)
    }
    var value: Int32 = 0
    let code = unsafe git_config_get_bool(&value, configuration.pointer, key)
    return try found("read '\(key)' of git config", code) ? value != 0 : nil
  }

  /// A text of git's configuration; nil if it is not set.
  func text(_ key: String) throws(GitError) -> String? {
    let configuration = try unsafe Handle(
      "read git config", release: { unsafe git_config_free($0) }
    ) {
      unsafe git_repository_config_snapshot(&$0, pointer)
    }
    var value: UnsafePointer<CChar>?
    let code = unsafe git_config_get_string(&value, configuration.pointer, key)
    guard try found("read '\(key)' of git config", code) else { return nil }
    // SAFETY: the text belongs to the snapshot, which lives until the end of this scope.
    return unsafe value.map { unsafe String(cString: $0) }
  }

  /// The paths of the repository's and the user's configuration files.
  private var configurationFiles: [String] {
    var buffer = unsafe git_buf()
    defer { unsafe git_buf_dispose(&buffer) }
    var files = ["\(commonDirectory)/config"]
    // SAFETY: the text belongs to the buffer; it is copied before the buffer is freed.
    if unsafe git_config_find_global(&buffer) == 0, let text = unsafe buffer.ptr {
      files.append(unsafe String(cString: text))
    }
    return files
  }

  /// The entries that match a pattern, with the more specific levels last.
  @unsafe private func entries(
    of configuration: borrowing Handle, matching pattern: String
  ) throws(GitError) -> [(level: Int32, entry: ConfigurationEntry)] {
    var found: [(level: Int32, entry: ConfigurationEntry)] = []
    let iterator = try unsafe Handle(
      "read configuration", release: { unsafe git_config_iterator_free($0) }
    ) {
      unsafe git_config_iterator_glob_new(&$0, configuration.pointer, pattern)
    }
    var raw: UnsafeMutablePointer<git_config_entry>?
    while true {
      let code = unsafe git_config_next(&raw, iterator.pointer)
      guard code != GIT_ITEROVER.rawValue else { break }
      try check("read configuration", code)
      guard let entry = unsafe raw?.pointee else { break }
      // SAFETY: name and value are valid until the next step of the iterator; they are copied.
      let key = unsafe String(cString: entry.name)
      // A key without a value means true in git.
      let value = unsafe entry.value.map { unsafe String(cString: $0) } ?? "true"
      if let parsed = ConfigurationEntry(key: key, value: value) {
        found.append((unsafe entry.level.rawValue, parsed))
      }
    }
    return found.enumerated()
      .sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element)
  }
}
