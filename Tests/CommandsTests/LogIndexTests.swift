import Foundation
import Statistics
import TestSupport
import Testing

@Suite("perf-log says the same with its index and without")
struct LogIndexTests {
  let project: LogProject

  init() throws { project = try LogProject() }

  /// Every verb, with what changes the way to its answer.
  private static let questions: [[String]] = [
    [], ["--machine", "any", "--all"], ["--label", "agent=x"], ["show", "main"],
    ["show", "main~1"],
    ["trend", "*"], ["trend", "*", "--by", "week"], ["trend", "*", "--by", "label:agent"],
    ["trend", "a", "--metric", "wall_time"], ["stats"], ["stats", "--by", "day"],
    ["stats", "--by", "commit", "--of", "commits"], ["stats", "--of", "samples"],
    ["stats", "--by", "label:agent", "--metric", "cost"],
    ["rank", "--by", "benchmark", "--metric", "wall_time"],
    ["rank", "--by", "label:agent", "--metric", "success"],
    ["rank", "--by", "label:agent", "--metric", "wall_time"],
    ["stats", "--", "nosuch"], ["stats", "--metric", "nosuch"], ["--suite", "nosuch"],
  ]

  private func compare(_ questions: [[String]] = questions, renderings: [String]) {
    for question in questions {
      for rendering in renderings {
        let arguments =
          question + ["--report", rendering]
          + (["stats", "rank"].contains(question.first) ? ["--since", "2026-01-01"] : [])
        // Patterns stand behind the options.
        let split = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let patterns = split < arguments.endIndex ? Array(question[split...]) : []
        let typed = Array(arguments[..<split]) + (patterns.isEmpty ? [] : [])
        let all = typed + (patterns.isEmpty ? [] : ["--since", "2026-01-01"] + patterns)
        let with = project.log(all)
        let without = project.log(["--no-index"] + all)
        #expect(with.out == without.out, "\(all)")
        #expect(with.err == without.err && with.status == without.status, "\(all)")
      }
    }
  }

  @Test(
    "byte for byte, for every verb and rendering, before and after notes change", arguments: 60..<63
  )
  func bytes(seed: Int) throws {
    let drawn = DrawnRows(seed: seed)
    try project.store(drawn.runs)
    compare(renderings: ["text", "json", "csv", "markdown", "html"])
    // The first runs go: their series are unknown from then on, unless others have them.
    try project.store(Array(drawn.runs.dropFirst(drawn.runs.count - 2)))
    compare(renderings: ["json"])
    compare([["stats", "--", "b"], ["stats", "--", "c"]], renderings: ["text"])
    try project.store(drawn.runs.reversed())
    compare(renderings: ["json"])
    let file = "\(project.repository.path)/.git/perf/index.sqlite"
    #expect(FileManager.default.fileExists(atPath: file))
  }

  /// Many runs, so that building takes a while.
  private func storeMany() throws {
    let runs = (0..<120).map { number in
      LoggedRun(
        commit: number % 4, time: "2026-10-0\(1 + number % 9)T12:\(10 + number % 50):00Z",
        session: "s\(number)",
        series: (0..<10).map { LoggedSeries("b\($0)", [Double(number), 1, 2, 3]) })
    }
    try project.store(runs)
  }

  private func run(_ shell: String) throws -> Subprocess {
    try Subprocess.run(
      "/bin/sh", ["-c", shell], in: project.repository.url,
      environment: project.project.programs.environment)
  }

  @Test("a builder that is killed leaves an index that is right, or none")
  func killed() throws {
    try storeMany()
    let wanted = project.log("--no-index", "stats", "--since", "2026-01-01", "--report", "json").out
    for number in 0..<12 {
      if number % 4 == 0 { _ = try run("rm -rf .git/perf") }
      // Where the signal arrives is chance; what comes after is not.
      _ = try run("timeout -s KILL 0.0\(number + 1) perf-log --quiet")
      let logged = project.log("stats", "--since", "2026-01-01", "--report", "json")
      #expect(logged.out == wanted)
      #expect(logged.err == "")
    }
  }

  @Test("several processes in two work trees build at once")
  func atOnce() throws {
    try storeMany()
    try project.repository.git("worktree", "add", "--quiet", "--detach", "linked", "main")
    let question = "stats --branch main --since 2026-01-01 --report json"
    let wanted = project.log(["--no-index"] + question.split(separator: " ").map(String.init)).out
    let many = """
      printf '%s\\n' 1 2 3 linked-1 linked-2 linked-3 | xargs -P 6 -I % sh -c '
        case % in linked*) folder=linked ;; *) folder=. ;; esac
        perf-log -C $folder \(question) > out-% 2> err-%'
      """
    let result = try run(many)
    #expect(result.status == 0)
    for name in ["1", "2", "3", "linked-1", "linked-2", "linked-3"] {
      #expect(try project.repository.directory.read("out-\(name)") == wanted)
      #expect(try project.repository.directory.read("err-\(name)") == "")
    }
    #expect(try project.repository.git("worktree", "list").contains("linked"))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(project.repository.path)/.git/perf")
    #expect(files.filter { $0.hasSuffix(".sqlite") } == ["index.sqlite"])
  }

  @Test("a disk that is full is told, and the answer is right")
  func full() throws {
    try storeMany()
    let question = "stats --since 2026-01-01 --report json"
    let wanted = project.log(["--no-index"] + question.split(separator: " ").map(String.init)).out
    // No file may become larger than 16 kB.
    let result = try run(
      "(trap '' XFSZ; ulimit -f 32; exec perf-log \(question)) | cat")
    #expect(result.out == wanted)
    #expect(result.err.contains("the index of the history cannot be used"), "\(result.err)")
    #expect(project.log(question.split(separator: " ").map(String.init)).out == wanted)
  }

  @Test("the index is nobody's business but perf-log's")
  func untouched() throws {
    try project.project.record(milliseconds: 10)
    let file = "\(project.repository.path)/.git/perf/index.sqlite"
    #expect(!FileManager.default.fileExists(atPath: file))
    _ = try project.project.run("perf-gate")
    #expect(!FileManager.default.fileExists(atPath: file))
    project.log("--no-index")
    #expect(!FileManager.default.fileExists(atPath: file))
    project.log()
    #expect(FileManager.default.fileExists(atPath: file))
  }
}
