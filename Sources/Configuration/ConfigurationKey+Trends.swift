import CommandLine
import Git
import Measurements

extension ConfigurationKey {
  /// The keys of classes and scores. Below the other keys of their sections stands a key with a
  /// name that the user chooses.
  static let trends: [ConfigurationKey] = [
    ConfigurationKey(
      name: "class.metric", .text("<metric>"), takesPattern: true, default: .words("required"),
      meaning: "The metric whose values are classified.",
      role: .judging, looser: .never
    ) { configuration, metric, setting in
      configuration.classDrafts[draft: setting].metric = metric
    },
    ConfigurationKey(
      name: "class.<class>", .quantity, takesPattern: true, default: .words("required"),
      meaning: "The limit that the values of a class stay below; limits rise, values from the last "
        + "one on are `very <class>`, and a `-` in the name is a space.",
      role: .judging, looser: .never
    ) { configuration, limit, setting in
      configuration.classDrafts[draft: setting].set(limit, of: setting.key)
    },
    ConfigurationKey(
      name: "score.<metric>", .weight, takesPattern: true, default: .words("required"),
      meaning: "The weight of a metric, or of a rate such as `success`; a `-` in the name is a "
        + "`_` of the metric.",
      role: .judging, looser: .never
    ) { configuration, weight, setting in
      configuration.scoreDrafts[draft: setting].set(
        weight, of: setting.key.replacing("-", with: "_"))
    },
    ConfigurationKey(
      name: "score.weight", .weightOfMetric, takesPattern: true, default: .nothing,
      meaning:
        "The weight of a metric whose name cannot be a key; the key may stand several times.",
      role: .judging, looser: .never
    ) { configuration, weight, setting in
      configuration.scoreDrafts[draft: setting].set(weight.value, of: weight.metric)
    },
  ]
}

extension Argument where Value == Double {
  /// The weight of a metric, a number above zero.
  fileprivate static var weight: Self {
    Argument("<weight>") { text throws(UsageError) in
      guard let weight = Double(text), weight > 0, weight.isFinite else {
        throw UsageError("not a number above zero", hint: "weights are like '50', '30' and '20'")
      }
      return weight
    }
  }
}

extension Argument where Value == (metric: String, value: Double) {
  fileprivate static var weightOfMetric: Self {
    Argument("<metric> <weight>") { text throws(UsageError) in
      guard let space = text.lastIndex(of: " ") else {
        throw UsageError("not a metric and its weight", hint: "write them like 'wall_time 20'")
      }
      let weight = String(text[text.index(after: space)...])
      return (String(text[..<space]), try Argument<Double>.weight.parse(weight))
    }
  }
}
