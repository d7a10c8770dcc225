package import Foundation

/// A JSON Schema, asked through Python's `jsonschema`, so that what the tests believe of a document is
/// not our own opinion.
package struct JSONSchema: Sendable {
  private let file: URL

  /// A schema of `baselines/schema`, by its name: `report`.
  package init(_ name: String) {
    file =
      URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../baselines/schema/\(name).schema.json").standardizedFileURL
  }

  /// A schema of somebody else.
  package init(file: URL) { self.file = file }

  /// Whether the validator can be run; a reason to give where it cannot is ``absence``.
  package static let isInstalled = Python.has("jsonschema")

  package static let absence = Python.absence(of: "jsonschema", package: "python3-jsonschema")

  /// What is wrong with a document, one line each with the place first; empty where nothing is.
  package func diagnostics(about document: String) throws -> [String] {
    let result = try Python.run(
      Self.script, [file.path(percentEncoded: false)], input: document)
    guard result.status == 0 else { throw Failure(description: result.err) }
    return result.out.split(separator: "\n").map(String.init)
  }

  /// Checks the schema too, and takes only what JSON has: no NaN and no Infinity.
  private static let script = """
    import json, os, sys
    import jsonschema
    def refuse(name): raise ValueError(name + " is not JSON")
    path = sys.argv[1]
    folder = os.path.dirname(path)
    store = {}
    for name in os.listdir(folder):
        if name.endswith(".schema.json"):
            with open(os.path.join(folder, name)) as file: schema = json.load(file)
            store[schema["$id"]] = schema
    with open(path) as file: schema = json.load(file)
    Validator = jsonschema.validators.validator_for(schema)
    Validator.check_schema(schema)
    document = json.load(sys.stdin, parse_constant=refuse)
    resolver = jsonschema.RefResolver(schema["$id"], schema, store)
    validator = Validator(schema, resolver=resolver)
    for error in validator.iter_errors(document):
        print("/".join(map(str, error.absolute_path)) + ": " + error.message.replace("\\n", " ")[:200])
    """

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}
