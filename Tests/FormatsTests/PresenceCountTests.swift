import Formats
import Measurements
import Runner
import Testing

@Suite("A benchmark that some readings have and some have not")
struct PresenceCountTests {
  private func reading(_ names: [String], metrics: [Metric] = [.wallTime]) throws -> ParsedResults {
    ParsedResults(
      series: try names.flatMap { name in
        try metrics.map {
          Series(
            benchmark: Benchmark(name: name), metric: $0, rounds: [try Round([1])], source: "go")
        }
      })
  }

  private func warnings(_ readings: [ParsedResults]) -> [String] {
    readings.merged(areFiles: true).parseNotes.map(\.description)
  }

  @Test("over files it is warned of, where most have it")
  func files() throws {
    let all = try [reading(["a", "b"]), reading(["a", "b"]), reading(["a"])]
    #expect(warnings(all) == ["'b' is in 2 of 3 files, and not in all"])
    #expect(all.merged().parseNotes.isEmpty)
    #expect(try warnings([reading(["a"]), reading(["b"])]).isEmpty)
    #expect(try warnings([reading(["a"]), reading(["a", "b"])]).isEmpty)
  }

  @Test("a metric too")
  func metrics() throws {
    let both = try reading(["a"], metrics: [.wallTime, .maxRSS])
    #expect(
      try warnings([both, both, reading(["a"])])
        == ["metric 'max_rss' of 'a' is in 2 of 3 files, and not in all"])
  }
}

@Suite("The machine and the commit that a file names")
struct NamedMachineTests {
  private let here = Environment(
    cpu: "AMD EPYC", cores: 2, memory: 1 << 30, os: "Debian 12", kernel: "6.1", arch: "x86_64",
    labels: ["runner": "a"])

  @Test("what it says replaces what is known here, and makes another key")
  func replaced() {
    let there = here.named(by: [
      "cpu": "Apple M1 @ 3.2GHz", "num_cpus": "8", "goos": "darwin", "goarch": "amd64",
    ])
    #expect(there.cpu == "Apple M1" && there.cores == 8 && there.os == "macOS")
    #expect(there.arch == "x86_64" && there.labels == here.labels && there.memory == 0)
    #expect(there.key != here.key)
  }

  @Test(
    "what is the same as here, or not said, or no machine's, changes nothing",
    arguments: [
      [:], ["cpu": "AMD EPYC @ 2.20GHz"], ["goos": "linux", "goarch": "amd64"],
      ["machine": "laptop"], ["system": "Linux", "cores": "2"], ["platform": "Linux-6.1-x86_64"],
      ["num_cpus": "many"],
    ])
  func same(_ context: [String: String]) {
    #expect(here.named(by: context) == here)
  }

  @Test("a key that somebody set stays")
  func key() {
    let own = Environment(
      key: "mine", cpu: here.cpu, cores: here.cores, memory: here.memory, os: here.os,
      kernel: here.kernel, arch: here.arch)
    #expect(own.named(by: ["cpu": "Apple M1"]).key == "mine")
  }

  @Test("only what looks like an id is a commit")
  func commit() {
    func named(_ text: String, dirty: String? = nil) -> NamedCommit? {
      ParsedResults(
        context: ["commit": text].merging(dirty.map { ["commit_dirty": $0] } ?? [:]) { $1 }
      )
      .namedCommit
    }
    #expect(named("5B78858eb7")?.id == "5b78858eb7")
    #expect(named("5b78858eb7", dirty: "true")?.isDirty == true)
    for text in ["unversioned", "v1.2", "abc", ""] { #expect(named(text) == nil) }
  }
}
