import Measurements
import Testing
import Trends

@Suite("A table of classes names every value")
struct ClassTableTests {
  private static func steps(_ steps: (String, String)...) throws -> [ClassTable.Step] {
    try steps.map { ClassTable.Step($0.0, below: try #require(Quantity($0.1))) }
  }

  private static func speed() throws -> ClassTable {
    try ClassTable(
      "speed", metric: "wall_time",
      steps: steps(("fast", "30s"), ("medium", "5m"), ("slow", "30m")))
  }

  @Test("the names go from the lowest values to the highest")
  func names() throws {
    let prices = try Self.steps(("cheap", "$0.10"), ("moderate", "$1"), ("expensive", "$5"))
    #expect(try Self.speed().names == ["fast", "medium", "slow", "very slow"])
    #expect(
      try ClassTable("price", metric: "cost", steps: prices).names
        == ["cheap", "moderate", "expensive", "very expensive"])
  }

  @Test(
    "a value at a limit belongs to the next class",
    arguments: [
      (0.0, "fast"), (-1, "fast"), (29.9, "fast"), (30, "medium"), (299, "medium"),
      (300, "slow"), (1799, "slow"), (1800, "very slow"), (1e9, "very slow"),
    ])
  func name(seconds: Double, name: String) throws {
    #expect(try Self.speed().name(of: seconds * 1e9) == name)
  }

  @Test("one limit makes two classes")
  func single() throws {
    let table = try ClassTable("size", metric: "count", steps: Self.steps(("big", "1k")))
    #expect(table.names == ["big", "very big"])
    #expect(table.name(of: 999) == "big" && table.name(of: 1000) == "very big")
    #expect(table.unit == .one)
  }

  @Test("every value has one of the names, and a larger one never an earlier class")
  func order() throws {
    let table = try Self.speed()
    let places = try stride(from: -10.0, through: 4000, by: 7).map {
      try #require(table.names.firstIndex(of: table.name(of: $0 * 1e9)))
    }
    #expect(places == places.sorted())
    #expect(Set(places) == [0, 1, 2, 3])
  }

  struct Mistake: CustomTestStringConvertible {
    let steps: [(String, String)]
    let message: String
    var testDescription: String { message }
  }

  @Test(
    "limits that make no table are refused",
    arguments: [
      Mistake(steps: [], message: "it has no class"),
      Mistake(
        steps: [("fast", "30s"), ("slow", "30s")],
        message: "the limit 30s of 'slow' is not above 30s of 'fast'"),
      Mistake(
        steps: [("fast", "5m"), ("slow", "30s")],
        message: "the limit 30s of 'slow' is not above 5m of 'fast'"),
      Mistake(
        steps: [("fast", "30s"), ("slow", "30MB")],
        message: "the limits 30s of 'fast' and 30MB of 'slow' have different units"),
      Mistake(
        steps: [("small", "30MB")],
        message: "the limit 30MB of 'small' has another unit than wall_time"),
      Mistake(
        steps: [("fast", "1s"), ("fast", "2s")], message: "two classes are called 'fast'"),
      Mistake(
        steps: [("very slow", "1s"), ("slow", "2s")],
        message: "two classes are called 'very slow'"),
    ])
  func mistakes(_ mistake: Mistake) throws {
    let steps = try mistake.steps.map {
      ClassTable.Step($0.0, below: try #require(Quantity($0.1)))
    }
    let problem = #expect(throws: ClassTable.Problem.self) {
      try ClassTable("speed", metric: "wall_time", steps: steps)
    }
    #expect(problem?.description == mistake.message)
  }
}
