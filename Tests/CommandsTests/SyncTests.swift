import Foundation
import TestSupport
import Testing

@Suite("perf-sync brings runs from and to other repositories")
struct SyncTests {
  /// Bare, with a branch `main`.
  let hub: ScratchDirectory
  let one: Project
  let two: Project

  init() throws {
    hub = try ScratchDirectory.bareRepository()
    one = try Project.pushed(to: hub)
    two = try Project.clone(of: hub)
  }

  private func runs(_ project: Project, _ revision: String = "HEAD") throws -> [String] {
    try project.repository.note(revision).split(separator: "\n")
      .map(String.init)
  }

  /// What a server does with a push.
  private func refuse(_ script: String) throws {
    try hub.write("hooks/pre-receive", "#!/bin/sh\n\(script)\n")
    _ = try Subprocess.run("/bin/chmod", ["+x", "hooks/pre-receive"], in: hub.url)
  }

  @Test("both sides have all runs, whoever is first, and no line is lost")
  func both() throws {
    try one.record(milliseconds: 10)
    try two.record(milliseconds: 20)
    let first = try one.run("perf-sync", "push")
    #expect(first.status == 0, "\(first.err)")
    #expect(first.out == "1 run to origin\n")
    #expect(try two.run("perf-sync", "push").out == "1 run to origin\n")
    #expect(try one.run("perf-sync", "fetch").out == "1 run from origin\n")
    #expect(try runs(one) == runs(two))
    #expect(try runs(one).count == 2)
    #expect(try one.run("perf-sync", "fetch").out == "nothing new from origin\n")
    #expect(try one.run("perf-sync", "push").out == "origin has all runs\n")
    #expect(try one.repository.git("fsck", "--strict") == "")
  }

  @Test("what is recorded with --push is at the remote, and perf-gate --fetch finds it there")
  func steps() throws {
    try one.record(milliseconds: 10, "--push")
    try two.leaveMain()
    try two.record(milliseconds: 20)
    let without = try two.run("perf-gate")
    #expect(without.status == 3)
    let gate = try two.run("perf-gate", "--fetch")
    #expect(gate.status == 1, "\(gate.err)")
    try expectGolden(gate)
    let text = try Project.hyperfine(["b": Project.times(1)])
    let told = try two.run("perf-record", "--import", "-", "--push", input: text)
    #expect(told.out.hasSuffix("2 runs pushed to origin\n"), "\(told.out)")
  }

  @Test("a clone that has no notes is told how to get them")
  func hint() throws {
    let gate = try two.run("perf-gate")
    #expect(gate.status == 4)
    try expectGolden(gate)
    #expect(try two.run("perf-sync", "fetch").out == "origin has no runs in refs/notes/perf\n")
    #expect(try two.run("perf-sync", "push").out == "no runs here in refs/notes/perf\n")
  }

