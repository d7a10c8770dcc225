import Foundation
import TestSupport
import Testing

/// Where ci/install-hook puts the hook, tried with a push that has to be refused.
@Suite struct InstallHookPlaces {
  let repository: TemporaryRepository
  let project: Project
  let remote: ScratchDirectory

  init() throws {
    repository = try TemporaryRepository()
    project = Project(repository)
    remote = try ScratchDirectory()
    try repository.git("init", "--quiet", "--bare", remote.path)
    try repository.git("remote", "add", "origin", remote.path)
    try repository.commit("first")
    try project.record(milliseconds: 100)
    try repository.git("push", "--quiet", "origin", "main")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("slow")
    try project.record(milliseconds: 150)
  }

  private func call(
    _ words: String..., in directory: URL? = nil, environment: [String: String] = [:]
  ) throws -> Subprocess {
    try Subprocess.run(
      "/usr/bin/env", words, in: directory ?? repository.url,
      environment: project.programs.environment.merging(environment) { $1 })
  }

  /// Installs, expects the path that is printed, and that a push is refused.
  private func expect(
    _ hook: String, in directory: URL? = nil, environment: [String: String] = [:],
    notes: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let install = try call(PushProject.installer, in: directory, environment: environment)
    #expect(install.status == 0, "\(install.err)", sourceLocation: sourceLocation)
    #expect(install.out == "installed \(hook)\n", sourceLocation: sourceLocation)
    #expect(install.err == notes, sourceLocation: sourceLocation)
    let push = try call(
      "git", "push", "origin", "topic", in: directory, environment: environment)
    #expect(
      push.said.last == "perf-gate: push refused: regression", "\(push.err)",
      sourceLocation: sourceLocation)
  }

  @Test("a plain repository, from its top and from a subdirectory")
  func plain() throws {
    try expect("\(repository.path)/.git/hooks/pre-push")
    let directory = try repository.directory.write("a/file", "").deletingLastPathComponent()
    try expect("\(repository.path)/.git/hooks/pre-push", in: directory)
  }

  @Test("a relative core.hooksPath counts from the top of the work tree")
  func relativeHooksPath() throws {
    try repository.git("config", "core.hooksPath", "tools/git hooks")
    let directory = try repository.directory.write("a/file", "").deletingLastPathComponent()
    try expect(
      "\(repository.path)/tools/git hooks/pre-push", in: directory, notes: Self.relative())
  }

  /// What it says of a relative core.hooksPath.
  private static func relative(_ trees: String...) -> String {
    "note: core.hooksPath is relative, so each work tree has hooks of its own; this one has the hook now\n"
      + trees.map { "note: pushes from \($0) are not judged\n" }.joined()
      + "hint: start this in the others, too, or make core.hooksPath an absolute path\n"
  }

  @Test("with a relative core.hooksPath the work trees that have no such hook are named")
  func otherTrees() throws {
    let trees = try ScratchDirectory()
    for name in ["a", "b b"] {
      try repository.git("worktree", "add", "--quiet", "--detach", "\(trees.path)/\(name)")
    }
    try repository.git("config", "core.hooksPath", "hooks")
    let a = trees.url.appending(path: "a")
    try expect(
      "\(trees.path)/a/hooks/pre-push", in: a,
      notes: Self.relative(repository.path, "\(trees.path)/b b"))
    #expect(try call(PushProject.installer).err == Self.relative("\(trees.path)/b b"))
  }

  @Test("husky's own folder is left to husky, and the way is said")
  func husky() throws {
    try repository.git("config", "core.hooksPath", ".husky/_")
    let install = try call(PushProject.installer)
    #expect(install.status == 1)
    #expect(
      install.err == """
        error: \(repository.path)/.husky/_ is husky's, which writes it anew
        hint: put the last line of hooks/husky-pre-push first into .husky/pre-push

        """)
  }

  @Test("an absolute core.hooksPath")
  func absoluteHooksPath() throws {
    let hooks = try ScratchDirectory()
    try repository.git("config", "core.hooksPath", "\(hooks.path)/all")
    try expect("\(hooks.path)/all/pre-push")
  }

  @Test("a core.hooksPath in the home directory")
  func homeHooksPath() throws {
    let home = try ScratchDirectory()
    try repository.git("config", "core.hooksPath", "~/my hooks")
    try expect("\(home.path)/my hooks/pre-push", environment: ["HOME": home.path])
  }

  @Test("a linked work tree shares the hooks of its repository")
  func linkedWorkTree() throws {
    let tree = try ScratchDirectory()
    try repository.git("worktree", "add", "--quiet", "--detach", "\(tree.path)/tree")
    try expect("\(repository.path)/.git/hooks/pre-push", in: tree.url.appending(path: "tree"))
  }

  @Test("a repository named on the command line, with spaces in its path")
  func named() throws {
    let parent = try ScratchDirectory()
    try repository.git("clone", "--quiet", repository.path, "\(parent.path)/a b")
    let install = try call(PushProject.installer, "a b", in: parent.url)
    #expect(install.out == "installed \(parent.path)/a b/.git/hooks/pre-push\n")
  }

  @Test("no repository is an error")
  func noRepository() throws {
    let directory = try ScratchDirectory()
    let install = try call(PushProject.installer, in: directory.url)
    #expect(install.status == 5)
    #expect(install.err.hasPrefix("fatal: not a git repository"))
  }

  @Test("an unknown option or a word too many is a usage error")
  func usage() throws {
    for words in [["--force"], ["a", "b"], ["--remove", "a", "b"]] {
      let install = try Subprocess.run(PushProject.installer, words, in: repository.url)
      #expect(install.status == 2)
      #expect(install.err == "usage: ci/install-hook [--remove] [REPOSITORY]\n")
    }
  }
}

