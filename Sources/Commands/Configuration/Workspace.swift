import Git
import History
import Intake
import Measurements

/// The repository that a program works in, with its configuration.
struct Workspace {
  let repository: Repository
  let configuration: Configuration
  /// Such as `refs/notes/perf`.
  let notesRef: String

  /// Opens the repository of the directory, or that of `GIT_DIR`, as git does in hooks.
  init(_ call: Call<some CommonSettings>) throws {
    repository = try Repository(
      at: call.directory, gitDirectory: call.invocation.environment["GIT_DIR"],
      workTree: call.invocation.environment["GIT_WORK_TREE"])
    configuration = try Configuration.read(repository)
    notesRef = call.settings.common.notesRef ?? configuration.notesRef
    for warning in configuration.warnings { call.warn(warning) }
  }

  /// The repository that the call is in; nil where it is in none and names none.
  static func ifAny(_ call: Call<some CommonSettings>) throws -> Workspace? {
    do {
      return try Workspace(call)
    } catch let error as GitError where error.operation == Repository.opening {
      let isNamed = call.invocation.environment["GIT_DIR"] != nil
      guard error.kind == .notFound, !isNamed else { throw error }
      return nil
    }
  }

  /// This machine as runs describe it.
  var machine: Environment {
    Machine.environment(
      labels: configuration.environmentLabels, key: configuration.environmentKey)
  }

  func store() throws -> RunStore { try RunStore(repository, reference: notesRef) }

  /// The commit that a run names; nil where it names none, or one that is not here.
  func commitIfPresent(id: String?) throws -> Commit? {
    guard let id = id.flatMap(ObjectID.init) else { return nil }
    return try repository.commitIfPresent(id.description)
  }

  /// The commit of a revision that the user typed.
  func commit(_ revision: String) throws -> Commit {
    do {
      return try repository.commit(revision)
    } catch {
      switch error.kind {
      case .notFound where revision == "HEAD", .unborn:
        throw Complaint(.failure, "HEAD has no commit yet", hint: "make a first commit")
      case .notFound, .invalid:
        throw Complaint(
          .usage, "unknown revision '\(revision)'",
          hint: repository.isShallow
            ? "this clone is shallow: `git fetch --unshallow` brings the rest of history" : nil)
      case .ambiguous:
        throw Complaint(
          .usage, "'\(revision)' is the beginning of several ids", hint: "write more of it")
      default: throw error
      }
    }
  }
}
