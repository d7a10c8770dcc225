import Foundation
import TestSupport
import Testing

/// perf-launch, as those meet it who do not know of it.
@Suite("The launcher stands beside the programs and goes with them")
struct LauncherTests {
  let project: Project
  let place: ScratchDirectory

  init() throws {
    project = try Project()
    place = try ScratchDirectory()
  }

  private func copy(_ programs: String...) throws {
    for program in programs {
      let file = project.programs.directory.appending(path: program).path(percentEncoded: false)
      // By another process: a program that this one has open for writing, as its children may have
      // too, could not be executed.
      _ = try Subprocess.run("/bin/cp", [file, place.path], in: place.url, environment: [:])
    }
  }

  private func record(_ command: String...) throws -> Subprocess {
    try Subprocess.run(
      "\(place.path)/perf-record", ["--output", "\(place.path)/x.json", "--"] + command,
      in: project.repository.directory.url, environment: project.programs.environment)
  }

  @Test("where it is missing, what to do is said, and nothing is stored")
  func missing() throws {
    try copy("perf-record")
    let result = try record("true")
    #expect(result.status == 4)
    try expectGolden(result)
    #expect(!FileManager.default.fileExists(atPath: "\(place.path)/x.json"))
  }

  @Test("it is found where a link to a program leads")
  func link() throws {
    try FileManager.default.createSymbolicLink(
      at: place.url.appending(path: "perf-record"),
      withDestinationURL: project.programs.directory.appending(path: "perf-record"))
    #expect(try record("true").status == 0)
  }

  @Test("a program finds open what the recorder was given, and nothing of the recorder's own")
  func descriptors() throws {
    try place.write("given", "here\n")
    try place.write(
      "look",
      """
      cat <&7
      for number in 0 1 2 3 4 5 6 7 8 9; do (: <&$number) 2>/dev/null && echo $number; done
      true
      """)
    let command = "exec perf-record -r 1 -w 0 -o x.json -- sh -c 'sh look >seen' 7<given"
    let result = try Subprocess.run(
      "/bin/sh", ["-c", command], in: place.url, environment: project.programs.environment)
    #expect(result.status == 0, "\(result.err)")
    #expect(try place.read("seen") == "here\n0\n1\n2\n7\n")
  }

  @Test("by hand it says who starts it")
  func byHand() throws {
    let result = try project.run("perf-launch")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test(
    "a recording without it ends, with what it has launched", arguments: ["TERM", "INT", "HUP"])
  func ended(signal: String) throws {
    try copy("perf-record", "perf-launch")
    let script = "echo $$ >\(place.path)/child; kill -\(signal) $PPID; sleep 1000"
    let result = try record("sh", "-c", script)
    #expect(result.status == 4)
    #expect(result.err.contains("perf-launch"), "\(result.err)")
    #expect(result.err.contains("hint: somebody has ended or stopped it"))
    let child = try String(contentsOfFile: "\(place.path)/child", encoding: .utf8)
    let number = try #require(pid_t(child.trimmingCharacters(in: .whitespacesAndNewlines)))
    for _ in 0..<500 where kill(number, 0) == 0 { usleep(10_000) }
    #expect(kill(number, 0) != 0)
  }
}
