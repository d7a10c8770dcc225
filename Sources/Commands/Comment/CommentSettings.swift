import CommandLine
import Configuration
import Forges

/// The values of the options of `perf-comment`.
package struct CommentSettings: CommonSettings {
  package var common = Common()
  var service: ForgeKind?
  var api: String?
  var repository: String?
  var number: Int?
  var tokenVariable: String?
  var isDryRun = false
  /// The longest time that one request may take.
  var timeout = Duration.seconds(30)
  /// The longest time between two attempts.
  var longestPause = Duration.seconds(60)

  package init() {}
}

extension Program where Settings == CommentSettings {
  package static let comment = Program(
    spec: CommandSpec(
      program: "perf-comment", version: version,
      abstract: "Put the gate's report into the one comment that a pull request has of it.",
      usage: ["[options] <report.json>"],
      operands: Operands(
        "<report.json>", completing: .file, count: 1...1,
        help: "what `perf-gate --report json=<file>` has written, or - for standard input"),
      groups: [
        FlagGroup(
          "Where, if not as the pipeline says",
          [
            .option(
              "service", .service, sets: \.service, help: "what kind of server it is"),
            .option("api", .text("<url>"), sets: \.api, help: "where its API is"),
            .option(
              "repository", .text("<name>"), sets: \.repository,
              help: "owner and name, or the id of a project of GitLab"),
            .option(
              "pull-request", .integer("<n>", in: 1...Int.max), sets: \.number,
              help: "the number of the pull request or merge request",
              details: "else the pipeline's; after a `workflow_run`, the one that it tested"),
            .option(
              "token-variable", .text("<variable>"), sets: \.tokenVariable,
              help: "the environment variable that holds the token",
              details: "else GITHUB_TOKEN, GITLAB_TOKEN or GITEA_TOKEN"),
          ]),
        FlagGroup(
          "Sending",
          [
            .switch("dry-run", sets: \.isDryRun, help: "print the comment, and send nothing"),
            .option(
              "timeout", .duration, sets: \.timeout, help: "how long a request may take (30s)"),
            .option(
              "max-wait", .duration, sets: \.longestPause,
              help: "how long to wait before another attempt, at most (60s)"),
          ]),
        .common,
      ],
      examples: [
        Example("perf-comment perf.json", "in a pipeline of a pull request"),
        Example("perf-comment --dry-run perf.json", "see what it would say"),
        Example(
          "perf-comment --service gitea --api https://codeberg.org/api/v1 \\\n"
            + "      --repository acme/tool --pull-request 12 perf.json", "from anywhere"),
        Example(
          "perf-comment --token-variable BOT_TOKEN perf.json", "as somebody else than the pipeline"),
      ],
      sections: [
        Section(
          "Exit statuses",
          """
          0  the comment says what the report says, or one of newer commits does
          2  usage error: no token, nothing says where
          4  the file is no report
          5  the comment could not be posted; what the gate said stands
          """)
      ]),
    defaults: CommentSettings(),
    body: { try Commenting(call: $0).run() })
}

extension Argument where Value == ForgeKind {
  fileprivate static var service: Self {
    let names = Argument<String>.word(
      ForgeKind.all.map(\.name).joined(separator: "|"), among: ForgeKind.all.map(\.name))
    return Argument(names.placeholder, completing: names.completion) { text throws(UsageError) in
      let name = try names.parse(text)
      guard let service = ForgeKind.all.first(where: { $0.name == name }) else {
        throw UsageError("not a service")
      }
      return service
    }
  }
}
