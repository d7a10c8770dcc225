import Foundation
import TestSupport

/// A repository with a C program that counts in a loop, and prints how long it would have taken.
///
/// The number that it prints differs from launch to launch by up to 1 %, always in the same way, so
/// that nothing rests on the mood of this machine.
struct BisectProject {
  let project: Project
  let temporary: ScratchDirectory
  var repository: TemporaryRepository { project.repository }

  init(configuration: String = Self.configuration) throws {
    project = try Project()
    temporary = try ScratchDirectory()
    try repository.git("config", "perf.measure.unfit", "ignore")
    try repository.directory.write(".perfconfig", configuration)
    try repository.directory.write("a.h", "#define A 1\n")
    try repository.directory.write("b.h", "#define B 1\n")
    try repository.directory.write("prog.c", Self.program)
  }

  static let configuration = """
    [suite "default"]
    prepare = ./build
    command = ./prog
    format = go

    """

  /// It counts A · B · 1000, and writes a byte for each launch into a file beside it.
  private static let program = """
    #include <stdio.h>
    #include "a.h"
    #include "b.h"
    int main(void) {
      FILE *file = fopen("launches", "a");
      fputc('x', file);
      long launches = ftell(file);
      fclose(file);
      volatile long count = 0;
      for (long k = 0; k < A * B * 1000; k++) count++;
      printf("BenchmarkCount 1 %ld ns/op\\n", count * 10 + count / 100 * (launches * 37 % 11));
      printf("BenchmarkOther 1 %ld ns/op\\n", 5000 + launches * 37 % 7);
      return 0;
    }

    """

  /// Commits a program whose factors are given as C expressions.
  ///
  /// - Parameter build: The script that builds it.
  @discardableResult
  func commit(
    _ message: String, a: String? = nil, b: String? = nil, build: String = "cc -o prog prog.c"
  ) throws -> String {
    if let a { try repository.directory.write("a.h", "#define A (\(a))\n") }
    if let b { try repository.directory.write("b.h", "#define B (\(b))\n") }
    try repository.directory.writeExecutable("build", "#!/bin/sh\n\(build)\n")
    return try repository.commit(message, file: "change.txt", text: message)
  }

  /// Commits `count` versions, the first as `good`, of which those from `slow` on count more, and
  /// those of `broken` do not build.
  func history(
    _ count: Int = 12, slow: Int, broken: Set<Int> = [], build: (Int) -> String? = { _ in nil }
  ) throws -> [String] {
    let commits = try (0..<count).map { number in
      try commit(
        "version \(number)", a: number >= slow ? "13 / 10.0" : "1",
        build: broken.contains(number)
          ? "echo no compiler here >&2; exit 1" : build(number) ?? "cc -o prog prog.c")
    }
    try repository.git("tag", "good", commits[0])
    return commits
  }

  func run(_ arguments: String...) throws -> Subprocess { try run(arguments) }

  func run(_ arguments: [String]) throws -> Subprocess {
    try project.run("perf-bisect", arguments, environment: ["TMPDIR": temporary.path])
  }

  /// Runs it in a shell that writes its process number into a file, so that what it launches can
  /// send it a signal.
  func runNumbered(_ arguments: String...) throws -> Subprocess {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try Subprocess.run(
      "/bin/sh", ["-c", "echo $$ >.git/number; exec perf-bisect \(words)"], in: repository.url,
      environment: project.programs.environment.merging(["TMPDIR": temporary.path]) { $1 })
  }

  /// A script that sends a signal to the process of ``runNumbered(_:)`` once, then waits to be ended.
  func signalOnce(_ signal: String) -> String {
    """
    if mkdir '\(repository.path)/.git/once' 2>/dev/null; then
      kill -\(signal) $(cat '\(repository.path)/.git/number')
      while :; do sleep 0.05; done
    fi
    cc -o prog prog.c
    """
  }

  /// True if no work tree is left.
  var isTidy: Bool { get throws { try project.isTidy(temporary) } }
}
