import TestSupport
import Testing

@Suite("--plan prints what would be compared by whose rules, and judges nothing")
struct GatePlanTests {
  @Test("base, rules, what is loosened, suites and machines")
  func plan() throws {
    let project = try Project()
    try project.repository.commit("rules", file: ".perfconfig", text: "[gate]\nthreshold = 10%\n")
    try project.record(milliseconds: 100)
    let main = try project.repository.git("rev-parse", "--short=10", "HEAD")
    try project.leaveMain()
    try project.repository.commit(
      "loose", file: ".perfconfig",
      text: "[gate]\nthreshold = 20%\nmaxDistance = 7\n[suite \"slow\"]\ncommand = true\n")
    try project.record(milliseconds: 150)
    let topic = try project.repository.git("rev-parse", "--short=10", "HEAD")
    let result = try project.run("perf-gate", "--plan")
    #expect(result.status == 0, "\(result.err)")
    let lines = result.out.split(separator: "\n").map(String.init)
    #expect(
      lines.dropLast() == [
        "base: main (\(main))", "what is compared: .perfconfig of main",
        "how it is judged: .perfconfig of \(topic)", "what is measured: .perfconfig of \(topic)",
        "loosened: gate.threshold: 10 % → 20 %",
        "gate.maxDistance: not set → 7: counts once it is on main",
        "suite: default, recorded 1×, not in .perfconfig", "suite: slow, not recorded",
      ], "\(result.out)")
    #expect(lines.last?.hasSuffix(", this one") == true)
    #expect(try project.run("perf-gate", "--plan", "--report", "json").status == 2)
  }
}
