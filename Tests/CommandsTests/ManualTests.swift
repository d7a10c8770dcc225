import CommandLine
import Configuration
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Manual pages come from the table of options")
struct ManualTests {
  @Test("each listed program has a target, and each target of a program is listed")
  func programs() throws {
    let manifest = try String(
      contentsOf: Programs.packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    let targets = manifest.matches(of: /program\("([a-z-]+)"\)/).map { String($0.output.1) }
    #expect(targets == Programs.names)
    let interfaces = HintOptions.programs
    #expect(interfaces.sorted() == Programs.names.sorted())
  }

  @Test(
    "groff sets each without a warning, with every option in it",
    arguments: Programs.names)
  func whole(program: String) throws {
    let project = try Project()
    let page = try project.run(program, "--manual")
    #expect(page.status == 0)
    let set = try Subprocess.run(
      "/usr/bin/env", ["groff", "-ww", "-man", "-Tutf8", "-P-cbou"], in: project.repository.url,
      environment: Subprocess.cleanEnvironment, input: page.out)
    #expect(set.status == 0 && set.err == "", "\(set.err)")
    let text = set.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let help = try project.run(program, "--help").out
    for option in help.matches(of: #/(?m)^ +(-., )?(--[a-z-]+)/#) {
      #expect(text.contains(option.output.2), "\(option.output.2)")
    }
    for word in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "EXIT STATUSES"] {
      #expect(text.contains(word))
    }
  }

  @Test("none is called like one of Linux perf's")
  func names() {
    #expect(Program.record.spec.manualName == "perf-gate-record")
    #expect(Program.diff.spec.manualName == "perf-gate-diff")
    #expect(Program.sync.spec.manualName == "perf-gate-sync")
    #expect(Program.gate.spec.manualName == "perf-gate")
  }

  @Test("an unknown page of the manual is an error, with the nearest one")
  func unknownPage() throws {
    let result = try Project().run("perf-gate", "--manual", "confg")
    #expect(result.status == 2)
    #expect(result.err.hasPrefix("error: no manual page 'confg'\nhint: did you mean 'config'?\n"))
  }

  @Test("groff sets perfconfig(5) without a warning, with every key in it")
  func page() throws {
    let project = try Project()
    let page = try project.run("perf-gate", "--manual", "config")
    #expect(page.status == 0)
    let set = try Subprocess.run(
      "/usr/bin/env", ["groff", "-ww", "-man", "-Tutf8", "-P-cbou"], in: project.repository.url,
      environment: Subprocess.cleanEnvironment, input: page.out)
    #expect(set.status == 0 && set.err == "", "\(set.err)")
    #expect(set.out.hasPrefix("PERFCONFIG(5)"))
    for key in ConfigurationKey.all {
      let line = "       \(key.parts.name) = \(key.argument)\n"
      #expect(set.out.contains(line), "\(key.name)")
    }
  }
}
