import Foundation
import Runner
import System
import TestSupport
import Testing

@Suite("A debug build")
struct DebugBuildTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// What of its sign and remedy is said; nil where nothing is.
    let expected: String?
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String..., is expected: String?) {
      self.words = words
      self.expected = expected
    }
  }

  static let places = [
    Case("/x/.build/debug/tool", is: "`swift build -c release`"),
    Case("/x/.build/x86_64-unknown-linux-gnu/debug/tool", is: "`swift build -c release`"),
    Case("/x/.build/release/tool", is: nil),
    Case("/x/target/debug/tool", is: "`cargo build --release`"),
    Case("/x/target/x86_64-unknown-linux-musl/debug/deps/tool-1f", is: "`cargo build --release`"),
    Case("/x/target/release/tool", is: nil),
    Case("/x/bin/Debug/net8.0/tool", is: "measure a release build"),
    Case("/x/DerivedData/App/Build/Products/Debug/tool", is: "measure a release build"),
    Case("/x/cmake-build-debug-clang/tool", is: "`-DCMAKE_BUILD_TYPE=Release`"),
    Case("/x/cmake-build-release/tool", is: nil),
    Case("/x/bazel-out/k8-fastbuild/bin/tool", is: "`bazel build -c opt`"),
    Case("/x/bazel-out/k8-opt/bin/tool", is: nil),
    Case("/usr/bin/debug", is: nil), Case("/x/debugger/tool", is: nil),
    Case("/usr/bin/env", "A=1", "/x/target/debug/tool", is: "`cargo build --release`"),
    Case("/usr/bin/cat", "/missing/debug/log", is: nil),
    Case("nowhere", is: nil),
  ]

  @Test("is known by the folders that build tools use", arguments: places)
  func place(_ example: Case) {
    check(example)
  }

  static let runners = [
    Case("swift", "run", "tool", is: "'swift run'"),
    Case("swift", "run", "-c", "release", "tool", is: nil),
    Case("swift", "run", "--configuration=release", is: nil),
    Case("/usr/bin/swift", "run", is: "`swift build -c release`"),
    Case("swift", "build", is: nil),
    Case("cargo", "run", "--", "--release", is: "`cargo build --release`"),
    Case("cargo", "+nightly", "-q", "run", is: "'cargo run'"),
    Case("cargo", "run", "--release", is: nil), Case("cargo", "run", "-r", is: nil),
    Case("cargo", "run", "--profile=bench", is: nil),
    Case("cargo", "bench", is: nil), Case("cargo", is: nil),
    Case("dotnet", "run", is: "`dotnet build -c Release`"),
    Case("dotnet", "run", "-c", "Release", is: nil),
    Case("run", "run", is: nil),
  ]

  @Test("is what a tool runs that was not asked for a release", arguments: runners)
  func runner(_ example: Case) {
    check(example)
  }

  private func check(_ example: Case) {
    let command = Command(example.words[0], Array(example.words.dropFirst()))
    let build = DebugBuild(command) { word in
      word.hasPrefix("/") && !word.hasPrefix("/missing") ? word : nil
    }
    guard let expected = example.expected else {
      #expect(build == nil)
      return
    }
    #expect(build?.concern.severity == .warning)
    #expect(build?.concern.description.contains(expected) == true, "\(String(describing: build))")
  }

  @Test("is seen behind a link, and only where there is one")
  func here() throws {
    let scratch = try ScratchDirectory()
    let program = try scratch.write("target/debug/tool", "#!/bin/sh\n")
    let path = program.path(percentEncoded: false)
    let surroundings = Surroundings(directory: scratch.path, environment: [:])
    #expect(DebugBuild(Command("target/debug/tool"), in: surroundings) == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    #expect(DebugBuild(Command("target/debug/tool"), in: surroundings) != nil)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link", withDestinationPath: path)
    #expect(
      DebugBuild(Command("./link"), in: surroundings)?.concern.sight
        == "'./link' looks like a debug build")
    #expect(DebugBuild(Command("./missing"), in: surroundings) == nil)
  }
}
