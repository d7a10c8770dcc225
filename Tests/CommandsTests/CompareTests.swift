import Foundation
import TestSupport
import Testing

@Suite("perf-record measures variants and loads in turns", .serialized)
struct CompareTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  private func record(_ options: String...) throws -> Subprocess {
    try project.run("perf-record", options)
  }

  private func log() throws -> [String] {
    try repository.directory.read(".git/log").split(separator: "\n").map(String.init)
  }

  /// The labels and the number of rounds of each series of a metric in the last run of HEAD.
  private func series(_ metric: String) throws -> [[String: String]: Int] {
    let text = try repository.git("notes", "--ref=perf", "show", "HEAD")
    let last = try #require(text.split(separator: "\n").last)
    let run = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
    let all = try #require(run?["series"] as? [[String: Any]])
    return try Dictionary(
      uniqueKeysWithValues: all.filter { $0["metric"] as? String == metric }.map { one in
        let labels = one["labels"] as? [String: String] ?? [:]
        #expect(one["benchmark"] as? String == "sh")
        return (labels, try #require(one["rounds"] as? [[Double]]).count)
      })
  }

  @Test("each variant has its label, and every round launches each once, in another order")
  func variants() throws {
    let result = try record(
      "--rounds", "12", "--warmup", "1", "--seed", "1", "--compare",
      "flag a: sh -c 'echo a >>.git/log'", "flag b: sh -c 'echo b >>.git/log'",
      "flag=c: sh -c 'echo c >>.git/log'")
    #expect(result.status == 0, "\(result.err)")
    #expect(
      result.out.hasSuffix("compare them with `perf-diff --by label:flag`\n"), "\(result.out)")
    let rounds = stride(from: 0, to: 39, by: 3)
    let turns = try log()
    #expect(turns.count == 39)
    for start in rounds { #expect(Set(turns[start..<start + 3]) == ["a", "b", "c"]) }
    #expect(Set(rounds.map { Array(turns[$0..<$0 + 3]) }).count > 2)
    #expect(
      try series("wall_time") == [["flag": "a"]: 12, ["flag": "b"]: 12, ["flag": "c"]: 12])
    let diff = try project.run("perf-diff", "--by", "label:flag")
    #expect(diff.status == 0, "\(diff.err)")
    #expect(diff.out.contains("flag=a") && diff.out.contains("flag=c"), "\(diff.out)")
  }

  @Test("nothing of a variant reaches a shell, and options may stand between variants")
  func words() throws {
    let result = try record(
      "--compare", #"a: sh -c 'echo "$1" >>.git/log' x '$(touch .git/evil); a'"#, "--rounds", "1",
      "--warmup=0", "--label", "size=1", "--compare=b: sh -c true")
    #expect(result.status == 0, "\(result.err)")
    #expect(try log() == ["$(touch .git/evil); a"])
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/.git/evil"))
    #expect(
      try series("wall_time") == [
        ["variant": "a", "size": "1"]: 1, ["variant": "b", "size": "1"]: 1,
      ])
  }

  @Test("variants of other programs are called after the label, or as --name says")
  func names() throws {
    for (options, name) in [([String](), "flag"), (["--name", "x"], "x")] {
      let result = try project.run(
        "perf-record",
        ["--rounds=1", "--warmup=0", "-o", "out.json"] + options
          + ["--compare", "flag a: true", "flag b: sh -c true"])
      #expect(result.status == 0, "\(result.err)")
      #expect(
        result.out.contains("compare them with `perf-diff --by label:flag out.json`"),
        "\(result.out)")
      let text = try repository.directory.read("out.json")
      #expect(text.components(separatedBy: "\"benchmark\": \"\(name)\"").count == 9)
      let diff = try project.run("perf-diff", "--by", "label:flag", "out.json")
      #expect(diff.status == 0, "\(diff.err)")
    }
  }

  @Test("a variant that fails is stored as failed, and the others are measured")
  func failing() throws {
    let result = try record(
      "--rounds=3", "--warmup=0", "--compare", "flag a: sh -c 'exit 3'", "flag b: sh -c true")
    #expect(result.status == 4)
    #expect(result.err.contains("sh[flag=a]") || result.err.contains("flag=a"), "\(result.err)")
    #expect(try series("wall_time") == [["flag": "b"]: 3])
  }

  @Test("what makes no comparison is refused before anything is launched")
  func refused() throws {
    let launch = "sh -c 'echo x >>.git/log'"
    let cases: [(arguments: [String], message: String)] = [
      (["--compare", "flag a: \(launch)"], "--compare has one variant"),
      (["--compare", "a"], "not a variant"), (["--compare", ""], "not a variant"),
      (["--compare", "flag a:"], "not a variant"),
      (["--compare", "flag a: "], "not a variant"),
      (["--compare", "flag a: sh 'x"], "no command after the colon"),
      (["--compare", "x y z: \(launch)"], "not a label and a value before the colon"),
      (["--compare", "=a: \(launch)"], "a label without a name or a value"),
      (["--compare", "flag=: \(launch)"], "a label without a name or a value"),
      (["--compare", "flag a: \(launch)", "sort b: \(launch)"], "differ in two labels"),
      (["--compare", "flag a: \(launch)", "flag=a: \(launch)"], "two variants are 'flag a'"),
      (["--compare", "flag a: \(launch)", "nonsense"], "invalid value 'nonsense' for '--compare'"),
      (["flag a: \(launch)"], "unexpected argument"),
      (["--formats", "x"], "unexpected argument 'x'"),
      (["--compare", "flag a: \(launch)", "flag b: x", "--label", "flag=c"], "is that of the"),
      (["--compare", "flag a: \(launch)", "flag b: x", "--", "true"], "goes with neither"),
      (["--compare", "flag a: \(launch)", "flag b: x", "--import", "x"], "goes with neither"),
      (["--compare", "flag a: \(launch)", "flag b: x", "--paired", "HEAD"], "--paired exclude"),
      (["--compare", "flag a: \(launch)", "flag b: x", "--format", "go"], "--format exclude"),
      (["--concurrency", "1,1", "--", "true"], "it has 1 twice"),
      (["--concurrency", "1,", "--", "true"], "not a whole number"),
      (["--concurrency", "", "--", "true"], "not a whole number"),
      (
        ["--concurrency", "2,8", "--requests", "4", "--", "true"], "fewer requests than run at once"
      ),
      (["--concurrency", "1,2", "--label", "concurrency=1", "--", "true"], "'concurrency' is 2"),
    ]
    for (arguments, message) in cases {
      let result = try project.run("perf-record", arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.err.contains(message), "\(arguments): \(result.err)")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(repository.path)/.git/log"))
  }

  @Test("several loads are measured in turns, each with its label")
  func loads() throws {
    let result = try record(
      "--concurrency", "1,3", "--requests", "3", "--rounds", "2", "--warmup", "0", "--", "sh", "-c",
      "echo x >>.git/log")
    #expect(result.status == 0, "\(result.err)")
    #expect(try log().count == 12)
    let text = try repository.git("notes", "--ref=perf", "show", "HEAD")
    #expect(text.contains(#""concurrency":"1""#) && text.contains(#""concurrency":"3""#))
    #expect(text.contains("3 at once, 3 requests") && text.contains("1 at once, 3 requests"))
    #expect(text.components(separatedBy: #""metric":"throughput""#).count == 3)
    let diff = try project.run("perf-diff", "--by", "label:concurrency")
    #expect(diff.out.contains("concurrency=1"), "\(diff.out)\(diff.err)")
  }

  @Test("variants and loads together, and loads of a suite, are each measured")
  func both() throws {
    let result = try record(
      "--concurrency", "1,2", "--requests", "2", "--rounds", "1", "--warmup", "0", "--compare",
      "flag a: sh -c true", "flag b: sh -c true")
    #expect(result.status == 0, "\(result.err)")
    #expect(try series("throughput").count == 4)
    try repository.directory.write(
      ".perfconfig", "[suite \"default\"]\ncommand = sh: sh -c true\nrounds = 2\nwarmup = 0\n")
    try repository.commit("configure", file: "configured.txt")
    let suite = try record("--concurrency", "1,2", "--requests", "2")
    #expect(suite.status == 0, "\(suite.err)")
    #expect(try series("throughput") == [["concurrency": "1"]: 2, ["concurrency": "2"]: 2])
    let part = try repository.git("notes", "--ref=perf", "show", "HEAD")
    #expect(part.contains(#""part":"--concurrency 1,2""#), "\(part)")
  }
}