  @Test("status says what is only here, what only there, and how much there is")
  func status() throws {
    try one.record(milliseconds: 10)
    try one.record(milliseconds: 11)
    try two.record(milliseconds: 20, "--push")
    let status = try one.run("perf-sync", "status")
    #expect(
      status.out.hasPrefix(
        """
        only here    2 runs: `perf-sync push`
        only there   1 run: `perf-sync fetch`
        here         2 runs in 2 notes,
        """), "\(status.out)\(status.err)")
    #expect(try runs(one).count == 2)
  }

  @Test("a server that refuses now and then is asked again, one that always does is an error")
  func refused() throws {
    try one.record(milliseconds: 10)
    // Every second time.
    try refuse("if [ -e again ]; then rm again; else touch again; echo no >&2; exit 1; fi")
    let pushed = try one.run("perf-sync", "push")
    #expect(pushed.status == 0, "\(pushed.err)")
    try refuse("exit 1")
    try one.record(milliseconds: 11)
    let before = try runs(one)
    let never = try one.run("perf-sync", "push")
    #expect(never.status == 5)
    try expectGolden(never)
    #expect(try runs(one) == before)
  }

  @Test("a server that gives another reason each time is asked for longer")
  func reasons() throws {
    try one.record(milliseconds: 10)
    try refuse("echo too busy for $$ >&2; exit 1")
    let never = try one.run("perf-sync", "push")
    #expect(never.err.contains("error: 'origin' refused the runs 20 times"), "\(never.err)")
  }

  @Test("whoever is refused while others get on is patient")
  func losing() throws {
    try one.record(milliseconds: 10, "--push")
    try one.record(milliseconds: 11)
    // Ten others in a row are faster.
    try refuse(
      """
      count=$(cat count 2>/dev/null || echo 0)
      [ $count -lt 10 ] || exit 0
      echo $((count + 1)) >count
      unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY
      export GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x
      old=refs/notes/perf
      git update-ref $old $(git commit-tree -m $count -p $old $old^{tree})
      exit 1
      """)
    let pushed = try one.run("perf-sync", "push")
    #expect(pushed.out == "1 run to origin\n", "\(pushed.err)")
    #expect(try hub.read("count") == "10\n")
  }

  @Test("a remote that is pushed to elsewhere is named with its address, and why it refuses")
  func elsewhere() throws {
    let other = try ScratchDirectory.bareRepository()
    try one.repository.git("config", "remote.origin.pushurl", "file://user:SECRET@\(other.path)")
    try one.repository.git(
      "config", "url.\(other.path).insteadOf", "file://user:SECRET@\(other.path)")
    try one.record(milliseconds: 10)
    #expect(try one.run("perf-sync", "push").out == "1 run to origin, at \(other.path)\n")
    #expect(try one.run("perf-sync", "fetch").out.contains("origin has no runs"))
    try one.record(milliseconds: 11)
    let refused = try one.run("perf-sync", "push")
    #expect(refused.status == 5)
    try expectGolden(refused)
    #expect(try one.run("perf-sync", "push", other.path).out == "1 run to \(other.path)\n")
  }

  @Test("of several addresses of a remote none goes without the runs unsaid")
  func several() throws {
    let other = try ScratchDirectory.bareRepository()
    try one.repository.git("remote", "set-url", "--add", "origin", other.path)
    try two.repository.git("remote", "add", "other", other.path)
    try one.record(milliseconds: 10)
    let pushed = try one.run("perf-sync", "push")
    #expect(pushed.out == "1 run to origin, at \(hub.path) and \(other.path)\n", "\(pushed.err)")
    #expect(try two.run("perf-sync", "fetch", "other").out == "1 run from other\n")
    try two.record(milliseconds: 12)
    try two.run("perf-sync", "push", "other")
    try one.record(milliseconds: 11)
    let refused = try one.run("perf-sync", "push")
    #expect(refused.status == 5)
    try expectGolden(refused)
  }

  @Test("a refusal has the remote's own last words, none of which a terminal obeys")
  func words() throws {
    try one.record(milliseconds: 10)
    try refuse(
      """
      for line in 1 2 3 4 5 6 7; do echo line $line >&2; done
      printf '\\033[31mred\\033[m\\n' >&2
      echo 'see https://user:SECRET@host/x and ssh://TOKEN@host' >&2
      printf 'one\\rtwo\\n' >&2
      exit 1
      """)
    let result = try one.run("perf-sync", "push")
    #expect(result.status == 5)
    let details = result.err.split(separator: "\n").filter { $0.hasPrefix("  | ") }
    #expect(
      details == [
        "  | [remote rejected] (pre-receive hook declined)", "  | remote: line 2",
        "  | remote: line 3", "  | remote: line 4", "  | remote: line 5", "  | remote: line 6",
        "  | remote: line 7", #"  | remote: \u{1B}[31mred\u{1B}[m"#,
        "  | remote: see https://host/x and ssh://host", "  | remote: one", "  | remote: two",
      ], "\(result.err)")
  }

  @Test("an address with an escape sequence in it does nothing to a terminal")
  func escapes() throws {
    let address = "\(hub.path)/\u{1B}[31m"
    try FileManager.default.createSymbolicLink(atPath: address, withDestinationPath: ".")
    try two.record(milliseconds: 20, "--push")
    try one.record(milliseconds: 10)
    for (action, status) in [("push", 0), ("fetch", 0), ("status", 0), ("init", 2)] {
      let result = try one.run("perf-sync", action, address)
      #expect(result.status == Int32(status), "\(result.err)")
      #expect(!(result.out + result.err).contains("\u{1B}"), "\(result.out)\(result.err)")
    }
    #expect(try !one.repository.git("log", "refs/notes/perf").contains("\u{1B}"))
    for action in ["push", "fetch", "status", "init"] {
      let result = try one.run("perf-sync", action, "no\u{1B}[31m")
      #expect(!result.err.isEmpty && !(result.out + result.err).contains("\u{1B}"), "\(result.err)")
    }
  }

  @Test("a lock that was left at the reference of the remote is named, and what to do about it")
  func staleLock() throws {
    try two.record(milliseconds: 20, "--push")
    let name = ".git/refs/perf/remotes/origin/notes/perf.lock"
    try one.repository.directory.write(name, "")
    let result = try one.run("perf-sync", "fetch")
    #expect(result.status == 5)
    #expect(
      result.err.contains("Unable to create '\(one.repository.path)/\(name)'"), "\(result.err)")
    #expect(result.err.contains("hint: it is held for a moment only"), "\(result.err)")
  }

  @Test("a lock of the mirror that is older than any fetch does not stop the next")
  func staleMirror() throws {
    try two.record(milliseconds: 1, "--push")
    let lock = try one.repository.directory.write(
      ".git/refs/perf/remotes/origin/notes/perf.lock", "")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -120)],
      ofItemAtPath: lock.path(percentEncoded: false))
    let fetched = try one.run("perf-sync", "fetch")
    #expect(fetched.out == "1 run from origin\n", "\(fetched.err)")
  }

  @Test("a mirror clone pushes runs alone")
  func mirror() throws {
    let mirror = try Project(TemporaryRepository(cloning: hub.path, "--mirror"))
    try one.record(milliseconds: 1)
    try one.repository.git("push", "--quiet", mirror.repository.path, "refs/notes/perf")
    let pushed = try mirror.run("perf-sync", "push")
    #expect(pushed.out == "1 run to origin\n", "\(pushed.err)")
  }

  @Test("many clones that push at once all get on")
  func race() throws {
    let script = """
      for clone in 1 2 3 4 5; do
        git clone --quiet "$1" $clone
        git -C $clone config user.name R; git -C $clone config user.email r@example.com
      done
      for clone in 1 2 3 4 5; do (
        cd $clone
        for run in 1 2 3; do
          printf '{"results":[{"command":"b","times":[0.0%s]}]}' $run$clone |
            perf-record --quiet --import - && perf-sync push --quiet
        done
      ) & done
      wait
      for clone in 1 2 3 4 5; do
        perf-sync fetch --quiet -C $clone; git -C $clone rev-parse 'refs/notes/perf^{tree}'
      done
      """
    let folder = try ScratchDirectory()
    let result = try Subprocess.run(
      "/bin/sh", ["-ec", script, "sh", hub.path], in: folder.url,
      environment: one.programs.environment)
    #expect(result.status == 0, "\(result.err)")
    #expect(Set(result.out.split(separator: "\n")).count == 1, "\(result.out)")
    #expect(try one.run("perf-sync", "fetch").out == "15 runs from origin\n")
  }

  @Test("a shallow clone stays as shallow as it is, and a partial one has all notes")
  func shallow() throws {
    try one.record(milliseconds: 10)
    try one.repository.commit("later")
    try one.record(milliseconds: 12, "--push")
    try one.repository.git("push", "--quiet", "origin", "main")
    try Self.configure(hub)
    let shallow = try Project.clone(of: hub, ["--depth", "1"])
    #expect(try shallow.run("perf-sync", "fetch").out == "2 runs from origin\n")
    #expect(try shallow.repository.git("rev-list", "--count", "HEAD") == "1")
    #expect(try shallow.repository.git("rev-parse", "--is-shallow-repository") == "true")
    try shallow.record(milliseconds: 13, "--push")
    let partial = try Project(
      TemporaryRepository(cloning: "file://\(hub.path)", "--filter=blob:none", "--no-checkout"))
    #expect(try partial.run("perf-sync", "fetch").out == "3 runs from origin\n")
    // Without asking the remote again.
    try partial.repository.git("remote", "set-url", "origin", "/nowhere")
    #expect(try runs(partial).count == 2)
  }

  @Test(
    "what a plain `git fetch` leaves out in a partial clone is fetched once it is needed",
    arguments: [
      ("fetch", "blob:none", "2 runs from origin\n"), ("push", "blob:none", "1 run to origin\n"),
      ("status", "blob:none", "only here    1 run: `perf-sync push`\nonly there   2 runs"),
      ("fetch", "tree:0", "2 runs from origin\n"),
    ])
  func partial(_ action: String, _ filter: String, _ words: String) throws {
    try one.record(milliseconds: 10)
    try one.record(milliseconds: 12, "--push")
    try Self.configure(hub)
    let partial = try Project(
      TemporaryRepository(cloning: "file://\(hub.path)", "--filter=\(filter)"))
    try partial.run("perf-sync", "init")
    try partial.repository.git("fetch", "--quiet")
    // What only such a clone has: the reference without its texts.
    let blobs = try partial.repository.git(
      "rev-list", "--objects", "--missing=print", "refs/perf/remotes/origin/notes/perf")
    #expect(blobs.contains("?"))
    try partial.record(milliseconds: 14)
    let result = try partial.run("perf-sync", action)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.hasPrefix(words), "\(result.out)")
  }

  @Test("a git that cannot fetch again what it left out is named as the reason")
  func oldGit() throws {
    try two.record(milliseconds: 10, "--push")
    try Self.configure(hub)
    let partial = try Project(
      TemporaryRepository(cloning: "file://\(hub.path)", "--filter=blob:none"))
    try partial.run("perf-sync", "init")
    try partial.repository.git("fetch", "--quiet")
    let folder = try ScratchDirectory()
    try folder.write(
      "git",
      """
      #!/bin/sh
      PATH=${PATH#*:}
      case " $* " in *" --refetch "*) exit 129 ;; esac
      exec git "$@"
      """)
    _ = try Subprocess.run("/bin/chmod", ["+x", "git"], in: folder.url)
    let path = try #require(partial.programs.environment["PATH"])
    let result = try partial.run(
      "perf-sync", ["fetch"], environment: ["PATH": "\(folder.path):\(path)"])
    #expect(result.status == 5)
    try expectGolden(result)
  }

  @Test("texts that the remote lacks, too, are an error after one attempt to fetch them")
  func damaged() throws {
    try two.record(milliseconds: 10, "--push")
    try one.run("perf-sync", "fetch")
    try two.record(milliseconds: 12, "--push")
    try one.repository.git(
      "fetch", "--quiet", "origin", "+refs/notes/perf:refs/perf/remotes/origin/notes/perf")
    let blob = try one.repository.git("rev-parse", "refs/perf/remotes/origin/notes/perf^{tree}")
    let file = "objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    for folder in ["\(one.repository.path)/.git", hub.path] {
      try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
    }
    let before = try one.repository.git("rev-parse", "refs/notes/perf")
    let result = try one.run("perf-sync", "fetch")
    #expect(result.status == 5)
    #expect(result.err.contains("error: cannot fetch from 'origin'"), "\(result.err)")
    #expect(try one.repository.git("rev-parse", "refs/notes/perf") == before)
  }

  private static func configure(_ hub: ScratchDirectory) throws {
    for key in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
      _ = try Subprocess.run(
        "/usr/bin/env", ["git", "config", key, "true"], in: hub.url,
        environment: Subprocess.cleanEnvironment)
    }
  }

  @Test("init sets what `git fetch` and `git log` need, once, and takes it back")
  func setUp() throws {
    let url = try one.repository.git("config", "--get-all", "remote.origin.fetch")
    let first = try one.run("perf-sync", "init")
    #expect(first.status == 0, "\(first.err)")
    // No runs there yet, and no error.
    try one.repository.git("fetch", "--quiet")
    let again = try one.run("perf-sync", "init")
    #expect(try one.repository.git("config", "--get-all", "notes.displayRef") == "refs/notes/perf")
    try two.record(milliseconds: 1, "--push")
    try one.repository.git("fetch", "--quiet")
    let mirror = "refs/perf/remotes/origin/notes/perf"
    #expect(
      try one.repository.git("rev-parse", mirror)
        == two.repository.git("rev-parse", "refs/notes/perf"))
    try one.run("perf-sync", "fetch")
    #expect(try one.repository.git("log", "-1").contains("\"benchmark\":\"parse\""))
    let undone = try one.run("perf-sync", "init", "--undo")
    try expectGolden(first, again, undone)
    #expect(try one.repository.git("config", "--get-all", "remote.origin.fetch") == url)
  }

  @Test("what an address has of a user and a password is nowhere to be seen")
  func secret() throws {
    let address = "https://user:SECRET@host/x.git"
    try one.repository.git("config", "url.\(hub.path).insteadOf", address)
    try two.record(milliseconds: 1, "--push")
    try one.record(milliseconds: 2)
    let pushed = try one.run("perf-sync", "push", address)
    #expect(pushed.out == "1 run to https://host/x.git\n", "\(pushed.err)")
    #expect(try !one.repository.git("log", "refs/notes/perf").contains("SECRET"))
    let lost = try one.run("perf-sync", "fetch", "https://user:SECRET@localhost:1/y.git")
    #expect(lost.status == 5)
    #expect(!(lost.out + lost.err).contains("SECRET"), "\(lost.err)")
    let foreign = try one.run("perf-sync", "init", address)
    try expectGolden(foreign)
  }

  @Test("a note that somebody removed on one side is not lost on either")
  func removed() throws {
    try one.record(milliseconds: 1, "--push")
    try two.run("perf-sync", "fetch")
    for object in ["HEAD", "HEAD^{tree}"] {
      try two.repository.git("notes", "--ref=perf", "remove", object)
    }
    try two.run("perf-sync", "push")
    #expect(try runs(two).count == 1)
    // Removed by git alone, and pushed by it.
    for object in ["HEAD", "HEAD^{tree}"] {
      try two.repository.git("notes", "--ref=perf", "remove", object)
    }
    try two.repository.git("push", "--quiet", "origin", "refs/notes/perf")
    try one.run("perf-sync", "fetch")
    #expect(try runs(one).count == 1)
    try one.run("perf-sync", "push")
    #expect(try two.run("perf-sync", "fetch").out == "1 run from origin\n")
  }

  @Test("notes that are all gone on both sides, and trees that name each other, do no harm")
  func foreignTrees() throws {
    for project in [one, two] {
      try project.record(milliseconds: 1)
      for object in ["HEAD", "HEAD^{tree}"] {
        try project.repository.git("notes", "--ref=perf", "remove", object)
      }
    }
    try two.repository.git("push", "--quiet", "origin", "refs/notes/perf")
    #expect(try one.run("perf-sync", "fetch").status == 0)
    #expect(try one.run("perf-sync", "push").status == 0)
    let script = """
      blob=$(echo h | git hash-object -w --stdin)
      tree=$(printf '100644 blob %s\tabcd\n' $blob | git mktree)
      for depth in 1 2 3 4 5 6 7 8 9 10 11 12; do
        tree=$(for name in gg zz; do printf '040000 tree %s\t%s\n' $tree $name; done | git mktree)
      done
      git push --quiet --force origin $(git commit-tree -m bomb $tree):refs/notes/perf
      """
    let made = try Subprocess.run(
      "/bin/sh", ["-ec", script], in: two.repository.url,
      environment: Subprocess.cleanEnvironment.merging([
        "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x", "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x",
      ]) { $1 })
    #expect(made.status == 0, "\(made.err)")
    #expect(try one.run("perf-sync", "fetch").status == 0)
  }

  @Test("the notes of another reference are another matter")
  func otherReference() throws {
    try one.record(milliseconds: 1, "--notes-ref", "refs/notes/other", "--push")
    #expect(try two.run("perf-sync", "fetch").out.contains("no runs in refs/notes/perf"))
    let other = try two.run("perf-sync", "fetch", "--notes-ref", "refs/notes/other")
    #expect(other.out == "1 run from origin\n", "\(other.err)")
  }

  @Test("an address will do for a remote, and a hook of this repository has no say")
  func address() throws {
    try one.record(milliseconds: 1)
    try one.repository.directory.writeExecutable(".git/hooks/pre-push", "#!/bin/sh\nexit 1\n")
    let pushed = try one.run("perf-sync", "push", "file://\(hub.path)")
    #expect(pushed.status == 0, "\(pushed.err)")
    #expect(try two.run("perf-sync", "fetch").out == "1 run from origin\n")
  }

  @Test("what cannot be reached or read is an error, and the runs are safe")
  func mistakes() throws {
    try one.record(milliseconds: 1)
    let before = try one.repository.git("rev-parse", "refs/notes/perf")
    for place in [["fetch", "nowhere"], ["push", "/nowhere"]] {
      let result = try one.run("perf-sync", place)
      #expect(result.status == 5)
      #expect(result.err.hasPrefix("error: cannot \(place[0]) "), "\(result.err)")
    }
    let mistakes = [
      ["fetch", "--", "--upload-pack=touch x"], ["fetc"], [], ["fetch", "a", "b"],
      ["push", "--undo"], ["init", "nowhere"],
    ]
    try expectGolden(mistakes.map { try one.run("perf-sync", $0) })
    #expect(try one.repository.git("rev-parse", "refs/notes/perf") == before)
    #expect(!FileManager.default.fileExists(atPath: "\(one.repository.path)/x"))
  }

  @Test("a remote whose notes are something else is refused, and nothing changes here")
  func somethingElse() throws {
    try one.record(milliseconds: 1)
    let blob = try one.repository.git("rev-parse", "HEAD:file.txt")
    try one.repository.git("push", "--quiet", hub.path, "\(blob):refs/notes/perf")
    let before = try runs(one)
    try expectGolden(["fetch", "push", "status"].map { try one.run("perf-sync", $0) })
    #expect(try runs(one) == before)
  }
}
