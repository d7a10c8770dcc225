import Foundation
import System
import Testing

extension TimingTests {
  @Test("arguments arrive as they are, whatever a shell would make of them")
  func arguments() throws {
    let words = [
      "two words", "line\nbreak", #"it's "quoted""#, "$(id) `id` $HOME *", "", "\\n", "é",
    ]
    let output = try Self.output("printf", ["%s\\0"] + words)
    #expect(output == words.map { $0 + "\0" }.joined())
  }

  @Test("the description of a command gives the same words to a shell")
  func description() throws {
    let words = ["two words", "it's", "", "--size=1MB", "$(id)", "a\nb", "plain", "~", "''"]
    let command = Command("printf", ["%s|"] + words)
    let place = Self.surroundings("/", ["HOME": "/home"])
    let result = try Self.shell(command.description, in: place, output: .captured)
    #expect(String(decoding: result.output, as: UTF8.self) == words.map { $0 + "|" }.joined())
    #expect("\(Command("make", ["-j2", "it's"]))" == #"make -j2 'it'\''s'"#)
  }

  @Test("the program sees the given variables and no others")
  func environment() throws {
    let place = Self.surroundings("/", ["NAME": "a=b c"])
    let lines = try Self.output("env", in: place).split(separator: "\n").sorted()
    #expect(lines.filter { !$0.hasPrefix("__CF") } == ["NAME=a=b c", "PATH=/usr/bin:/bin"])
  }

  @Test("the program runs in the given directory")
  func directory() throws {
    let folder = try Folder()
    #expect(try Self.output("pwd", in: Self.surroundings(folder.path)) == folder.path + "\n")
  }

  @Test("a program is found where the given PATH has it first")
  func search() throws {
    let folder = try Folder()
    try folder.add("true", "#!/bin/sh\necho mine\n")
    try folder.add("cat", "not executable", mode: 0o644)
    let place = Self.surroundings("/", ["PATH": "\(folder.path):/usr/bin:/bin"])
    #expect(try Self.output("true", in: place) == "mine\n")
    #expect(try Self.output("cat", in: place) == "")
    #expect(try Self.output("true") == "")
  }

  @Test("a path is taken from the directory, and so is an empty entry of PATH")
  func relative() throws {
    let folder = try Folder()
    try folder.add("bench", "#!/bin/sh\necho \"$0 $1\"\n")
    let place = Self.surroundings(folder.path, ["PATH": "/nowhere:"])
    #expect(try Self.output("./bench", ["x"], in: place) == "./bench x\n")
    #expect(try Self.output("bench", ["x"], in: place) == "./bench x\n")
    #expect(try Self.output("\(folder.path)/bench", in: Self.surroundings()).contains("bench"))
  }

  @Test("standard input is empty")
  func input() throws {
    let launch = try Launch(Command("cat"), in: Self.surroundings(), output: .captured)
    let result = try launch.run()
    #expect(result.ending == .exited(0))
    #expect(result.output.isEmpty)
  }

  @Test("output and messages are kept apart, and output only where it is asked for")
  func streams() throws {
    let script = "echo out; echo err >&2; exit 3"
    let captured = try Self.shell(script, output: .captured)
    #expect(captured.ending == .exited(3))
    #expect(captured.output == Array("out\n".utf8))
    #expect(captured.messages == "err")
    #expect(try Self.shell(script).output.isEmpty)
  }

  @Test("much output is captured whole, and the last twenty messages")
  func muchOutput() throws {
    let count = "i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo $i; done"
    let script = "head -c 3000000 /dev/zero; \(count)"
    let result = try Self.shell("(\(script)); (\(script)) >&2", output: .captured)
    #expect(result.output.count == 3_000_000 + 1892)
    #expect(result.messages == (481...500).map(String.init).joined(separator: "\n"))
  }

  @Test("of one endless message the last four KiB are kept")
  func longMessage() throws {
    let result = try Self.shell("printf a >&2; head -c 9999 /dev/zero | tr '\\0' b >&2")
    #expect(result.messages == String(repeating: "b", count: 4096))
  }

  @Test("temporary files go to TMPDIR and leave nothing there")
  func temporaryFiles() throws {
    let folder = try Folder()
    let place = Self.surroundings("/", ["TMPDIR": folder.path])
    let script = "ls \(folder.path)"
    #expect(try Self.shell(script, in: place, output: .captured).output.isEmpty)
    #expect(throws: LaunchError.self) {
      try Self.shell("true", in: Self.surroundings("/", ["TMPDIR": "\(folder.path)/none"]))
    }
  }
}
