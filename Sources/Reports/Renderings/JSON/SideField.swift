import Measurements
import Verdicts

/// The fields of a side.
enum SideField {
  typealias Member<Value> = Field<SideDescription, Value>

  static let name = Member<String>("name", .text) { $0.name }
  static let commit = Member<String?>("commit", .optional(.text)) { $0.commitID }
  static let tree = Member<String?>("tree", .optional(.text)) { $0.treeID }
  static let runs = Member<[String]>("runs", .list(.text)) { $0.runs }
  static let environment = Member<Environment?>("environment", .optional(.environment)) {
    $0.environment
  }

  static let load = Member<Double?>("load", whereThere: .number) { $0.conditions.load }
  static let pressure = Member<Double?>("pressure", whereThere: .number) {
    $0.conditions.pressure
  }
  static let steal = Member<Double?>("steal", whereThere: .number) { $0.conditions.steal }
  static let governor = Member<String?>("governor", .optional(.text), unless: nil) {
    $0.conditions.governor
  }

  static let table = FieldTable(
    name, commit, tree, runs, environment, load, pressure, steal, governor)

  static let codec = table.codec(SideDescription.init)
}

extension SideDescription {
  init(_ object: ReportObject) throws(JSONError) {
    self.init(
      name: try SideField.name.read(object), commit: try SideField.commit.read(object),
      tree: try SideField.tree.read(object), runs: try SideField.runs.read(object),
      environment: try SideField.environment.read(object),
      conditions: PeakConditions(
        load: try SideField.load.read(object), pressure: try SideField.pressure.read(object),
        steal: try SideField.steal.read(object), governor: try SideField.governor.read(object)))
  }
}

/// The fields of a baseline: those of a side, and the way it was found.
enum BaselineField {
  typealias Member<Value> = Field<Origin, Value>

  static let rule = Member<String>("rule", .text) { $0.rule }
  static let explanation = Member<String>("explanation", .text) { $0.explanation }
  static let distance = Member<Int?>("distance", .optional(.count)) { $0.distance }
  static let skipped = Member<[String]>("skipped", .list(.text)) { $0.skipped }

  static let codec =
    (SideField.table.of { (baseline: BaselineDescription) in baseline.party }
    + FieldTable(rule, explanation, distance, skipped).of { $0.origin }).codec {
      (object) throws(JSONError) in
      BaselineDescription(party: try SideDescription(object), origin: try Origin(object))
    }
}

extension Origin {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      rule: try BaselineField.rule.read(object),
      explanation: try BaselineField.explanation.read(object),
      distance: try BaselineField.distance.read(object),
      skipped: try BaselineField.skipped.read(object))
  }
}
