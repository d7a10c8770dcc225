/// What a workflow or an action of GitHub has, in so far as ours do.
struct GitHubFile: Decodable {
  struct Step: Decodable {
    let id: String?
    let `if`: String?
    let uses: String?
    let shell: String?
    let run: String?
    let env: [String: String]?
    let with: [String: String]?
  }

  struct Steps: Decodable {
    let `if`: String?
    let steps: [Step]
  }

  struct Input: Decodable {
    let `default`: String?
  }

  struct Output: Decodable {
    let value: String
  }

  struct Triggers: Decodable {
    struct Run: Decodable { let workflows: [String] }
    let workflow_run: Run?
  }

  let name: String
  let on: Triggers?
  let jobs: [String: Steps]?
  let inputs: [String: Input]?
  let outputs: [String: Output]?
  let runs: Steps?
}
