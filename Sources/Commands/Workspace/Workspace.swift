import CommandLine
import Configuration
import Git
import History
import Measurements
import Runner
import System

/// The repository that a program works in, with the configuration that counts there.
struct Workspace {
  let repository: Repository
  let configuration: ProjectConfiguration
  /// The notes' reference, such as `refs/notes/perf`.
  let notesRef: String
  /// The variables of the pipeline about the checked-out commit.
  let pipeline: CIEnvironment
  /// The settings of `git config`, which have precedence over every file.
  let gitSettings: [Setting]
  let files: ConfigurationFiles
  /// The notes' reference that was typed, which has precedence over all settings.
  private let typedNotesRef: String?
  private let told: Told

  /// The warnings that were printed.
  private final class Told {
    var warnings: Set<String> = []
  }

  /// The workspace for programs that measure, store and exchange. It uses the `.perfconfig` that is
  /// checked out, except for the keys about where numbers are kept and how a machine is named: the
  /// gate reads these from the base branch.
  init(_ call: CommandContext<some CommonSettings>) throws {
    self = try Workspace.judging(call).recording(call)
  }

  /// The same workspace with the rules of ``init(_:)``.
  func recording(_ call: CommandContext<some CommonSettings>) throws -> Workspace {
    let rules = try rulesHere()
    tell(rules.withoutEffect, call)
    return under(rules.configuration, call)
  }

  /// The files besides the usual one in which `perf-record --spool` leaves runs, from
  /// `git config perf.spool`. A relative path begins at the top of the work tree.
  var spools: [String] {
    let top = repository.workTree ?? repository.commonDirectory
    return gitSettings.values(of: "perf.spool").map { $0.hasPrefix("/") ? $0 : "\(top)/\($0)" }
  }

  /// The rules for runs that are measured from the work tree.
  func rulesHere() throws -> Rules {
    let head = try repository.commitIfPresent("HEAD")
    // If no base is found, no other file can decide.
    let tip = try? Base.choice(
      for: BaseSearch(repository, judged: head, branch: repository.branch()),
      configured: configuration.bases, in: self)
    let fork = head.flatMap { head in
      tip.flatMap { try? repository.mergeBase(head.id, $0.commit.id) }
    }
    return try Rules(RulesQuestion(base: fork, tip: tip, isOfWorkTree: true), in: self)
  }

  /// The workspace for programs that judge: with git's configuration alone, until the rules of the
  /// judged commit are known.
  ///
  /// Opens the repository of the directory, or that of `GIT_DIR`, as git does in hooks.
  static func judging(_ call: CommandContext<some CommonSettings>) throws -> Workspace {
    let environment = call.process.environment
    let repository = try Repository(
      at: call.directory, gitDirectory: environment["GIT_DIR"],
      workTree: environment["GIT_WORK_TREE"])
    if environment["GIT_NO_REPLACE_OBJECTS"] != nil { repository.readAsCommitted() }
    let settings = try GitSettings.read(repository, GitProgram(call))
    return Workspace(
      repository: repository,
      configuration: try ProjectConfiguration.saying(settings, isWhole: false),
      typedNotesRef: call.settings.common.notesRef, pipeline: CIEnvironment(environment),
      gitSettings: settings, files: ConfigurationFiles(repository), told: Told())
  }

  private init(
    repository: Repository, configuration: ProjectConfiguration, typedNotesRef: String?,
    pipeline: CIEnvironment, gitSettings: [Setting], files: ConfigurationFiles, told: Told
  ) {
    self.repository = repository
    self.configuration = configuration
    self.typedNotesRef = typedNotesRef
    self.pipeline = pipeline
    self.gitSettings = gitSettings
    self.files = files
    self.told = told
    notesRef = typedNotesRef ?? configuration.notesRef
  }

  /// The workspace with other rules. A warning about their unknown keys is printed once.
  func under(_ configuration: ProjectConfiguration, _ call: CommandContext<some CommonSettings>)
    -> Workspace
  {
    tell(configuration.warnings, call)
    return Workspace(
      repository: repository, configuration: configuration, typedNotesRef: typedNotesRef,
      pipeline: pipeline, gitSettings: gitSettings, files: files, told: told)
  }

  private func tell(_ warnings: [String], _ call: CommandContext<some CommonSettings>) {
    for warning in warnings where told.warnings.insert(warning).inserted { call.warn(warning) }
  }

