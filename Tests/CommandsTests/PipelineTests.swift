import Foundation
import TestSupport
import Testing

@Suite("ci/pipeline is what all pipelines do")
struct PipelineTests {
  let project: PipelineProject
  let folder: ScratchDirectory

  init() throws {
    project = try PipelineProject()
    folder = try ScratchDirectory()
  }

  /// Installs, and expects it to go well.
  ///
  /// - Returns: What was done for that.
  private func install(_ cache: String...) throws -> [String] {
    let before = project.log.count
    let result = try project.pipeline(["install", programs] + cache)
    #expect(result.status == 0, "\(result.err)")
    return Array(project.log.dropFirst(before))
  }

  private var programs: String { folder.path + "/programs" }

  private func replace(_ program: String, by script: String) throws {
    try? FileManager.default.removeItem(atPath: programs + "/bin/" + program)
    try folder.writeExecutable("programs/bin/\(program)", "#!/bin/sh\n\(script)\n")
  }

  @Test("programs that run are kept, at once or with their libraries; others are built again")
  func install() throws {
    #expect(try install() == ["install"])
    #expect(try install() == [])
    try replace("perf-gate", by: "exec test -e '\(folder.path)/library'")
    #expect(try install() == ["setup run", "install"])
    #expect(try install() == [])
    try replace("perf-gate", by: "exec grep -q 'setup run' '\(project.package.path)/log'")
    try FileManager.default.removeItem(atPath: project.package.path + "/log")
    #expect(try install() == ["setup run"])
  }

  @Test("what was built of other sources, or of nobody knows what, is not run, and built again")
  func otherSources() throws {
    try replace("perf-gate", by: "touch '\(folder.path)/hit'")
    #expect(try install() == ["install"])
    try project.package.directory.write("Sources/more.swift", "")
    #expect(try install() == ["install"])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/hit"))
  }

  @Test("what a cache brings back is taken as it was put there, and not otherwise")
  func cache() throws {
    func installAnew() throws -> [String] {
      try FileManager.default.removeItem(atPath: programs)
      return try install(".cache")
    }
    #expect(try install(".cache") == ["install"])
    #expect(try installAnew() == [])
    #expect(FileManager.default.isExecutableFile(atPath: programs + "/bin/perf-gate"))
    let package = project.work.path + "/.cache/programs.tar.gz"
    try Data(contentsOf: URL(filePath: package)).dropLast(9).write(to: URL(filePath: package))
    #expect(try installAnew() == ["install"])
    #expect(try installAnew() == [])
    try project.work.directory.write(".cache/key", "")
    #expect(try installAnew() == ["install"])
    try project.package.directory.write("Sources/more.swift", "")
    #expect(try installAnew() == ["install"])
  }

  @Test(
    "nothing that the repository has is taken for programs, or for a cache of them",
    arguments: [".cache", "link", "deep/.cache", "deep", "module"])
  func committed(name: String) throws {
    let work = project.work
    for folder in [".cache", "deep/.cache"] {
      try work.directory.writeExecutable("\(folder)/bin/perf-gate", "#!/bin/sh\ntouch hit\n")
      try work.directory.write("\(folder)/key", try project.pipeline("key").out)
    }
    try FileManager.default.createSymbolicLink(
      atPath: work.path + "/link", withDestinationPath: folder.path)
    try work.git("init", "--quiet", "module")
    try work.git(
      "-C", "module", "-c", "user.name=a", "-c", "user.email=b", "commit", "--quiet",
      "--allow-empty", "--message", "first")
    try work.git("add", "--all")
    try work.git("commit", "--quiet", "--message", "innocent")
    for words in [["install", name], ["install", programs, name]] {
      let result = try project.pipeline(words)
      #expect(result.status == 2, "\(result.out)\(result.err)")
      #expect(
        result.err.hasPrefix("error: '\(name)' is taken for no folder of programs, as git knows of")
      )
      #expect(project.log == [])
    }
    #expect(!FileManager.default.fileExists(atPath: work.path + "/hit"))
  }

  @Test("a gate that passes without a report has not judged", arguments: [("", 5), ("exit 3", 3)])
  func noReport(script: String, status: Int32) throws {
    try replace("perf-gate", by: script)
    let result = try project.pipeline(
      ["gate"], with: ["PATH": "\(programs)/bin:/usr/bin:/bin"])
    #expect(result.status == status)
    #expect(result.err.contains("no report: perf-gate ended with status "), "\(result.err)")
    let isSaid = result.err.contains("error: nothing was judged, since there is no report\n")
    #expect(isSaid == (status == 5))
  }

  @Test("the key of a cache is another one for other sources, and for no other file")
  func key() throws {
    func key() throws -> String { try project.pipeline("key").out }
    let first = try key()
    #expect(first.wholeMatch(of: #/perf-gate-[A-Za-z]+-\w+-[0-9a-f]{40}\n/#) != nil, "\(first)")
    try project.package.directory.write("README.md", "text")
    try project.package.directory.write("Sources/Documentation.docc/Gating.md", "text")
    #expect(try key() == first)
    try project.package.directory.write("Sources/more.swift", "")
    #expect(try key() != first)
  }

  @Test("what an older job left is taken for nobody's report")
  func stale() throws {
    try project.work.directory.write("perf-reports/perf.json", "{}")
    let result = try project.pipeline("gate", "--nonsense")
    #expect(result.status == 2)
    try expectGolden(result)
    #expect(!FileManager.default.fileExists(atPath: project.work.path + "/perf-reports/perf.json"))
  }

  @Test("options are perf-gate's, as they are typed, and reports go where they are to")
  func options() throws {
    _ = try project.propose(steps: 150)
    let result = try project.pipeline(
      "gate", "--measure", "--threshold", "60%", "--report", "csv=\(folder.path)/all in one.csv",
      with: ["PERF_REPORTS": folder.path + "/some reports"])
    #expect(result.status == 0, "\(result.err)")
    #expect(try folder.read("all in one.csv").contains("parse"))
    #expect(try folder.read("some reports/perf.md").contains("parse"))
  }

  @Test("it does one of four things, and else says which", arguments: ["", "judge", "--help"])
  func unknown(step: String) throws {
    let result = try project.pipeline(step)
    #expect(result.status == 2)
    #expect(result.err.hasPrefix("usage: ci/pipeline "))
  }

  @Test("where it is to install has to be said")
  func noFolder() throws {
    #expect(try project.pipeline("install").status != 0)
    #expect(project.log == [])
  }
}
