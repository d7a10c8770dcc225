import Foundation
import TestSupport
import Testing

@Suite("Hook managers block a push as the plain hook does")
struct HookManagerTests {
  let project: Project
  let remote: ScratchDirectory

  /// main is at 100 ms here and there; a branch is slower.
  init() throws {
    project = try Project()
    remote = try ScratchDirectory.bareRepository()
    let git = project.repository
    try git.git("remote", "add", "origin", remote.path)
    try project.record(milliseconds: 100)
    try git.git("push", "--quiet", "origin", "main")
    try git.git("fetch", "--quiet", "origin")
    try project.leaveMain()
    try project.record(milliseconds: 130)
  }

  private func shell(_ script: String, _ more: String..., of other: Project? = nil) throws
    -> Subprocess
  {
    let project = other ?? project
    return try Subprocess.run(
      "/bin/sh", ["-ec", script, "sh", Programs.packageRoot.path(percentEncoded: false)] + more,
      in: project.repository.url,
      environment: project.programs.environment.merging(["HOME": remote.path]) { $1 })
  }

  private func checkBlocked(_ push: Subprocess) throws {
    #expect(push.status != 0, "\(push.out)\(push.err)")
    #expect((push.out + push.err).contains("1 regression"), "\(push.out)\(push.err)")
    let there = try project.repository.git("ls-remote", "origin", "refs/heads/topic")
    #expect(there == "")
  }

