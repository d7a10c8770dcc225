import Foundation
import TestSupport
import Testing

/// A mistake in `.perfconfig`, and what is said of it.
struct MistakeCase: CustomTestStringConvertible {
  let text: String
  let says: [String]
  var testDescription: String { text.replacingOccurrences(of: "\n", with: " | ") }

  init(_ text: String, _ says: String...) {
    (self.text, self.says) = (text, says)
  }

  private static let waiver = "[waiver \"parse\"]\nreason = x\n"

  static let all = [
    MistakeCase(
      "[benchmark \"p*\"]\nbudget = 512MiB\n", "[benchmark \"p*\"] in .perfconfig:2: '512MiB'",
      "measured are wall_time in ns"),
    MistakeCase("[benchmark \"p*\"]\nbudget = fast\n", ".perfconfig:2", "'3s', '512MiB'"),
    MistakeCase("[benchmark \"p*\"]\nbudget = wall_tiem 3s\n", "did you mean 'wall_time'?"),
    MistakeCase(
      "[benchmark \"p*\"]\nbudget = 3s\nbudget = 4s\n", ".perfconfig:3: .perfconfig:2 says 3s"),
    MistakeCase(
      "[benchmark \"prase\"]\nthreshold = 5%\n", "'prase' fits no benchmark",
      "did you mean 'parse'?"),
    MistakeCase(
      "[benchmark \"prase*\"]\nmissing = ignore\n", "'prase*' fits no benchmark",
      "did you mean 'parse*'?"),
    MistakeCase(
      "[metric \"wal_time\"]\nthreshold = 5%\n", "'wal_time' fits no metric",
      "did you mean 'wall_time'?"),
    MistakeCase("[gate]\nregression = maybe\n", "not one of fail, warn, ignore"),
    MistakeCase("[metric \"wall_time\"]\nimprovement = 1\n", "not one of fail, warn, ignore"),
    MistakeCase("[gate]\ninconclusive = maybe\n", "not one of fail, warn", "'50%'"),
    MistakeCase("[metric \"wall_time\"]\nexact = maybe\n", "neither true nor false"),
    MistakeCase("[metric \"wall_time\"]\nignoreBelow = 5MiB\n", "measured are wall_time in ns"),
    MistakeCase("[gate]\nthreshold = -5%\n", "not a percentage"),
    MistakeCase("[gate]\nthreshold = 5\n", "not a percentage"),
    MistakeCase(
      "[gate]\nmaxDistance = 999999\n",
      "'gate.maxDistance' in .perfconfig:2: not a whole number from 0 to 100000\nhint: write another"
    ),
    MistakeCase("[gate]\nmissing = maybe\n", "not one of fail, warn, ignore"),
    MistakeCase("[gate]\nsummaries = yes\n", "not one of history, threshold, incomparable"),
    MistakeCase("[gate]\nrequireRounds = 1\nsummaries = threshold\n", "contradict each other"),
    MistakeCase("[gate]\nanchor = w*\n", "no tag is like 'w*'", "git fetch --tags"),
    MistakeCase("[gate]\nanchor = nosuch\n", "'nosuch' in .perfconfig:2 is no revision", "'v*'"),
    MistakeCase(waiver + "ceiling = 2500%\n", "not between 0 % and 1000 %"),
    MistakeCase(waiver + "ceiling = 5%\nexpires = 31.12.2026\n", ".perfconfig:4", "'2026-12-31'"),
    MistakeCase(waiver + "ceiling = 5%\nexpires = 2026-02-30\n", "not a day of the calendar"),
    MistakeCase(waiver + "ceiling = 5%\n", "in .perfconfig:2 has no 'expires'"),
    MistakeCase(waiver, "has no 'ceiling' and 'expires'"),
    MistakeCase(waiver + "reason = y\n", "has one already", "begin a second waiver"),
    MistakeCase(
      "[waiver \"prase\"]\nreason=x\nceiling=5%\nexpires=2999-01-01\n", "did you mean 'parse'?"),
    MistakeCase(
      waiver + "metric = wal_time\nceiling = 5%\nexpires = 2999-01-01\n",
      "'wal_time' fits no metric"),
    MistakeCase(waiver + "expires = 2999-01-01\nmissing = false\n", "has no 'ceiling'"),
    MistakeCase(waiver + "missing = maybe\n", "neither true nor false"),
    MistakeCase("[benchmark \"parse\"]\nalias = parse\n", "write both names out"),
    MistakeCase("[benchmark \"p*\"]\nalias = x\n", "write both names out"),
    MistakeCase("[benchmark \"parse\"]\nalias = link\n", "has both 'parse' and 'link'"),
    MistakeCase(
      "[benchmark \"parse\"]\nalias = a\n[benchmark \"a\"]\nalias = parse\n",
      "leads back to itself"),
    MistakeCase(
      "[benchmark \"parse\"]\nalias = a\n[benchmark \"link\"]\nalias = a\n",
      "'a' is an alias of 'parse' in .perfconfig:2 and of 'link' in .perfconfig:4"),
  ]
}

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

  @Test("with file, line and what is allowed", arguments: MistakeCase.all)
  func mistake(_ example: MistakeCase) throws {
    let project = try project()
    try project.repository.directory.write(".perfconfig", example.text)
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 2, "\(result.out)")
    for part in example.says { #expect(result.err.contains(part), "\(result.err)") }
    #expect(result.err.contains("\nhint: "), "\(result.err)")
    #expect(result.err.hasSuffix("perf-gate: usage or configuration error\n"))
  }

  @Test("perf-diff, which judges nobody, warns of it; with --exit-code it is an error there too")
  func diff() throws {
    let project = try project()
    try project.repository.commit(
      "rules", file: ".perfconfig", text: "[benchmark \"prase\"]\nthreshold = 5%\n")
    try project.record(milliseconds: 100)
    let shown = try project.run("perf-diff", "main")
    #expect(shown.status == 0)
    #expect(
      shown.out.contains(
        "warning: [benchmark \"prase\"] in .perfconfig:2: 'prase' fits no benchmark"))
    #expect(try project.run("perf-diff", "--exit-code", "main").status == 2)
  }

  @Test("a name that is like none may be one that is gone: a warning, which fails nobody")
  func gone() throws {
    let project = try project()
    for text in [
      "[benchmark \"q\"]\nthreshold = 5%\n", "[metric \"cpu\"]\nthreshold = 5%\n",
      "[benchmark \"x/*\"]\nmissing = ignore\n",
    ] {
      try project.repository.directory.write(".perfconfig", text)
      let result = try project.run("perf-gate", "--rules", "worktree")
      #expect(result.status == 0, "\(result.err)")
      #expect(result.out.contains("warning: ["), "\(result.out)")
      #expect(result.out.contains("fits no"), "\(result.out)")
      #expect(try project.run("perf-diff", "--exit-code", "main").status == 0)
    }
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
    #expect(result.err.contains("error: a waiver in git config\nhint: others must see it"))
  }
}
