import CommandLine
import Testing

@Suite("A manual page is made from the table of options")
struct ManualPageTests {
  private struct Settings: Sendable {}

  @Test("a text that looks like a request of roff's is one no longer")
  func escaped() {
    let spec = CommandSpec<Settings>(
      program: "perf-x", version: "1", abstract: ".so /etc/passwd", usage: ["'ab \\fB"],
      groups: [])
    #expect(spec.manual.contains("\n\\&.so /etc/passwd\n"))
    #expect(spec.manual.contains("\n\\&'ab \\efB\n"))
  }
}
