import Foundation

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

  /// Whether the validator can be run; a reason to give where it cannot is ``absence``.
  package static let isInstalled =
    (try? python(["-c", "import jsonschema"], "").status) == 0

  package static let absence = "/usr/bin/python3 has no jsonschema (Debian: python3-jsonschema)"

  /// What is wrong with a document, one line each with the place first; empty where nothing is.
  package func complaints(about document: String) throws -> [String] {
    let result = try Self.python(["-c", Self.script, file.path(percentEncoded: false)], document)
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
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.load(sys.stdin, parse_constant=refuse)
    resolver = jsonschema.RefResolver(schema["$id"], schema, store)
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
    for error in validator.iter_errors(document):
        print("/".join(map(str, error.absolute_path)) + ": " + error.message.replace("\\n", " ")[:200])
    """

  private static func python(_ arguments: [String], _ input: String) throws -> Subprocess {
    try Subprocess.run(
      "/usr/bin/python3", ["-I", "-W", "ignore", "-X", "utf8"] + arguments, in: URL(filePath: "/"),
      input: input)
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}
