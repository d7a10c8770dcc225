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
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let install = try call(PushProject.installer, in: directory, environment: environment)
    #expect(install.status == 0, "\(install.err)", sourceLocation: sourceLocation)
    #expect(install.out == "installed \(hook)\n", sourceLocation: sourceLocation)
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
    try expect("\(repository.path)/tools/git hooks/pre-push", in: directory)
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
    let kept = "kept the hook that was there as \(hook).previous; it runs first\n"
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
    #expect(result.err.hasPrefix("error: \(hook) and \(hook).previous exist already\nhint: "))
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