/// What becomes of a hook that was there before.
@Suite struct InstallHookChain {
  let here: PushProject
  let scratch: ScratchDirectory
  let hook: String

  /// A repository whose own hook writes down what it gets and ends with the status in `status`.
  init() throws {
    here = try PushProject()
    scratch = try ScratchDirectory()
    hook = "\(here.repository.path)/.git/hooks/pre-push"
    try FileManager.default.removeItem(atPath: hook)
    try scratch.write("status", "0")
    try writeOld(to: hook)
    try here.branch("topic", milliseconds: 100)
  }

  private func writeOld(to path: String) throws {
    let text = """
      #!/bin/sh
      { printf '%s\\n' "$@"; cat; } >'\(scratch.path)/got'
      echo old >&2
      exit "$(cat '\(scratch.path)/status')"
      """
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  @discardableResult
  private func install(_ options: String...) throws -> Subprocess {
    try here.call([PushProject.installer] + options)
  }

  @Test("it gets the arguments and the input of git, and then comes the gate")
  func chained() throws {
    let kept = "kept the hook that was there as \(hooks)/previous/pre-push; it runs first\n"
    #expect(try install().out == "\(kept)installed \(hook)\n")
    let push = try here.push("origin", "topic", "main:other")
    #expect(push.status == 0)
    #expect(push.err.hasPrefix("old\nperf-gate: "))
    #expect(push.said.last == "perf-gate: topic: no regression: 1 unchanged")
    let topic = try here.git("rev-parse", "topic")
    let main = try here.git("rev-parse", "main")
    let zeros = String(repeating: "0", count: 40)
    #expect(
      try scratch.read("got") == """
        origin
        \(here.remote.path)
        refs/heads/topic \(topic) refs/heads/topic \(zeros)
        refs/heads/main \(main) refs/heads/other \(zeros)

        """)
  }

