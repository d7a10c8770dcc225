import Foundation
import TestSupport
import Testing

/// What the template for GitLab has.
private struct GitLabFile: Decodable {
  struct Job: Decodable {
    struct Artifacts: Decodable {
      let paths: [String]
      let reports: [String: String]
    }

    struct Cache: Decodable {
      let paths: [String]
      let policy: String
    }

    let cache: Cache?
    let before_script: [String]?
    let script: [String]?
    let variables: [String: String]?
    let artifacts: Artifacts?
  }

  let variables: [String: String]
  let common: Job
  let gate: Job
  let record: Job

  enum CodingKeys: String, CodingKey {
    case variables, common = ".perf", gate = "perf-gate", record = "perf-record"
  }
}

@Suite(
  "The template for GitLab", .enabled(if: PipelineFile.canRead, "\(PipelineFile.absence)"))
struct GitLabTests {
  /// A name that a shell would take for more than a name.
  private static let trunk = "a;touch${IFS}hit;$(touch${IFS}hit)"
  private static let notes = "/projects/acme%2Ftool/merge_requests/7/notes"
  let project: PipelineProject
  let server: CommentServer
  let scratch: ScratchDirectory
  private let file: GitLabFile

  init() throws {
    project = try PipelineProject(trunk: Self.trunk)
    server = try CommentServer()
    try server.behave(like: "gitlab")
    scratch = try ScratchDirectory()
    file = try PipelineFile.read("ci/gitlab.yml")
  }

  private var variables: [String: String] {
    get throws {
      [
        "GITLAB_CI": "true", "CI_API_V4_URL": server.api, "CI_PROJECT_ID": "acme/tool",
        "CI_PROJECT_URL": "file://\(project.hub.path)",
        "CI_MERGE_REQUEST_PROJECT_URL": "file://\(project.hub.path)",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": Self.trunk,
        "PERF_GATE_REPOSITORY": "file://\(project.package.path)",
        "PERF_GATE_REVISION": try project.package.git("rev-parse", "HEAD"),
        "SEEN": scratch.path + "/seen",
      ]
    }
  }

  /// As its runner does: all lines in one shell, in a clone of one reference.
  private func run(
    _ job: GitLabFile.Job, at reference: String, of origin: String? = nil,
    with more: [String: String] = [:], prepare: (TemporaryRepository) throws -> Void = { _ in }
  ) throws -> (result: Subprocess, clone: TemporaryRepository) {
    var environment = PipelineProject.environment
    for variables in try [variables, file.variables, job.variables ?? [:], more] {
      environment.merge(variables) { $1 }
    }
    let clone = try TemporaryRepository()
    try clone.git("remote", "add", "origin", "file://\(origin ?? project.hub.path)")
    let depth = environment["GIT_DEPTH"].flatMap { $0 == "0" ? nil : ["--depth", $0] } ?? []
    try clone.git(["fetch", "--quiet"] + depth + ["origin", reference])
    try clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    try prepare(clone)
    let lines = ["set -eo pipefail"] + (file.common.before_script ?? []) + (job.script ?? [])
    let result = try Subprocess.run(
      "/usr/bin/env", ["bash", "-c", lines.joined(separator: "\n")], in: clone.url,
      environment: environment)
    #expect(!FileManager.default.fileExists(atPath: clone.path + "/hit"))
    return (result, clone)
  }

  private func mergeRequest(
    _ reference: String = "head", of origin: String? = nil, with more: [String: String] = [:],
    prepare: (TemporaryRepository) throws -> Void = { _ in }
  ) throws -> (result: Subprocess, clone: TemporaryRepository) {
    let own = ["CI_MERGE_REQUEST_IID": "7", "GITLAB_TOKEN": Commentator.token]
    return try run(
      file.gate, at: "refs/merge-requests/7/\(reference)", of: origin,
      with: own.merging(more) { $1 }, prepare: prepare)
  }

  @Test("a merge request is judged, by its status, reports and comment", arguments: [100, 150])
  func judged(steps: Int) throws {
    _ = try project.propose(steps: steps)
    let (result, clone) = try mergeRequest()
    #expect(result.status == (steps == 100 ? 0 : 1), "\(result.out)\(result.err)")
    let artifacts = try #require(file.gate.artifacts)
    for path in artifacts.paths + artifacts.reports.values {
      #expect(FileManager.default.fileExists(atPath: "\(clone.path)/\(path)"), "\(path)")
    }
    #expect(try server.comments(at: Self.notes).count == 1)
    #expect(try !scratch.read("seen").contains(Commentator.token))
    #expect(try clone.git("status", "--porcelain", "--untracked-files=no") == "")
  }

