import Forges
import Measurements

/// The base that a change is to be merged into, as the pipeline that runs for it says.
///
/// All values come from outside. Ids and names that no repository can have are left out.
struct PipelineBase: Equatable {
  /// The id of the base, if the event itself names it, as for an entry of GitHub's merge queue.
  var commit: String?
  /// The id of the commit whose base this is.
  var subject: String?
  /// The branch that the change is to be merged into, without `refs/heads/`.
  var branch: String?
  /// The address of the repository that has the branch, if another one was checked out, as for
  /// a fork.
  var address: String?
  /// The id of the commit where the change left that branch, for a clone that cannot fetch
  /// the branch.
  var fork: String?
  /// The default branch of the service, for use if nothing else names a base.
  var defaultBranch: String?

  init() {}

  /// Reads the variables and the event of a pipeline.
  ///
  /// - Parameters:
  ///   - environment: The variables of the pipeline.
  ///   - event: The content of the event file of GitHub, Gitea or Forgejo.
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

  /// Reads the variables, and the event from the file that `GITHUB_EVENT_PATH` names.
  init(_ environment: [String: String]) {
    self.init(environment, event: ActionEvent.read(environment))
  }
}

extension PipelineBase {
  private static func id(_ text: String) -> String? {
    let isID = [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy(\.isHexadecimal)
    return isID && text.contains { $0 != "0" } ? text.lowercased() : nil
  }

  /// The name of a branch; nil for names that git-check-ref-format(1) forbids and that could mean
  /// something else.
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
