import Statistics
import TestSupport
import Testing
import Verdicts

@Suite("A change is shown with the steps before it")
struct CourseTests {
  /// Recordings at some levels, with 1 % of noise.
  private static func medians(_ levels: (Double, Int)...) -> [Double] {
    var generator = SeededGenerator(seed: 2)
    return levels.flatMap { level, count in
      (0..<count).map { _ in level * (1 + generator.normal() / 100) }
    }
  }

  @Test("two steps up before it make it the third, and their changes add up")
  func third() throws {
    let medians = Self.medians((100, 12), (105, 12), (110, 12))
    let course = try #require(Course(medians: medians, candidate: 116, since: nil))
    #expect(course.steps == 3 && course.recordings == 36 && course.since == nil)
    #expect(abs(course.change - 0.16) < 0.01)
  }

  @Test("only steps since the release count")
  func release() throws {
    let medians = Self.medians((100, 12), (105, 12), (110, 12))
    let release = Course.Release(name: "v2.1", recordings: 18)
    let course = try #require(Course(medians: medians, candidate: 116, since: release))
    #expect(course.steps == 2 && course.since == "v2.1")
    #expect(abs(course.change - 116 / 105.0 + 1) < 0.01)
    let late = Course.Release(name: "v2.2", recordings: 30)
    #expect(Course(medians: medians, candidate: 116, since: late) == nil)
  }

  @Test("steps the other way, none and too few recordings have no course")
  func none() {
    #expect(Course(medians: Self.medians((100, 12), (90, 12)), candidate: 99, since: nil) == nil)
    #expect(Course(medians: Self.medians((100, 24)), candidate: 120, since: nil) == nil)
    #expect(Course(medians: [100, 101], candidate: 120, since: nil) == nil)
    #expect(Course(medians: [], candidate: 120, since: nil) == nil)
    #expect(Course(medians: Self.medians((0, 12), (5, 12)), candidate: 9, since: nil) == nil)
    // It went back in between.
    let undone = Self.medians((100, 12), (110, 12), (100, 12))
    #expect(Course(medians: undone, candidate: 112, since: nil) == nil)
    let back = Self.medians((100, 12), (130, 12), (90, 12))
    #expect(Course(medians: back, candidate: 95, since: nil) == nil)
  }

  @Test("steps down are counted like those up")
  func down() throws {
    let medians = Self.medians((100, 12), (90, 12))
    let course = try #require(Course(medians: medians, candidate: 80, since: nil))
    #expect(course.steps == 2 && abs(course.change + 0.2) < 0.01)
  }
}
