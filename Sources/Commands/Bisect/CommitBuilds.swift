import CommandLine
import Configuration
import Git
import Measurements
import Runner
import System

/// The commits of a bisection that are checked out and built, each in a temporary folder.
final class CommitBuilds {
  /// The plan with the environment of the work trees.
  let plan: Plan
  private let prefix: String
  private let repository: Repository
  private let git: GitProgram
  /// The number of builds that are kept at once.
  private let most: Int
  private let tell: (String) -> Void
  /// The builds, the one that was used last at the end.
  private var builds: [CommitBuild] = []
  /// The content of the good end, whose build stays.
  var pinned: ObjectID?
  /// The times that checking out and preparing took, in seconds.
  private(set) var times: [Double] = []

  /// - Parameters:
  ///   - prefix: The folder in which a typed command runs, from the top of a work tree.
  ///   - most: The number of builds that are kept at once, two or more. Each takes room, and saves
  ///     the time to build the commit again.
  ///   - tell: Called with a text about the current step.
  init(
    of plan: Plan, prefix: String, in workspace: Workspace, keeping most: Int = 5,
    tell: @escaping (String) -> Void
  ) throws {
    git = GitProgram(workspace, environment: plan.environment)
    self.plan = try Plan(
      definition: plan.definition, labels: plan.labels, concurrencies: plan.concurrencies,
      environment: git.environment, outputs: plan.outputs, prices: plan.prices)
    self.prefix = prefix
    repository = workspace.repository
    self.most = most
    self.tell = tell
  }

  /// The contents that are built.
  var built: Set<ObjectID> { Set(builds.map(\.commit.tree)) }

  var folders: [String] { builds.map(\.folder) }

  /// The build of a commit, or of another one with the same content.
  ///
  /// - Throws: ``Unmeasurable`` if the commit cannot be checked out or prepared.
  func build(of commit: Commit) throws -> CommitBuild {
    if let place = builds.firstIndex(where: { $0.commit.tree == commit.tree }) {
      let build = builds.remove(at: place)
      builds.append(build)
      // Launches in this build count for the commit that was asked for.
      return build.commit == commit ? build : CommitBuild(of: commit, in: build)
    }
    while builds.count >= most,
      let place = builds.firstIndex(where: { $0.commit.tree != pinned })
    {
      builds.remove(at: place).tree.remove()
    }
    let start = SuspendingClock.now
    let build = try make(commit)
    times.append((SuspendingClock.now - start) / .seconds(1))
    builds.append(build)
    return build
  }

  private func make(_ commit: Commit) throws -> CommitBuild {
    let side = Side(word: "commit", commit: commit)
    tell("checking out \(commit.id.short)")
    var random = SystemRandomNumberGenerator()
    let tree: Worktree
    do {
      tree = try Worktree(
        of: commit,
        at: TemporaryWorktree(
          Session.identifier(using: &random), "bisect",
          in: git.surroundings().temporaryDirectory, of: repository), git)
    } catch let error as GitProgramError where Interrupts.signal == nil {
      throw Unmeasurable(reason: "cannot be checked out", details: error.messages)
    }
    do {
      let root = tree.path + prefix
      if plan.definition.prepare != nil { tell("preparing \(commit.id.short)") }
      try plan.prepare(in: root, side: side)
      return CommitBuild(commit: commit, tree: tree, root: root, jobs: try plan.jobs(in: root))
    } catch let failure as PreparationError where Interrupts.signal == nil {
      tree.remove()
      throw Unmeasurable(
        reason: "`prepare` failed", details: failure.diagnostic.details)
    } catch {
      tree.remove()
      throw error
    }
  }

  /// Removes the build of a commit that turned out not to be measurable.
  func drop(_ commit: Commit) {
    guard let place = builds.firstIndex(where: { $0.commit.tree == commit.tree }) else { return }
    builds.remove(at: place).tree.remove()
  }

  func removeAll() {
    builds.forEach { $0.tree.remove() }
    builds = []
  }
}

/// A commit that is checked out and built.
final class CommitBuild {
  let commit: Commit
  let jobs: [BenchmarkJob]
  /// The folder where the commands run.
  let root: String
  fileprivate let tree: Worktree
  /// True after the first launch, which finds all caches cold.
  var isWarm = false

  fileprivate init(commit: Commit, tree: Worktree, root: String, jobs: [BenchmarkJob]) {
    self.commit = commit
    self.tree = tree
    self.root = root
    self.jobs = jobs
  }

  /// The build of a commit with the same content as one that is built.
  fileprivate convenience init(of commit: Commit, in other: CommitBuild) {
    self.init(commit: commit, tree: other.tree, root: other.root, jobs: other.jobs)
    isWarm = other.isWarm
  }

  var folder: String { tree.path }
}

/// The reason why a commit cannot be measured.
struct Unmeasurable: Error {
  let reason: String
  /// The last lines that the failed program printed.
  var details: [String] = []
}
