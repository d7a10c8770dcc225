import CommandLine
import Git
import Measurements
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file under the git directory that keeps a bisection, and the lock that lets only one process
/// work on it.
struct BisectionFile {
  private let folder: String
  /// The lock; nil if the file system has no locks.
  private let lock: FileLock?

  private var path: String { "\(folder)/state.jsonl" }

  /// Takes the lock.
  ///
  /// - Throws: ``Diagnostic`` if another process has it, or if the folder cannot be made.
  init(in repository: Repository) throws {
    folder = Self.folder(of: repository)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(
        .failure, "cannot make '\(folder)'", hint: "see whether the disk is full, and who owns it")
    }
    lock = try? FileLock("\(folder)/lock")
    guard (try? lock?.seize()) == false else { return }
    throw Diagnostic(
      .unusable, "another perf-bisect is at work in this repository",
      hint: "wait for its end; `perf-bisect --log` shows how far it is")
  }

  func release() { lock?.release() }

  /// The bisection that was begun; nil if there is none.
  ///
  /// - Throws: ``Diagnostic`` if the file is damaged or of another version.
  func state() throws -> BisectionState? { try Self.state(at: path) }

  /// Reads the bisection of a repository without the lock.
  static func state(of repository: Repository) throws -> BisectionState? {
    try state(at: "\(folder(of: repository))/state.jsonl")
  }

  /// Writes the state beside the old one, then puts it in its place.
  func write(_ state: BisectionState) throws {
    do {
      try OutputFile.write(String(decoding: state.bytes, as: UTF8.self), to: path)
    } catch {
      throw Diagnostic(
        .failure, "cannot keep the bisection in '\(path)'",
        hint: "make room there")
    }
  }

  func remove() { Platform.remove(path) }

  private static func folder(of repository: Repository) -> String {
    "\(repository.commonDirectory)/perf/bisect"
  }

  private static func state(at path: String) throws -> BisectionState? {
    guard OutputFile.exists(path) else { return nil }
    guard let state = (try? Platform.contents(of: path)).flatMap(BisectionState.init) else {
      throw Diagnostic(
        .unusable, "'\(path)' cannot be read: it is damaged, or of another version",
        hint: "`perf-bisect reset` removes it")
    }
    return state
  }
}
