import Testing

@testable import Forges

@Suite("A pipeline is known by its variables")
struct ForgeKindTests {
  @Test(
    "of what looks like two kinds, the one that resembles the other is taken",
    arguments: [
      ([:], nil), (["CI": "true"], nil), (["GITHUB_ACTIONS": ""], nil),
      (["GITHUB_ACTIONS": "true"], "github"), (["GITLAB_CI": "true"], "gitlab"),
      (["GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"], "gitea"),
      (["GITHUB_ACTIONS": "true", "FORGEJO_ACTIONS": "true"], "gitea"),
    ] as [([String: String], String?)])
  func kind(environment: [String: String], name: String?) {
    #expect(ForgeKind.ofPipeline(environment)?.name == name)
  }

  @Test(
    "paths have the parts of a name escaped: with its slashes on GitLab, between them elsewhere")
  func paths() {
    #expect(ForgeKind.github.comments("a b/c?d", 12) == "/repos/a%20b/c%3Fd/issues/12/comments")
    #expect(ForgeKind.gitea.comment("a/b", 12, 3) == "/repos/a/b/issues/comments/3")
    #expect(ForgeKind.github.pullRequest("a/b", 12) == "/repos/a/b/pulls/12")
    #expect(ForgeKind.gitlab.comments("a/b", 12) == "/projects/a%2Fb/merge_requests/12/notes")
    #expect(ForgeKind.gitlab.comment("a/b", 1, 2) == "/projects/a%2Fb/merge_requests/1/notes/2")
    #expect("ä-_.~\n".escaped == "%C3%A4-_.~%0A")
  }

  private func number(_ kind: ForgeKind, _ environment: [String: String]) -> String? {
    switch kind.subject(environment) {
    case .number(let number, let commit)?: "\(number) \(commit ?? "-")"
    case .head?: "a head"
    case nil: nil
    }
  }

  @Test("the number of the pull request is the variables', or that of the reference")
  func subjects() {
    #expect(number(.github, ["GITHUB_REF": "refs/pull/7/merge"]) == "7 -")
    for reference in [
      "refs/heads/pull/7/merge", "refs/pull/7", "refs/pull/x/merge", "refs/pull/0/head",
    ] {
      #expect(number(.github, ["GITHUB_REF": reference]) == nil)
    }
    let variables = ["CI_MERGE_REQUEST_IID": "7", "CI_COMMIT_SHA": "b1"]
    #expect(number(.gitlab, variables) == "7 b1")
    #expect(
      number(.gitlab, variables.merging(["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "b2"]) { $1 })
        == "7 b2")
    #expect(number(.gitlab, ["CI_COMMIT_SHA": "b1"]) == nil)
  }
}
