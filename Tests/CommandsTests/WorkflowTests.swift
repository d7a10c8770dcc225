import Testing

/// One ordinary day, and what it must end in.
struct Workflow: CustomTestStringConvertible, Sendable {
  /// Days that are told in several parts share it.
  let number: Int
  let name: String
  let body: @Sendable (inout Day) throws -> Void

  init(_ number: Int, _ name: String, _ body: @escaping @Sendable (inout Day) throws -> Void) {
    self.number = number
    self.name = name
    self.body = body
  }

  var testDescription: String { "\(number): \(name)" }

  static let all =
    adopting + laptops + runners + accepting + slipping + branches + names + changes + monorepos
    + places + notes
}

@Suite("Ordinary days end as somebody who works would expect")
struct WorkflowTests {
  @Test("each as it should", arguments: Workflow.all)
  func day(_ workflow: Workflow) throws {
    var day = try Day()
    try workflow.body(&day)
  }
}
