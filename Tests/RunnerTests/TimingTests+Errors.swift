import Foundation
import System
import Testing

extension TimingTests {
  struct Refusal: CustomTestStringConvertible, Sendable {
    let command: Command
    let message: String
    let hint: String?

    init(_ command: Command, _ message: String, hint: String? = nil) {
      self.command = command
      self.message = message
      self.hint = hint
    }

    var testDescription: String { message }
  }

  private static let nowhere =
    "check how it is written, the directory that it is launched in, and whether it is built"

  /// In a folder with the files `bench`, `data` (not executable), `broken` and `lost`.
  static let refusals = [
    Refusal(Command("foo"), "command 'foo' not found", hint: nowhere),
    Refusal(Command(""), "command '' not found", hint: nowhere),
    Refusal(Command("./foo"), "command './foo' not found", hint: nowhere),
    Refusal(
      Command("bench"), "command 'bench' not found",
      hint: "to run the file in this directory, write `./bench`"),
    Refusal(
      Command("make bench"), "command 'make bench' not found",
      hint: "no shell splits words: write them apart, or use `sh -c`"),
    Refusal(
      Command("N=1", ["make", "it"]), "command 'N=1' not found",
      hint: "to set a variable, write `env N=1 make it`"),
    Refusal(
      Command("./data"), "cannot run './data': not executable",
      hint: "make it executable with `chmod +x ./data`"),
    Refusal(
      Command("/"), "cannot run '/': it is a directory",
      hint: "name the program that lies in it"),
    Refusal(
      Command("true", ["a\0b"]), "cannot run 'true': null byte in a name, argument or variable",
      hint: "a program cannot be given one: write it into a file, and name that"),
    Refusal(
      Command("./broken"), "cannot run './broken': exec format error",
      hint: "begin the file with a `#!` line, or name its interpreter first"),
    Refusal(
      Command("./lost"), "cannot run './lost': no such file or directory",
      hint: "the interpreter that its first line names does not exist"),
  ]

  @Test("a command that cannot run is refused in words that help", arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    let folder = try Folder()
    try folder.add("bench", "#!/bin/sh\n")
    try folder.add("data", "", mode: 0o644)
    try folder.add("broken", "no program")
    try folder.add("lost", "#!/no/such/interpreter\n")
    let error = #expect(throws: LaunchError.self) {
      try Launch(refusal.command, in: Self.surroundings(folder.path)).run()
    }
    #expect(error?.description == refusal.message)
    #expect(error?.hint == refusal.hint)
  }

  @Test("a directory that does not exist is named")
  func noDirectory() {
    let error = #expect(throws: LaunchError.self) {
      try Launch(Command("true"), in: Self.surroundings("/no/such"))
    }
    #expect(error?.description == "cannot run 'true' in '/no/such': no such directory")
  }

  @Test("a directory that vanishes before the launch is an error, not a failing program")
  func vanished() throws {
    var folder: Folder? = try Folder()
    let path = try #require(folder).path
    let launch = try Launch(Command("true"), in: Self.surroundings(path))
    folder = nil
    let error = #expect(throws: LaunchError.self) { try launch.run() }
    #expect(error?.reason == .unprepared("entering '\(path)'", .noFile))
  }
}