  @Test("a comment that is refused changes nothing of it, and without a token there is none")
  func noComment() throws {
    _ = try project.propose(steps: 150)
    #expect(try mergeRequest(with: ["GITLAB_TOKEN": ""]).result.status == 1)
    #expect(try mergeRequest(with: ["PERF_COMMENT": "off"]).result.status == 1)
    #expect(try server.methods() == [])
    try server.plan(#"{"status": 403}"#)
    let (result, _) = try mergeRequest()
    #expect(result.status == 1)
    #expect(result.err.contains("warning: no comment: perf-comment ended with status 5;"))
  }

  @Test("a merged result is judged as what it merges")
  func merged() throws {
    let head = try project.propose(steps: 150)
    try project.work.git("push", "--quiet", "origin", "HEAD:refs/merge-requests/7/merge")
    let (result, clone) = try mergeRequest(
      "merge", with: ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": head])
    #expect(result.status == 1, "\(result.out)\(result.err)")
    let report = try clone.directory.read("perf-reports/perf.json")
    #expect(report.contains(#""commit": "\#(head)""#))
  }

  @Test("in a fork it is judged against the project that it is for, not against the fork's branch")
  func fork() throws {
    let fork = try ScratchDirectory.bareRepository()
    try project.work.git("push", "--quiet", fork.path, "HEAD:refs/heads/\(Self.trunk)")
    try project.count(150)
    try project.work.git("push", "--quiet", "origin", "HEAD:refs/heads/\(Self.trunk)")
    let head = try project.propose(steps: 150)
    try project.work.git("push", "--quiet", fork.path, "\(head):refs/merge-requests/7/head")
    let link = scratch.path + "/tool.git"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: project.hub.path)
    let (result, _) = try mergeRequest(
      of: fork.path,
      with: [
        "CI_PROJECT_URL": "file://\(fork.path)",
        "CI_MERGE_REQUEST_PROJECT_URL": "file://\(scratch.path)/tool",
      ])
    #expect(result.status == 0, "\(result.out)\(result.err)")
  }

  @Test("what is checked out too shallow to tell fails")
  func shallow() throws {
    try project.count(100)
    _ = try project.propose(steps: 100)
    let (result, _) = try mergeRequest(with: ["GIT_DEPTH": "1"])
    #expect(result.status == 5, "\(result.out)\(result.err)")
    #expect(result.err.contains("warning: no report: perf-gate ended with status 5"))
  }

  @Test("what a merge request commits in place of the programs is not run")
  func committed() throws {
    let cache = try #require(file.common.cache)
    for path in cache.paths {
      for name in ["perf-gate", "perf-comment"] {
        let script = "#!/bin/sh\n[ $1 = --version ] || touch hit\n"
        try project.work.directory.writeExecutable("\(path)/bin/\(name)", script)
      }
    }
    try project.work.git("add", "--all")
    _ = try project.propose(steps: 150)
    let (result, _) = try mergeRequest()
    #expect(result.status == 2, "\(result.out)\(result.err)")
    #expect(result.err.contains("is taken for no folder of programs"), "\(result.err)")
    #expect(try server.methods() == [])
  }

  @Test("jobs of merge requests write no cache, and what is read of one is not built again")
  func cached() throws {
    #expect(file.common.cache?.policy == "pull")
    #expect(file.gate.cache == nil)
    #expect(file.record.cache?.policy == "pull-push")
    let (_, trunk) = try run(file.record, at: "refs/heads/\(Self.trunk)")
    #expect(project.log == ["install"])
    _ = try project.propose(steps: 100)
    let cache = try #require(file.record.cache?.paths.first)
    let saved = URL(filePath: trunk.path + "/" + cache)
    let (result, _) = try mergeRequest(prepare: { clone in
      try FileManager.default.copyItem(at: saved, to: URL(filePath: clone.path + "/" + cache))
    })
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(project.log == ["install"])
  }

  @Test("programs that the image has are taken, if they are of the revision")
  func image() throws {
    _ = try project.propose(steps: 100)
    let programs = scratch.path + "/programs"
    #expect(try project.pipeline("install", programs).status == 0)
    let variables = ["PERF_GATE_PROGRAMS": programs]
    #expect(try mergeRequest(with: variables).result.status == 0)
    #expect(project.log == ["install"])
    try scratch.write("programs/key", "another")
    #expect(try mergeRequest(with: variables).result.status == 0)
    #expect(project.log == ["install", "install"])
  }

  @Test("a push to the default branch is recorded, and its runs are pushed")
  func recorded() throws {
    let (result, _) = try run(file.record, at: "refs/heads/\(Self.trunk)")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(try project.work.git("ls-remote", "origin", "refs/notes/perf") != "")
  }
}