  /// The repository of the caller's directory; nil if there is none and none is named, or if
  /// libgit2 does not support its format.
  ///
  /// - Parameter judging: True to open it for judging.
  static func ifAny(
    _ call: CommandContext<some CommonSettings>, judging: Bool = false
  ) throws -> Workspace? {
    guard mayBeOne(above: call.directory, call.process.environment) else { return nil }
    do {
      return try judging ? Workspace.judging(call) : Workspace(call)
    } catch let error as GitError {
      switch error.kind {
      case .unsupportedFormat: call.say(Diagnostic(error), as: .warning)
      case .noRepository where call.process.environment["GIT_DIR"] == nil: break
      default: throw error
      }
      return nil
    }
  }

  /// Looks for a repository in a folder and above it without libgit2, whose start takes longer than
  /// comparing two files.
  ///
  /// - Returns: False if there certainly is none.
  private static func mayBeOne(above folder: String, _ environment: [String: String]) -> Bool {
    if environment["GIT_DIR"] != nil { return true }
    var place = OutputFile.target(of: folder)[...]
    while true {
      // A bare repository has HEAD and objects at its top.
      func has(_ name: String) -> Bool { OutputFile.exists("\(place)/\(name)") }
      if has(".git") || has("HEAD") && has("objects") { return true }
      guard let slash = place.lastIndex(of: "/") else { return false }
      place = place[..<slash]
    }
  }

  /// The environment of this machine, as runs describe it.
  var machine: Environment {
    Machine.environment(
      labels: configuration.environmentLabels, key: configuration.environmentKey)
  }

  /// The tracked files with changes, as `git describe --dirty` sees them.
  ///
  /// If libgit2 finds any, the git program is asked: only it knows the filters of large files, and
  /// the files that a sparse checkout leaves out.
  func modifiedFiles(_ call: CommandContext<some CommonSettings>) throws -> [String] {
    let modified = try repository.modifiedFiles()
    guard !modified.isEmpty else { return [] }
    let arguments = ["status", "--porcelain", "-z", "--untracked-files=no"]
    guard let status = try? GitProgram(call).launch(arguments), status.ending == .exited(0)
    else { return modified }
    // Each entry has two letters, a space and a path. For a renamed file, the old path follows.
    var files: [String] = []
    var fields = status.text.split(separator: "\0")[...]
    while let field = fields.popFirst() {
      files.append(String(field.dropFirst(3)))
      if field.prefix(2).contains("R") || field.prefix(2).contains("C") { _ = fields.popFirst() }
    }
    return files
  }

  func store() throws -> RunStore { try RunStore(repository, reference: notesRef) }

  /// The commit that a run names; nil if it names none, or one that is not here.
  func commitIfPresent(id: String?) throws -> Commit? {
    guard let id = id.flatMap(ObjectID.init) else { return nil }
    return try repository.commitIfPresent(id.description)
  }

  /// The commit of a revision that the user typed.
  ///
  /// - Parameter orFile: True if the text could also have named a file, which messages
  ///   then mention.
  func commit(_ revision: String, orFile: Bool = false) throws -> Commit {
    let noFile = orFile ? ", and there is no such file" : ""
    let ways = "name a branch, tag or id\(orFile ? ", or a file that is there" : "")"
    // Git accepts `@` for HEAD. libgit2 accepts it only if nothing follows it.
    let isShort = revision.hasPrefix("@~") || revision.hasPrefix("@^")
    do {
      return try repository.commit(isShort ? "HEAD" + revision.dropFirst() : revision)
    } catch {
      switch error.kind {
      case .notFound where revision == "HEAD", .unborn:
        throw Diagnostic(.failure, "HEAD has no commit yet", hint: "make a first commit")
      case .invalid:
        throw Diagnostic(.usage, "'\(revision)' names no commit\(noFile)", hint: ways)
      case .notFound,
        .missing where repository.isShallow:
        throw Diagnostic(
          .usage, "unknown revision '\(revision)'\(noFile)",
          hint: repository.isShallow
            ? "this clone is shallow: `git fetch --unshallow` brings the rest of history"
            : ways)
      case .ambiguous:
        throw Diagnostic(
          .usage, "'\(revision)' is no name here, and too short for an id\(noFile)",
          hint: "write more of it")
      default: throw error
      }
    }
  }
}
