import Foundation
import TestSupport
import Testing

@Suite("A mistake in the policy is a configuration error, never a silent default")
struct PolicyMistakeTests {
  /// Both commits have `parse` and `link`, in wall time only.
  private func project() throws -> Project {
    let project = try Project()
    try record(in: project)
    try project.leaveMain()
    try record(in: project)
    return project
  }

  private func record(in project: Project) throws {
    let times = try Project.hyperfine(["parse": Project.times(100), "link": Project.times(50)])
    try project.run("perf-record", "--quiet", "--import", "-", input: times)
  }

  private static let waiver = "[waiver \"parse\"]\nreason = x\n"

  private static let mistakes = [
    "[benchmark \"p*\"]\nbudget = 512MiB\n",
    "[benchmark \"p*\"]\nbudget = fast\n",
    "[benchmark \"p*\"]\nbudget = wall_tiem 3s\n",
    "[benchmark \"p*\"]\nbudget = 3s\nbudget = 4s\n",
    "[benchmark \"prase\"]\nthreshold = 5%\n",
    "[benchmark \"prase*\"]\nmissing = ignore\n",
    "[metric \"wal_time\"]\nthreshold = 5%\n",
    "[gate]\nregression = maybe\n",
    "[metric \"wall_time\"]\nimprovement = 1\n",
    "[gate]\ninconclusive = maybe\n",
    "[metric \"wall_time\"]\nexact = maybe\n",
    "[metric \"wall_time\"]\nignoreBelow = 5MiB\n",
    "[gate]\nthreshold = -5%\n",
    "[gate]\nthreshold = 5\n",
    "[gate]\nmaxDistance = 999999\n",
    "[gate]\nmissing = maybe\n",
    "[gate]\nsummaries = yes\n",
    "[gate]\nrequireRounds = 1\nsummaries = threshold\n",
    "[gate]\nanchor = w*\n",
    "[gate]\nanchor = nosuch\n",
    waiver + "ceiling = 2500%\n",
    waiver + "ceiling = 5%\nexpires = 31.12.2026\n",
    waiver + "ceiling = 5%\nexpires = 2026-02-30\n",
    waiver + "ceiling = 5%\n",
    waiver,
    waiver + "reason = y\n",
    "[waiver \"prase\"]\nreason=x\nceiling=5%\nexpires=2999-01-01\n",
    waiver + "metric = wal_time\nceiling = 5%\nexpires = 2999-01-01\n",
    waiver + "expires = 2999-01-01\nmissing = false\n",
    waiver + "missing = maybe\n",
    "[benchmark \"parse\"]\nalias = parse\n",
    "[benchmark \"p*\"]\nalias = x\n",
    "[benchmark \"parse\"]\nalias = link\n",
    "[benchmark \"parse\"]\nalias = a\n[benchmark \"a\"]\nalias = parse\n",
    "[benchmark \"parse\"]\nalias = a\n[benchmark \"link\"]\nalias = a\n",
  ]

  @Test("with file, line and what is allowed")
  func mistakes() throws {
    let project = try project()
    try expectGolden(
      Self.mistakes.map { text in
        try project.repository.directory.write(".perfconfig", text)
        return try project.run("perf-gate", "--rules", "worktree")
      })
  }

  @Test("perf-diff, which judges nobody, warns of it; with --exit-code it is an error there too")
  func diff() throws {
    let project = try project()
    try project.repository.commit(
      "rules", file: ".perfconfig", text: "[benchmark \"prase\"]\nthreshold = 5%\n")
    try project.record(milliseconds: 100)
    let shown = try project.run("perf-diff", "main")
    #expect(shown.status == 0)
    try expectGolden(shown)
    #expect(try project.run("perf-diff", "--exit-code", "main").status == 2)
  }

  @Test("a name that is like none may be one that is gone: a warning, which fails nobody")
  func gone() throws {
    let project = try project()
    let texts = [
      "[benchmark \"q\"]\nthreshold = 5%\n", "[metric \"cpu\"]\nthreshold = 5%\n",
      "[benchmark \"x/*\"]\nmissing = ignore\n",
    ]
    try expectGolden(
      texts.map { text in
        try project.repository.directory.write(".perfconfig", text)
        #expect(try project.run("perf-diff", "--exit-code", "main").status == 0)
        return try project.run("perf-gate", "--rules", "worktree")
      })
  }

  @Test("a section for another suite does not count, nor need it fit anything")
  func suite() throws {
    let project = try project()
    try project.repository.directory.write(
      ".perfconfig",
      """
      [benchmark "nightly/*"]
      budget = 1ns
      suite = nightly
      [benchmark "parse"]
      budget = 1ns
      suite = nightly
      [waiver "nightly/x"]
      reason = x
      ceiling = 5%
      expires = 2999-01-01
      suite = nightly
      """)
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 0)
    try project.repository.directory.write(".perfconfig", "[benchmark \"parse\"]\nbudget = 1ns\n")
    #expect(try project.run("perf-gate", "--rules", "worktree").status == 1)
  }

  @Test("a suite is that of its own section, not of every section of the name")
  func ownSuite() throws {
    let project = try project()
    func status(_ text: String) throws -> Int32 {
      try project.repository.directory.write(".perfconfig", text)
      return try project.run("perf-gate", "--rules", "worktree").status
    }
    let budget = "[benchmark \"parse\"]\nbudget = 1ns\n"
    #expect(try status(budget + "[benchmark \"parse\"]\nthreshold = 20%\nsuite = slow\n") == 1)
    #expect(try status(budget + "suite = default\n[benchmark \"parse\"]\nsuite = slow\n") == 1)
    try project.repository.git("config", "perf.benchmark.parse.suite", "slow")
    #expect(try status(budget) == 1)
  }

  @Test("of two levels of git config the nearer one counts, without a contradiction")
  func levels() throws {
    let project = try project()
    let home = try ScratchDirectory()
    try home.write(".gitconfig", "[perf \"metric.wall_time\"]\nbudget = 1ns\n")
    try project.repository.git("config", "perf.metric.wall_time.budget", "3s")
    let result = try project.run("perf-gate", environment: ["HOME": home.path])
    #expect(result.status == 0, "\(result.err)")
  }

  @Test("a waiver must stand where others see it")
  func localWaiver() throws {
    let project = try project()
    try project.repository.git("config", "perf.waiver.parse.ceiling", "5%")
    let result = try project.run("perf-gate")
    #expect(result.status == 2)
    try expectGolden(result)
  }
}
