import CLibGit2

/// One line of a git configuration: `section.subsection.name = value`.
package struct ConfigurationEntry: Hashable, Sendable {
  /// Lower case.
  package let section: String
  /// As it was written; nil where there is none.
  package let subsection: String?
  /// Lower case.
  package let name: String
  package let value: String

  package init(section: String, subsection: String?, name: String, value: String) {
    self.section = section
    self.subsection = subsection
    self.name = name
    self.value = value
  }

  /// - Parameter key: As git and libgit2 write it: only a subsection may hold dots.
  package init?(key: String, value: String) {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else { return nil }
    section = String(key[..<first])
    subsection = first == last ? nil : String(key[key.index(after: first)..<last])
    name = String(key[key.index(after: last)...])
    self.value = value
  }
}

extension Repository {
  /// What `git config` says under `perf.`, the more specific levels last.
  package func perfConfiguration() throws(GitError) -> [ConfigurationEntry] {
    let configuration = try unsafe Handle(
      "read git config", release: { unsafe git_config_free($0) }
    ) {
      unsafe git_repository_config_snapshot(&$0, pointer)
    }
    return try unsafe entries(of: configuration, matching: #"^perf\."#, inIncludes: true)
  }

  /// All entries of a file in git's configuration syntax, in its order; empty when there is none.
  package func configuration(inFile path: String) throws(GitError) -> [ConfigurationEntry] {
    let configuration = try unsafe Handle("read '\(path)'", release: { unsafe git_config_free($0) })
    {
      unsafe git_config_open_ondisk(&$0, path)
    }
    return try unsafe entries(of: configuration, matching: nil, inIncludes: false)
  }

  /// - Parameter inIncludes: Whether entries of included files count: a file that came with a commit
  ///   has no say over which other files are read.
  @unsafe private func entries(
    of configuration: borrowing Handle, matching pattern: String?, inIncludes: Bool
  ) throws(GitError) -> [ConfigurationEntry] {
    var found: [(level: Int32, entry: ConfigurationEntry)] = []
    let iterator = try unsafe Handle(
      "read configuration", release: { unsafe git_config_iterator_free($0) }
    ) {
      if let pattern {
        unsafe git_config_iterator_glob_new(&$0, configuration.pointer, pattern)
      } else {
        unsafe git_config_iterator_new(&$0, configuration.pointer)
      }
    }
    var raw: UnsafeMutablePointer<git_config_entry>?
    while true {
      let code = unsafe git_config_next(&raw, iterator.pointer)
      guard code != GIT_ITEROVER.rawValue else { break }
      try check("read configuration", code)
      guard let entry = unsafe raw?.pointee else { break }
      guard unsafe inIncludes || entry.include_depth == 0 else { continue }
      // SAFETY: name and value are valid until the next step of the iterator; they are copied.
      let key = unsafe String(cString: entry.name)
      // A key without a value is git's way to say true.
      let value = unsafe entry.value.map { unsafe String(cString: $0) } ?? "true"
      if let parsed = ConfigurationEntry(key: key, value: value) {
        found.append((unsafe entry.level.rawValue, parsed))
      }
    }
    return found.enumerated()
      .sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element.entry)
  }
}
