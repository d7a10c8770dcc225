package import Measurements

/// The explanation of a machine: the properties it is known by, their origin, and its fitness for
/// measuring.
package struct EnvironmentExplanation: Sendable {
  private let fields: [Field]
  private let sights: [ConditionReading]
  private let concerns: [String]

  private struct Field {
    let name: String
    let value: String
    let origin: String
  }

  /// One condition that was looked at; nil if there was nothing to see.
  package struct ConditionReading: Sendable {
    let topic: String
    let value: String?

    package init(topic: String, value: String?) {
      self.topic = topic
      self.value = value
    }
  }

  /// - Parameters:
  ///   - key: The source of the key, `environment.key in .perfconfig:3`; nil for the fingerprint.
  ///   - labels: The source of the labels, in the same form; nil if there are none.
  ///   - origin: Returns the source of a field, by its name in the stored form.
  ///   - concerns: The reasons against measuring here, a sentence each.
  package init(
    _ machine: Environment, key: String?, labels: String?, origin: (String) -> String?,
    sights: [ConditionReading], concerns: [String]
  ) {
    func field(_ name: String, _ value: String, _ parseNote: String = "") -> Field {
      Field(name: name, value: value, origin: (origin(name) ?? "") + parseNote)
    }
    let memory = Double(machine.memory)
    fields = [
      Field(
        name: "key", value: machine.key,
        origin: key.map { "\($0), in place of \(machine.fingerprint)" }
          ?? "a hash of cpu, cores, os, arch and labels"),
      field("cpu", machine.cpu, ", without its clock"),
      field("cores", "\(machine.cores)"),
      field("os", machine.os, ", without what an update changes"),
      field("arch", machine.arch),
      Field(
        name: "labels", value: machine.labels.isEmpty ? "none" : machine.labels.text,
        origin: labels ?? "environment.labels, which nobody set"),
      field("memory", Scale(.bytes, for: [memory]).text(memory), ", not part of the key"),
      field("kernel", machine.kernel, ", not part of the key"),
    ]
    self.sights = sights
    self.concerns = concerns
  }

  package var text: String {
    let blocks = [textTable(fields, Self.fieldColumns), textTable(sights, Self.sightColumns)]
    let concerns =
      concerns.isEmpty ? ["nothing that was seen speaks against measuring here"] : concerns
    return (blocks + [concerns.map { $0.visible(limit: 500) }])
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static var fieldColumns: [TextColumn<Field>] {
    [
      TextColumn(title: "environment") { $0.name },
      TextColumn(title: "value") { $0.value.visible(limit: 60) },
      TextColumn(title: "from") { $0.origin.visible(limit: 120) },
    ]
  }

  private static var sightColumns: [TextColumn<ConditionReading>] {
    [
      TextColumn(title: "fitness") { $0.topic },
      TextColumn(title: "seen") { $0.value?.visible(limit: 60) ?? "nothing to see" },
    ]
  }
}
