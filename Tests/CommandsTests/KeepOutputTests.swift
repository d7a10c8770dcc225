import Foundation
import TestSupport
import Testing

@Suite("--keep-output keeps all that failed launches printed")
struct KeepOutputTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  private func record(_ options: String..., script: String) throws -> Subprocess {
    try project.run(
      "perf-record",
      ["--keep-output", "kept", "--name", "x", "--rounds", "1", "--warmup", "0"] + options
        + ["--", "sh", "-c", script])
  }

  /// The names in a folder, in alphabetical order.
  private func names(_ folder: String = "kept") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(repository.path)/\(folder)").sorted()
  }

  private func read(_ name: String) throws -> String {
    try repository.directory.read("kept/\(name)")
  }

  /// Commits the configuration, as a work tree with changes could not be measured for a commit.
  private func configure(_ lines: String...) throws {
    try repository.directory.write(".perfconfig", lines.joined(separator: "\n"))
    try repository.commit("configure", file: "configured.txt")
  }

  @Test("both streams to the first line, and the message names the files")
  func whole() throws {
    let result = try record(script: "seq 1 5000; seq 1 6000 >&2; exit 3")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try names() == ["x-round-1.err", "x-round-1.out"])
    #expect(try read("x-round-1.out").hasPrefix("1\n2\n"))
    #expect(try read("x-round-1.out").hasSuffix("\n5000\n"))
    #expect(try read("x-round-1.err").hasPrefix("1\n2\n"))
    #expect(try read("x-round-1.err").hasSuffix("\n6000\n"))
  }

  @Test("nothing of launches that succeed, in a folder that is made all the same")
  func success() throws {
    #expect(try record(script: "echo out; echo err >&2").status == 0)
    #expect(try names() == [])
  }

  @Test("launches that were killed, timed out or stopped have failed too")
  func ended() throws {
    _ = try record(script: "echo killed; kill -9 $$")
    #expect(try read("x-round-1.out") == "killed\n")
    let late = try record("--timeout", "2s", script: "echo late; exec sleep 1000")
    try expectGolden(late)
    #expect(try read("x-round-1-2.out") == "late\n")
    _ = try record(script: "echo stopped; kill -STOP $$")
    #expect(try read("x-round-1-3.out") == "stopped\n")
  }

  @Test("every attempt, also of a launch that succeeded in the end, which is told")
  func retries() throws {
    let script = "echo again >&2; mkdir .git/a 2>/dev/null || mkdir .git/b 2>/dev/null && exit 1; :"
    let result = try record("--retries", "5", script: script)
    #expect(result.status == 0, "\(result.err)")
    #expect(
      result.err.contains(
        "warning: the output of 2 launches of 'x' that failed is kept, from "
          + "'kept/x-round-1-attempt-1.out' to 'kept/x-round-1-attempt-2.err'"), "\(result.err)")
    #expect(try names().count == 4)
    #expect(try read("x-round-1-attempt-2.err") == "again\n")
  }

  @Test("a suite's benchmarks each have their own, setup and cleanup theirs")
  func suite() throws {
    try configure(
      "[suite \"default\"]", "command = good: true", "command = \"bad: sh -c 'echo no; exit 3'\"",
      "cleanup = \"echo tidy; exit 5\"", "warmup = 0", "rounds = 1",
      "[suite \"early\"]", "command = it: true", "setup = \"echo setting >&2; exit 1\"")
    let result = try project.run("perf-record", "--keep-output", "kept")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try read("bad-round-1.out") == "no\n")
    #expect(try read("good-cleanup-round-1.out") == "tidy\n")
    #expect(try project.run("perf-record", "--suite", "early", "--keep-output", "kept").status == 4)
    #expect(try read("it-setup-warmup-1.err") == "setting\n")
    let note = try repository.note()
    #expect(note.contains("\"failures\"") && !note.contains("kept/"))
  }

  @Test("a prepare that fails is kept, for each side by itself")
  func prepare() throws {
    try configure(
      "[suite \"default\"]", "command = it: true", "prepare = \"seq 1 5000; echo no >&2; exit 2\"")
    let one = try project.run("perf-record", "--keep-output", "kept")
    #expect(one.status == 4)
    try expectGolden(one)
    #expect(try read("prepare.out").hasPrefix("1\n2\n"))
    #expect(try read("prepare.err") == "no\n")
    let paired = try project.run("perf-record", "--paired", "HEAD~1", "--keep-output", "kept")
    #expect(paired.status == 4)
    #expect(try names().contains("prepare-base.err"), "\(paired.err)")
  }

  @Test("output that cannot be read is kept, as it is a failure too")
  func unreadable() throws {
    let result = try project.run(
      "perf-record", "--keep-output", "kept", "--format", "go", "--", "sh", "-c",
      "echo gibberish; echo why >&2")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(try names().count == 2)
  }

  @Test("of two sides each has its word in the name, when recording and when gating")
  func sides() throws {
    let script = "grep -q topic file.txt || exit 0; echo broken; exit 3"
    try configure(
      "[gate]", "base = main", "[suite \"default\"]", "command = \"it: sh -c '\(script)'\"",
      "warmup = 0", "rounds = 1")
    try repository.git("checkout", "--quiet", "-b", "topic")
    try repository.commit("breaks", text: "topic")
    let head = try repository.git("rev-parse", "--short=10", "HEAD")
    let told =
      "warning: head \(head): the output of a launch of 'it' that failed is kept in '"
    let paired = try project.run("perf-record", "--paired", "main", "--keep-output", "kept")
    #expect(paired.status == 4)
    #expect(paired.err.contains("\(told)kept/it-head-round-1.out' and "), "\(paired.err)")
    let gate = try project.run("perf-gate", "--measure", "--keep-output", "kept")
    #expect(gate.status == 4)
    #expect(gate.err.contains("\(told)kept/it-head-round-1-2.out' and "), "\(gate.err)")
    #expect(try read("it-head-round-1-2.out") == "broken\n")
    #expect(try names().count == 4)
  }

  @Test("of a load, the first failure of each round")
  func load() throws {
    let script = "mkdir .git/a 2>/dev/null && echo out && echo why >&2 && exit 3; rmdir .git/a"
    let result = try record(
      "--concurrency", "1", "--requests", "10", "--rounds", "2", script: script)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.contains("is kept, from 'kept/x-round-1.out' to 'kept/x-round-2.err'"))
    #expect(try names().count == 4)
    #expect(try read("x-round-1.out") == "out\n" && read("x-round-1.err") == "why\n")
    let all = try record("--concurrency", "2", "--requests", "2", script: "echo all; exit 7")
    #expect(all.status == 4)
    #expect(all.err.contains("hint: its output is kept in 'kept/x-round-1-2.out'"), "\(all.err)")
  }

  struct Name: Sendable, CustomTestStringConvertible {
    let typed: String
    let stem: String
    var testDescription: String { String(typed.debugDescription.prefix(40)) }
  }

  static let hostile = [
    Name(typed: "parse/large", stem: "parse-large"),
    Name(typed: "../../etc/passwd", stem: "etc-passwd"),
    Name(typed: "..", stem: "unnamed"),
    Name(typed: "/", stem: "unnamed"),
    Name(typed: "-rf *", stem: "rf"),
    Name(typed: ".hidden", stem: "hidden"),
    Name(typed: "a\nb\r\u{1B}[31mc\u{7F}", stem: "a-b-31mc"),
    Name(typed: "$(id) `id` 'x' \"y\" | z", stem: "id-id-x-y-z"),
    Name(typed: "größe=1.5_日本", stem: "größe=1.5_日本"),
    Name(typed: "x\u{202E}txt\u{200B}y\u{3164}z", stem: "x-txt-y-z"),
    Name(
      typed: "start" + String(repeating: "/n", count: 5000) + "/end",
      stem: "start" + String(repeating: "-n", count: 17) + "--n"
        + String(repeating: "-n", count: 17)
        + "-end"),
    Name(
      typed: String(repeating: "é", count: 5000),
      stem: String(repeating: "é", count: 19) + "--" + String(repeating: "é", count: 19)),
  ]

  @Test(
    "whatever a benchmark is called, its files are in the folder, and readable", arguments: hostile)
  func safe(_ name: Name) throws {
    let result = try record("--name=\(name.typed)", script: "exit 3")
    #expect(result.status == 4)
    #expect(try names() == ["\(name.stem)-round-1.err", "\(name.stem)-round-1.out"])
    #expect(result.err.contains("'kept/\(name.stem)-round-1.err'"), "\(result.err)")
  }

  @Test("names that look the same as files have a number each")
  func alike() throws {
    try configure(
      "[suite \"default\"]", "command = a/b: false", "command = a:b: false", "command = a-b: false",
      "warmup = 0")
    #expect(try project.run("perf-record", "--keep-output", "kept").status == 4)
    #expect(
      try names() == [
        "a-b-round-1-2.err", "a-b-round-1-2.out", "a-b-round-1-3.err", "a-b-round-1-3.out",
        "a-b-round-1.err", "a-b-round-1.out",
      ])
  }

  @Test("what is there already stays as it is: files, folders, and links wherever they lead")
  func existing() throws {
    try repository.directory.write("kept/x-round-1.err", "mine")
    try repository.directory.write("kept/x-round-1-2.out/file", "mine")
    let link = "\(repository.path)/kept/x-round-1-3.out"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "\(repository.path)/elsewhere")
    _ = try record(script: "echo out; exit 3")
    #expect(try read("x-round-1-4.out") == "out\n")
    #expect(try read("x-round-1.err") == "mine")
    let names = try names()
    #expect(names.count == 5, "\(names)")
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/elsewhere"))
  }

  @Test("a folder counts from where the caller is, or from what -C says; those above it are made")
  func place() throws {
    try repository.directory.write("sub/file", "")
    let sub = repository.url.appending(path: "sub")
    let command = ["--warmup", "0", "--name", "x", "--", "false"]
    let inside = try project.programs.run(
      "perf-record", ["--keep-output", "deep/kept/"] + command, in: sub)
    try expectGolden(inside)
    #expect(try names("sub/deep/kept").count == 2)
    _ = try project.run("perf-record", ["-C", "sub", "--keep-output", "other"] + command)
    #expect(try names("sub/other").count == 2)
    let absolute = "\(repository.path)/absolute"
    _ = try project.run("perf-record", ["--keep-output", absolute] + command)
    #expect(try names("absolute").count == 2)
  }

  #if os(Linux)
    static let wrong = ["file.txt", "file.txt/kept", "link", "/proc"]
  #else
    static let wrong = ["file.txt", "file.txt/kept", "link"]
  #endif

  @Test("where nothing can be kept, nothing is launched", arguments: wrong)
  func unusable(folder: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.path)/link", withDestinationPath: "nowhere")
    try configure("[suite \"default\"]", "command = it: touch .git/ran", "prepare = touch .git/ran")
    for arguments in [
      ["perf-record"], ["perf-record", "--paired", "HEAD~1"],
      ["perf-gate", "--measure", "--against", "HEAD~1"],
    ] {
      let result = try project.run(
        arguments[0], Array(arguments.dropFirst()) + ["--keep-output", folder])
      #expect(result.status == 5)
      #expect(result.err.contains("error: cannot keep output in '\(folder)': "), "\(result.err)")
      #expect(result.err.contains("\nhint: name a folder that can be written to"))
    }
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/.git/ran"))
  }

  @Test("a folder that goes away meanwhile hides no failure")
  func lost() throws {
    let result = try record(script: "rm -r kept; exit 3")
    #expect(result.status == 4)
    try expectGolden(result)
  }

  @Test("it is for what is launched")
  func usage() throws {
    let mistakes = [
      ["perf-record", "--keep-output", "kept", "--import", "x.json"],
      ["perf-gate", "--keep-output", "kept"], ["perf-record", "--keep-output", ""],
    ]
    try expectGolden(mistakes.map { try project.run($0[0], Array($0.dropFirst())) })
    #expect(throws: (any Error).self) { try names() }
  }
}
