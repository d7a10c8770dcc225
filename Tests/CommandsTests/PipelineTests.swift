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

  /// What a cache brought back.
  private func cached(_ script: String) throws {
    let file = try folder.write("bin/perf-gate", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: file.path(percentEncoded: false))
  }

  @Test("programs that run are kept, at once or with their libraries; others are built again")
  func install() throws {
    func install() throws -> [String] {
      let before = project.log.count
      let result = try project.pipeline("install", folder.path)
      #expect(result.status == 0, "\(result.err)")
      return Array(project.log.dropFirst(before))
    }
    #expect(try install() == ["setup run", "install"])
    #expect(try install() == [])
    try FileManager.default.removeItem(atPath: folder.path + "/bin/perf-gate")
    try cached("exec test -e '\(folder.path)/library'")
    #expect(try install() == ["setup run", "install"])
    #expect(try install() == [])
    try FileManager.default.removeItem(atPath: folder.path + "/bin/perf-gate")
    try cached("exec grep -q 'setup run' '\(project.package.path)/log'")
    try FileManager.default.removeItem(atPath: project.package.path + "/log")
    #expect(try install() == ["setup run"])
  }

  @Test("the key of a cache is another one for other sources, and for no other file")
  func key() throws {
    func key() throws -> String { try project.pipeline("key").out }
    let first = try key()
    #expect(first.wholeMatch(of: #/perf-gate-[A-Za-z]+-\w+-[0-9a-f]{40}\n/#) != nil, "\(first)")
    try project.package.directory.write("README.md", "text")
    #expect(try key() == first)
    try project.package.directory.write("Sources/more.swift", "")
    #expect(try key() != first)
  }

  @Test("what an older job left is taken for nobody's report")
  func stale() throws {
    try project.work.directory.write("perf-reports/perf.json", "{}")
    let result = try project.pipeline("gate", "--nonsense")
    #expect(result.status == 2)
    #expect(result.err.contains("warning: no report: perf-gate ended with status 2"))
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
