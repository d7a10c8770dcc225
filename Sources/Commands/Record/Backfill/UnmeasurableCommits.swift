import CommandLine
import Git
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The commits that a backfill could not measure, as one that does not build.
///
/// A later backfill takes them last. Otherwise a stretch of history that does not build would use up
/// the time limit each time, and nothing else would ever be measured. They are kept in a file under
/// the git directory that may be removed at any time.
struct UnmeasurableCommits {
  private let path: String
  private let suite: String
  /// Each commit with its suite, as a line of the file.
  private var lines: Set<String>

  init(of suite: String, in repository: Repository) {
    path = "\(repository.commonDirectory)/perf/unmeasurable"
    self.suite = suite
    let bytes = (try? Platform.contents(of: path, limit: 10_000_000)) ?? []
    lines = Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  func contains(_ commit: Commit) -> Bool { lines.contains(line(of: commit)) }

  /// Notes the commits that could not be measured, and those that could. The file is only a help, so
  /// nothing is said if it cannot be written.
  mutating func note(_ failed: [Commit], measured: [Commit]) {
    let old = lines
    lines.subtract(measured.map(line))
    lines.formUnion(failed.map(line))
    guard lines != old else { return }
    try? OutputFile.write(lines.sorted().map { "\($0)\n" }.joined(), to: path)
  }

  private func line(of commit: Commit) -> String { "\(commit.id) \(suite)" }
}