  @Test("when it refuses, its word is final")
  func oldRefuses() throws {
    try install()
    try scratch.write("status", "7")
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.err.hasPrefix("old\nerror: failed to push"))
    #expect(try here.remoteHas("topic") == nil)
  }

  @Test("it runs where the gate is switched off")
  func off() throws {
    try install()
    let push = try here.push("origin", "topic", environment: ["PERF_GATE": "off"])
    #expect(push.err.hasPrefix("old\nperf-gate: skipped, because PERF_GATE=off\n"))
  }

  @Test("a second installation changes nothing")
  func twice() throws {
    try install()
    #expect(try install().out == "installed \(hook)\n")
    #expect(try here.push("origin", "topic").err.hasPrefix("old\nperf-gate: topic: no"))
  }

  @Test("--remove puts it back")
  func remove() throws {
    try install()
    #expect(try install("--remove").out == "removed \(hook)\n")
    let push = try here.push("origin", "topic")
    #expect(push.err.hasPrefix("old\n"))
    #expect(!push.err.contains("perf-gate"))
    let again = try install("--remove")
    #expect(again.status == 1)
    #expect(again.err == "error: \(hook) is not there, or not perf-gate's\n")
  }

  @Test("a symbolic link stays one, and its target untouched", arguments: [true, false])
  func link(exists: Bool) throws {
    let target = scratch.url.appending(path: "target").path(percentEncoded: false)
    try FileManager.default.removeItem(atPath: hook)
    try FileManager.default.createSymbolicLink(atPath: hook, withDestinationPath: target)
    if exists { try writeOld(to: target) }
    try install()
    let push = try here.push("origin", "topic")
    #expect(push.status == 0)
    #expect(push.err.hasPrefix("old\n") == exists)
    #expect(push.said == ["perf-gate: topic: no regression: 1 unchanged"])
    try install("--remove")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: hook) == target)
  }

  @Test("one that is not executable does not run, as git has it")
  func notExecutable() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: hook)
    try install()
    #expect(try here.push("origin", "topic").err.hasPrefix("perf-gate: topic: no regression"))
  }

  @Test("two of them are one too many")
  func two() throws {
    try install()
    try writeOld(to: hook)
    let result = try install()
    #expect(result.status == 1)
    #expect(
      result.err.hasPrefix("error: \(hook) and \(hooks)/previous/pre-push exist already\nhint: "))
  }

  private var hooks: String { "\(here.repository.path)/.git/hooks" }

  @Test("one that goes by its own name, or by what lies beside it, still does what it did")
  func dispatcher() throws {
    let files = here.repository.directory
    try files.write(".git/hooks.d/pre-push", "echo by name >&2")
    try files.write(".git/hooks/pre-push.d/one", "echo ignored >&2")
    try files.write(".git/hooks/lib/say", "say() { echo \"beside: $1\" >&2; }")
    try Data(
      """
      #!/bin/sh
      . "$(dirname "$0")/lib/say"
      say "$(basename "$0")"
      . "$(git rev-parse --git-dir)/hooks.d/$(basename "$0")"
      """.utf8
    ).write(to: URL(filePath: hook))
    try install()
    let push = try here.push("origin", "topic")
    #expect(push.err.hasPrefix("beside: pre-push\nby name\nperf-gate: "), "\(push.err)")
    try install("--remove")
    #expect(try here.push("origin", "topic:other").err.hasPrefix("beside: pre-push\nby name\n"))
    #expect(!FileManager.default.fileExists(atPath: "\(hooks)/previous"))
  }

  @Test("what an older version kept is kept on, under its name", arguments: [true, false])
  func migration(installs: Bool) throws {
    try install()
    try FileManager.default.moveItem(
      atPath: "\(hooks)/previous/pre-push", toPath: "\(hook).previous")
    if installs {
      let words = "kept the hook that was there as \(hooks)/previous/pre-push; it runs first\n"
      #expect(try install().out == "\(words)installed \(hook)\n")
      #expect(!FileManager.default.fileExists(atPath: "\(hook).previous"))
    }
    #expect(try here.push("origin", "topic").err.hasPrefix("old\nperf-gate: topic: no"))
    try install("--remove")
    #expect(try String(contentsOfFile: hook, encoding: .utf8).contains("echo old"))
  }

  @Test("a relative link leads to the same file, and is the same link again in the end")
  func relativeLink() throws {
    for target in ["../own", "own", "../../.git/own"] {
      try FileManager.default.removeItem(atPath: hook)
      let file = URL(filePath: hooks).appending(path: target).path(percentEncoded: false)
      try writeOld(to: file)
      try FileManager.default.createSymbolicLink(atPath: hook, withDestinationPath: target)
      try install()
      #expect(try here.push("origin", "topic").err.hasPrefix("old\n"), "\(target)")
      try install("--remove")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: hook) == target)
    }
  }

  @Test("no input is passed on, too")
  func noInput() throws {
    try install()
    let result = try here.call(["sh", hook, "origin", "url"], input: "")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.hasPrefix("old\n"))
    #expect(try scratch.read("got") == "origin\nurl\n")
  }

  @Test("one that reads nothing is no trouble, however much is pushed")
  func readsNothing() throws {
    try Data("#!/bin/sh\nexit 0\n".utf8).write(to: URL(filePath: hook))
    try install()
    let zeros = String(repeating: "0", count: 40)
    let line = "(delete) \(zeros) refs/heads/a-branch-with-a-name \(zeros)\n"
    for shell in ["sh", "bash"] {
      let result = try here.call(
        [shell, hook, "origin", "url"], input: String(repeating: line, count: 3000))
      #expect(result.status == 0)
      #expect(result.err == "")
    }
  }
}

/// The hook where the programs are not installed.
@Suite struct InstallHookWithoutPrograms {
  @Test("nothing is pushed unjudged, unless the gate is switched off")
  func notInPath() throws {
    let here = try PushProject()
    try here.branch("topic", milliseconds: 100)
    let words = ["git", "push", "origin", "topic"]
    let bare = Subprocess.cleanEnvironment
    let push = try Subprocess.run(
      "/usr/bin/env", words, in: here.repository.url, environment: bare)
    #expect(push.status == 1)
    #expect(
      push.said == [
        "error: perf-gate not found, so nothing was judged",
        "hint: install it, or push with PERF_GATE=off",
      ])
    let off = try Subprocess.run(
      "/usr/bin/env", words, in: here.repository.url,
      environment: bare.merging(["PERF_GATE": "off"]) { $1 })
    #expect(off.status == 0)
    #expect(off.said == ["perf-gate: skipped, because PERF_GATE=off"])
  }
}
