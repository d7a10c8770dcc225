import Foundation
import TestSupport
import Testing

@Suite("A push that loosens the rules says so")
struct LoosenedPushTests {
  let here: PushProject
  let loose = "[benchmark \"parse\"]\n\tthreshold = 99%\n"

  /// The remote has rules.
  init() throws {
    here = try PushProject()
    try rules("[gate]\n\tthreshold = 10%\n", milliseconds: 100)
    try here.git("push", "--quiet", "--no-verify", "origin", "main")
  }

  private func rules(_ text: String, milliseconds: Double) throws {
    try here.repository.commit("rules", file: ".perfconfig", text: text)
    try here.project.record(milliseconds: milliseconds)
  }

  @Test("in its last lines, on the base branch and elsewhere")
  func told() throws {
    try rules("[gate]\n\tthreshold = 10%\n" + loose, milliseconds: 150)
    let push = try here.push("origin", "main")
    #expect(push.status == 0)
    #expect(push.said.last == "perf-gate: main: loosens threshold of parse: 10 % → 99 %")
  }

  @Test("hook.loosened = fail refuses it, also where the push itself says otherwise")
  func refusal() throws {
    try rules("[hook]\n\tloosened = fail\n", milliseconds: 100)
    try here.git("push", "--quiet", "--no-verify", "origin", "main")
    try rules("[hook]\n\tloosened = warn\n" + loose, milliseconds: 100)
    let push = try here.push("origin", "main")
    #expect(push.status == 1)
    #expect(
      push.said.suffix(2) == refused("rules loosened, and hook.loosened = fail"), "\(push.said)")
    try expectGolden(push)
  }

  @Test("each pushed commit is judged by its own, whatever is checked out")
  func own() throws {
    try here.branch("topic", milliseconds: 150)
    try here.branch("loose", from: "main", milliseconds: nil)
    try rules("[metric \"wall_time\"]\n\tignoreBelow = 1s\n", milliseconds: 100)
    #expect(try here.push("origin", "topic").status == 1)
    try here.git("checkout", "--quiet", "topic")
    try rules(
      "[waiver \"parse\"]\n\tceiling = 90%\n\texpires = 2999-12-31\n\treason = reviewed\n",
      milliseconds: 150)
    try here.git("checkout", "--quiet", "main")
    #expect(try here.push("origin", "topic").status == 0)
  }

  @Test(
    "so it is where nothing can be judged: without a number, on another machine, under other notes",
    arguments: [
      nil, "[environment]\n\tkey = other\n", "[perf]\n\tnotesRef = refs/notes/other\n",
    ])
  func unjudged(_ more: String?) throws {
    let strict = "[hook]\n\tloosened = fail\n\tmissing = warn\n"
    try rules(strict, milliseconds: 100)
    try here.git("push", "--quiet", "--no-verify", "origin", "main")
    try here.branch("topic", milliseconds: nil)
    try here.repository.commit("loose", file: ".perfconfig", text: more.map { strict + $0 } ?? "")
    if let more {
      // Numbers of another machine and of another place, which the change's own word does not make.
      let isOfMachine = more.contains("environment")
      if isOfMachine { try here.git("config", "perf.environment.key", "other") }
      let elsewhere = isOfMachine ? [] : ["--notes-ref", "refs/notes/other"]
      let times = try Project.hyperfine(["parse": Project.times(300)])
      try here.project.run("perf-record", ["--quiet", "--import", "-"] + elsewhere, input: times)
      if isOfMachine { try here.git("config", "--unset", "perf.environment.key") }
    }
    let push = try here.push("origin", "topic")
    #expect(push.status == 1, "\(push.err)")
    #expect(
      push.said.suffix(2) == refused("rules loosened, and hook.loosened = fail"), "\(push.said)")
    #expect(push.err.contains(more == nil ? "hook.loosened: fail → warn" : "counts once it is on"))
  }
}
