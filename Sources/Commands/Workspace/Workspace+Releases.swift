import Configuration
import Git
import Verdicts

extension Workspace {
  /// The tags of releases: those that `gate.anchor` asks for where it is a pattern, else all.
  func releases() throws -> [Tag] {
    let pattern = configuration.anchor.map { Pattern($0) }
    return try repository.tags { name in
      pattern.map { !$0.hasWildcards || $0.matches(name) } ?? true
    }
  }
}
