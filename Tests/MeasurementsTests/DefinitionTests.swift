import Measurements
import Testing

@Suite("what was launched for a number")
struct DefinitionTests {
  private func definition(_ command: String, variables: [String: String] = [:]) -> Definition {
    let sorted = variables.sorted { $0.key < $1.key }
    return Definition([
      Definition.Part("command", command.split(separator: " ").map(String.init), shown: command),
      Definition.Part(
        "variables", sorted.flatMap { [$0.key, $0.value] },
        shown: sorted.map(\.key).joined(separator: ", ")),
    ])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let change: String
    var testDescription: String { change }
  }

  @Test(
    "the words that differ are told, with the option before them",
    arguments: [
      Case(old: "./p --size 1", new: "./p --size 4", change: "command: --size 1 → --size 4"),
      Case(old: "./p --size 1 x", new: "./p --size 4 x", change: "command: --size 1 → --size 4"),
      Case(old: "./p", new: "./p -q", change: "command: none → -q"),
      Case(old: "./b.sh", new: "./c.sh", change: "command: ./b.sh → ./c.sh"),
      Case(old: "./p a a", new: "./p a", change: "command: a → none"),
    ])
  func change(_ example: Case) {
    let changes = definition(example.new).changes(from: definition(example.old))
    #expect(changes == [example.change])
  }

  @Test("values of variables count and are never shown")
  func secrets() {
    let old = definition("./p", variables: ["TOKEN": "secret1"])
    let new = definition("./p", variables: ["TOKEN": "secret2"])
    #expect(old.digest != new.digest)
    #expect(!old.text.contains("secret"))
    #expect(new.changes(from: old) == ["values that are not shown"])
  }

  @Test("the same is the same in whatever order it is told, and words are kept apart")
  func digest() {
    let a = Definition.Part("a", ["1"], shown: "1")
    let b = Definition.Part("b", ["2"], shown: "2")
    #expect(Definition([a, b]) == Definition([b, a]))
    #expect(definition("./p x y").changes(from: definition("./p x y")) == [])
    let one = Definition([Definition.Part("command", ["x y"], shown: "x y")])
    let two = Definition([Definition.Part("command", ["x", "y"], shown: "x y")])
    #expect(one.digest != two.digest)
  }
}
