import Git
import TestSupport
import Testing

@Suite("A work tree is dirty as git describe --dirty sees it")
struct StatusTests {
  let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.commit("first")
  }

  @Test("a clean tree has no modified files, untracked ones or not")
  func clean() throws {
    try repository.directory.write("untracked", "text")
    #expect(try Repository(at: repository.path).modifiedFiles().isEmpty)
  }

  @Test("changed, staged and deleted files are named")
  func dirty() throws {
    try repository.commit("second", file: "b.txt")
    try repository.commit("third", file: "c.txt")
    try repository.directory.write("file.txt", "changed")
    try repository.directory.write("b.txt", "staged")
    try repository.git("add", "b.txt")
    try repository.git("rm", "--quiet", "c.txt")
    #expect(
      try Repository(at: repository.path).modifiedFiles().sorted() == [
        "b.txt", "c.txt", "file.txt",
      ])
  }
}
