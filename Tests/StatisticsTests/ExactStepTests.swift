import Statistics
import Testing

@Suite("The steps of a series without noise")
struct ExactStepTests {
  @Test("are all changes of the value, however small")
  func all() {
    let steps = ExactStep.all(in: [5, 5, 5.000001, 5, 5, .nan, 5, .infinity, 0, -0.0])
    #expect(steps.map(\.index) == [2, 3, 8])
    #expect(steps.map(\.before) == [5, 5.000001, 5])
    #expect(steps.map(\.after) == [5.000001, 5, 0])
  }

  @Test("are none without two values")
  func none() {
    #expect(ExactStep.all(in: []).isEmpty)
    #expect(ExactStep.all(in: [.nan, 3]).isEmpty)
  }
}
