import Forges
import Measurements

/// What a change is to be merged into, by the word of the pipeline that runs for it.
///
/// All of it comes from outside: ids and names that no repository can have are left out.
struct PipelineBase: Equatable {
  /// The id of the base, where the event itself names it, as for an entry of GitHub's merge queue.
  var commit: String?
  /// The id of the commit that this is the base of.
  var subject: String?
  /// The branch that the change is to be merged into, without `refs/heads/`.
  var branch: String?
  /// The address of the repository that has the branch, where another was checked out: for a fork.
  var address: String?
  /// The id of where the change left that branch, for a clone that the branch cannot be brought to.
  var fork: String?
  /// The service's default branch, for whoever is told nothing else.
  var defaultBranch: String?

  init() {}

  /// - Parameters:
  ///   - environment: The variables of the pipeline.
  ///   - event: What GitHub, Gitea or Forgejo has written to the file of the event.
  init(_ environment: [String: String], event: JSONValue?) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    commit = event?.text("merge_group", "base_sha").flatMap(Self.id)
    subject = (event?.text("merge_group", "head_sha") ?? value("GITHUB_SHA")).flatMap(Self.id)
    let targets = [
      event?.text("merge_group", "base_ref"), value("GITHUB_BASE_REF"),
      value("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"), value("SYSTEM_PULLREQUEST_TARGETBRANCH"),
    ]
    branch = targets.lazy.compactMap(\.self).first.flatMap(Self.branch)
    fork = value("CI_MERGE_REQUEST_DIFF_BASE_SHA").flatMap(Self.id)
    if let target = value("CI_MERGE_REQUEST_PROJECT_URL"), target != value("CI_PROJECT_URL") {
      address = target + ".git"
    }
    defaultBranch = (event?.text("repository", "default_branch") ?? value("CI_DEFAULT_BRANCH"))
      .flatMap(Self.branch)
  }

  /// The same with the event read from the file that `GITHUB_EVENT_PATH` names.
  init(_ environment: [String: String]) {
    self.init(environment, event: ActionEvent.read(environment))
  }
}

extension PipelineBase {
  private static func id(_ text: String) -> String? {
    let isID = [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy(\.isHexadecimal)
    return isID && text.contains { $0 != "0" } ? text.lowercased() : nil
  }

  /// As git-check-ref-format(1) has it, in so far as another name would lead elsewhere.
  private static func branch(_ reference: String) -> String? {
    let name = reference.dropping(anyOf: ["refs/heads/"])
    let isName =
      !name.isEmpty && !name.hasPrefix("-") && !name.contains("..") && !name.contains("@{")
      && !name.unicodeScalars.contains {
        $0.value <= 0x20 || "~^:?*[\\\u{7f}".contains(Character($0))
      }
    return isName ? name : nil
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
