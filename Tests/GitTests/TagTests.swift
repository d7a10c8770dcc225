import Git
import TestSupport
import Testing

@Suite("Tags are listed with the commits that they lead to")
struct TagTests {
  let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.commit("first")
  }

  private func tags(_ fits: (String) -> Bool = { _ in true }) throws -> [Git.Tag] {
    try Repository(at: repository.path).tags(named: fits).sorted { $0.name < $1.name }
  }

  @Test("light and annotated ones, with the time of the commit")
  func both() throws {
    try repository.git("tag", "v1")
    try repository.git("tag", "-a", "-m", "second", "release/v2")
    let head = try Repository(at: repository.path).commit("HEAD")
    #expect(try tags().map(\.name) == ["release/v2", "v1"])
    #expect(try tags().allSatisfy { $0.commit == head && $0.time == 1_767_225_600 })
    #expect(try tags { $0.hasPrefix("v") }.map(\.name) == ["v1"])
  }

  @Test("those of something else are left out, and no tags are none")
  func others() throws {
    #expect(try tags() == [])
    let blob = try repository.git("rev-parse", "HEAD:file.txt")
    try repository.git("tag", "blob", blob)
    #expect(try tags() == [])
  }
}
