import CommandLine
import Measurements
import Trends

/// A section of which all keys are read before it gets its meaning.
protocol SectionDraft: Sendable {
  /// The subsection, and the place of the first key.
  init(_ setting: Setting)
  var name: String { get }
}

extension Array where Element: SectionDraft {
  /// The draft of a setting's section. Sections of the same name are one.
  subscript(draft setting: Setting) -> Element {
    get { first { $0.name == setting.subsection } ?? Element(setting) }
    set {
      if let place = firstIndex(where: { $0.name == newValue.name }) {
        self[place] = newValue
      } else {
        append(newValue)
      }
    }
  }
}

/// A `[class]` section as far as it has been read.
struct ClassDraft: SectionDraft {
  let name: String
  private let place: String
  var metric: String?
  private var steps: [ClassTable.Step] = []

  init(_ setting: Setting) {
    name = setting.subsection ?? ""
    place = setting.place
  }

  /// Sets the limit of a class. The later one of two limits counts.
  mutating func set(_ limit: Quantity, of key: String) {
    let step = ClassTable.Step(key.replacing("-", with: " "), below: limit)
    if let place = steps.firstIndex(where: { $0.name == step.name }) {
      steps[place] = step
    } else {
      steps.append(step)
    }
  }

  /// - Throws: ``ConfigurationError`` if the section is no table of classes.
  func table() throws -> ClassTable {
    func fail(_ why: String) -> ConfigurationError {
      ConfigurationError(
        "[class \"\(name)\"] in \(place): \(why)",
        hint: "write a metric and limits that rise, like `metric = wall_time`, `fast = 30s` and "
          + "`slow = 30m`")
    }
    guard let metric else { throw fail("it has no 'metric'") }
    do throws(ClassTable.Problem) {
      return try ClassTable(name, metric: metric, steps: steps)
    } catch {
      throw fail("\(error)")
    }
  }
}

/// A `[score]` section as far as it has been read.
struct ScoreDraft: SectionDraft {
  let name: String
  private let place: String
  private var weights: [Score.Weight] = []

  init(_ setting: Setting) {
    name = setting.subsection ?? ""
    place = setting.place
  }

  /// Sets the weight of a metric. The later one of two weights counts.
  mutating func set(_ value: Double, of metric: String) {
    let weight = Score.Weight(metric, value)
    if let place = weights.firstIndex(where: { $0.metric == metric }) {
      weights[place] = weight
    } else {
      weights.append(weight)
    }
  }

  func score() throws -> Score {
    do throws(Score.Problem) {
      return try Score(name, weights: weights)
    } catch {
      throw ConfigurationError(
        "[score \"\(name)\"] in \(place): \(error)",
        hint: "write weights like `success = 50` and `cost = 30`")
    }
  }
}
