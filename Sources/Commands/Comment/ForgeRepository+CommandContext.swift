import CommandLine
import Forges

extension ForgeRepository {
  /// Takes each value from the options, else from the variables of the pipeline.
  init(_ call: CommandContext<CommentSettings>) throws {
    let (settings, environment) = (call.settings, call.process.environment)
    guard let service = settings.service ?? ForgeKind.ofPipeline(environment) else {
      throw UsageError(
        "this is no pipeline that is known, so there is nothing to tell where the comment goes",
        hint: "name --service, --repository and --pull-request, or see the text with --dry-run")
    }
    func value(_ variable: String) -> String? {
      environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
    func required(_ value: String?, _ what: String, _ option: String) throws -> String {
      guard let value else {
        throw UsageError("nothing says \(what)", hint: "name it with `\(option)`")
      }
      return value
    }
    let api = try APIAddress(
      required(
        settings.api ?? value(service.variables.api) ?? service.usualAPI, "where the API is",
        "--api <url>"))
    let repository = try required(
      settings.repository ?? value(service.variables.repository), "which repository it is",
      "--repository <name>")
    let token = try AccessToken(
      in: settings.tokenVariable ?? service.variables.token, of: environment, service)
    try self.init(service: service, api: api, repository: repository, token: token)
  }
}