  private static let hasPreCommit = Subprocess.succeeds(
    #"pre-commit --version | grep -Eq ' ([4-9]|3\.([2-9]|1[0-9]))'"#)

  /// Pushes topic past a hook of this repository, which needs a repository of its own for that.
  private static let pushWithPreCommit = """
    mkdir ../$(basename "$PWD")-hooks; cd ../$(basename "$PWD")-hooks
    git init --quiet; cp "$1/.pre-commit-hooks.yaml" .; git add --all
    git -c user.name=x -c user.email=x commit --quiet --message hooks
    hooks=$PWD; cd - >/dev/null
    cat >.pre-commit-config.yaml <<END
    repos:
      - repo: $hooks
        rev: $(git -C "$hooks" rev-parse HEAD)
        hooks: [{id: $2}]
    END
    pre-commit install --hook-type pre-push >/dev/null
    status=0
    git push origin topic || status=$?
    rm -rf "$hooks"
    exit $status
    """

  @Test(
    "pre-commit, by what was recorded",
    .enabled(if: hasPreCommit, "pre-commit 3.2 or newer is not installed"))
  func preCommit() throws {
    try checkBlocked(shell(Self.pushWithPreCommit, "perf-gate-system"))
  }

  /// A suite whose program takes three times as many steps on topic.
  private static func measured() throws -> PairedProject {
    let paired = try PairedProject(settings: "metric = steps=([0-9]+) steps\nwarmup = 0\n") {
      branch, _ in "echo \(branch == "main" ? 100 : 300) steps"
    }
    try paired.repository.git("config", "perf.metric.steps.exact", "true")
    // Far from what times of so short a program do.
    try paired.repository.git("config", "perf.gate.threshold", "90%")
    return paired
  }

  @Test(
    "pre-commit, by measuring both sides",
    .enabled(if: hasPreCommit, "pre-commit 3.2 or newer is not installed"))
  func measuringPreCommit() throws {
    let paired = try Self.measured()
    let git = paired.repository
    try git.git("remote", "add", "origin", remote.path)
    try git.git("push", "--quiet", "--force", "origin", "main")
    try checkBlocked(
      shell(Self.pushWithPreCommit, "perf-gate-measure-system", of: paired.project))
  }

  @Test(
    "lefthook, with the remote configuration of this repository, whatever is checked out",
    .enabled(if: Subprocess.succeeds("command -v lefthook"), "lefthook is not installed"),
    arguments: ["topic", "main"])
  func lefthook(branch: String) throws {
    try project.repository.git("branch", "--quiet", "--set-upstream-to", "origin/main", "main")
    try project.repository.git("switch", "--quiet", branch)
    let push = try shell(
      """
      hooks=$HOME/hooks-of-it
      mkdir -p "$hooks/hooks"; cp "$1/hooks/lefthook.yml" "$hooks/hooks"
      cp -R "$1/.lefthook" "$hooks"
      git -C "$hooks" init --quiet; git -C "$hooks" add --all
      git -C "$hooks" -c user.name=x -c user.email=x commit --quiet --message hooks
      printf 'remotes:\\n  - git_url: %s\\n    configs: [hooks/lefthook.yml]\\n' "$hooks" >lefthook.yml
      lefthook install >/dev/null
      git push origin topic
      """)
    try checkBlocked(push)
  }

  @Test("husky, which runs a file of the work tree")
  func husky() throws {
    let push = try shell(
      """
      mkdir -p .husky/_
      cp "$1/hooks/husky-pre-push" .husky/pre-push
      printf '#!/bin/sh\\nsh -e "$(dirname "$(dirname "$0")")/$(basename "$0")" "$@"\\n' >.husky/_/pre-push
      chmod +x .husky/_/pre-push
      git config core.hooksPath .husky/_
      git push origin topic
      """)
    try checkBlocked(push)
  }

  /// What pre-commit sets.
  private func told(_ more: [String: String] = [:]) throws -> [String: String] {
    let git = project.repository
    return [
      "PRE_COMMIT": "1", "PRE_COMMIT_TO_REF": try git.git("rev-parse", "topic"),
      "PRE_COMMIT_FROM_REF": try git.git("rev-parse", "main"),
      "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/topic",
      "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/topic", "PRE_COMMIT_REMOTE_NAME": "origin",
      "PRE_COMMIT_REMOTE_URL": remote.path,
    ].merging(more) { $1 }
  }

  @Test("measuring looks at all commits of a push to the trunk, also by pre-commit's word")
  func trunk() throws {
    let paired = try Self.measured()
    let git = paired.repository
    let before = try git.git("rev-parse", "main")
    try git.git("switch", "--quiet", "main")
    try git.git("merge", "--quiet", "--ff-only", "topic")
    try git.commit("and a word more")
    let variables = [
      "PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": before, "PRE_COMMIT_TO_REF": "HEAD",
      "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main", "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main",
      "PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_REMOTE_URL": remote.path,
    ]
    for configured in [false, true] {
      if configured { try git.git("config", "perf.gate.base", "main") }
      let result = try paired.project.run(
        "perf-gate", "--measure", "--budget", "60s", environment: variables)
      #expect(result.status == 1, "\(result.out)\(result.err)")
      // What was recorded is compared with the same.
      #expect(try paired.project.run("perf-gate", environment: variables).status == 1)
    }
  }

  @Test("what is typed goes before standard input, that before variables, and these before HEAD")
  func precedence() throws {
    let git = project.repository
    try git.git("checkout", "--quiet", "main")
    func judge(_ arguments: [String], _ environment: [String: String], _ input: String = "") throws
      -> Subprocess
    {
      try project.run("perf-gate", arguments, environment: environment, input: input)
    }
    // HEAD is main, which is as fast as ever.
    #expect(try judge(["--pre-push"], told()).status == 1)
    let line =
      try "refs/heads/main \(git.git("rev-parse", "main")) refs/heads/other "
      + "\(String(repeating: "0", count: 40))\n"
    #expect(try judge(["--pre-push"], told(), line).err.contains("main"))
    #expect(try judge(["--pre-push"], ["PRE_COMMIT": "1"]).err.contains("HEAD"))
    #expect(try judge([], told()).status == 1)
    #expect(try judge(["main"], told()).status != 1)
    let absent = String(repeating: "1", count: 40)
    let lost = try judge(["--pre-push"], told(["PRE_COMMIT_TO_REF": absent]))
    #expect(lost.status == 2, "\(lost.err)")
  }
}
