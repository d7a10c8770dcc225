import Foundation
import TestSupport
import Testing

@Suite("perf-bisect goes into merges", .serialized)
struct BisectMergeTests {
  let bisected: BisectProject
  var repository: TemporaryRepository { bisected.repository }

  init() throws { bisected = try BisectProject() }

  /// A history whose branch is merged after three commits of main.
  ///
  /// - Returns: The commits of the branch.
  private func merge(
    main: [String], branch: [String], broken: Set<Int> = []
  ) throws -> [String] {
    try bisected.commit("first", a: "1", b: "1")
    try repository.git("tag", "good")
    try repository.git("checkout", "--quiet", "-b", "topic")
    let commits = try branch.enumerated().map { number, b in
      try bisected.commit(
        "topic \(number)", b: b, build: broken.contains(number) ? "exit 1" : "cc -o prog prog.c")
    }
    try repository.git("checkout", "--quiet", "main")
    for (number, a) in main.enumerated() {
      try repository.directory.write("a.h", "#define A (\(a))\n")
      try repository.commit("main \(number)", file: "main.txt", text: "\(number)")
    }
    try repository.git("merge", "--quiet", "--no-ff", "--message", "Merge topic", "topic")
    try repository.git("tag", "merge")
    for number in 3..<6 {
      try repository.commit("main \(number)", file: "main.txt", text: "\(number)")
    }
    return commits
  }

  @Test("to the commit of the branch that brings the change")
  func branch() throws {
    let branch = try merge(main: ["1", "1", "1"], branch: ["1", "1", "1.3", "1.3", "1.3"])
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(branch[2])\n"), "\(result.out)")
    let merge = try repository.git("rev-parse", "--short=10", "merge")
    #expect(result.out.contains("it came with the merge \(merge)\n"), "\(result.out)")
    #expect(try bisected.isTidy)
  }

  @Test("and names the merge where no single commit of the branch brings it")
  func interaction() throws {
    _ = try merge(
      main: ["1", "1", "(B > 1 ? 1.3 : 1)"], branch: ["1", "1", "1", "1.0001"])
    let merge = try repository.git("rev-parse", "merge")
    let result = try bisected.run("--benchmark", "Count", "good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(merge)\n"), "\(result.out)")
    #expect(result.out.contains("no commit of the merged branch brings it"), "\(result.out)")
  }

  @Test("and tells the range where its first slow commit does not build")
  func brokenBranch() throws {
    let branch = try merge(main: ["1", "1"], branch: ["1.3", "1.3"], broken: [0])
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 6, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("one of these 2 commits is the first where"), "\(result.out)")
    #expect(result.out.contains("    \(branch[0].prefix(10)) topic 0\n"))
    #expect(result.out.contains("    \(branch[1].prefix(10)) topic 1\n"))
    #expect(result.out.contains("they came with the merge"))
  }

  @Test("a branch that began before a speed-up of main is not blamed for its first commit")
  func oldFork() throws {
    try bisected.commit("slow", a: "1.3", b: "1")
    try repository.git("checkout", "--quiet", "-b", "topic")
    let topic = try bisected.commit("topic 0", b: "1")
    try repository.git("checkout", "--quiet", "main")
    try bisected.commit("fast", a: "1")
    try repository.git("tag", "good")
    try repository.commit("main", file: "main.txt")
    // The merge takes the branch's side.
    try repository.git("merge", "--quiet", "--no-ff", "--no-commit", "-X", "ours", "topic")
    try repository.directory.write("a.h", "#define A (1.3)\n")
    try repository.git("add", "--all")
    try repository.git("commit", "--quiet", "--message", "Merge topic")
    let merge = try repository.git("rev-parse", "HEAD")
    let result = try bisected.run("good", "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(merge)\n"), "\(topic) \(result.out)")
    #expect(result.out.contains("the merged branch began at"), "\(result.out)")
  }

  @Test("a good end that was merged into the line of the bad end is where the line begins")
  func mergedGood() throws {
    let branch = try merge(main: ["1", "1", "1"], branch: ["1", "1", "1.3", "1.3"])
    let result = try bisected.run(branch[0], "HEAD")
    #expect(result.status == 0, "\(result.out)\(result.err)")
    #expect(result.out.hasPrefix("\(branch[2])\n"), "\(result.out)")
  }
}
