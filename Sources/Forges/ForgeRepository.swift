package import CommandLine
import Measurements

/// A repository on a server, with the token for its API.
package struct ForgeRepository {
  package let service: ForgeKind
  let api: APIAddress
  package let repository: String
  let token: AccessToken

  /// Describes a repository.
  ///
  /// - Throws: ``UsageError`` if the name could lead to another part of the API.
  package init(service: ForgeKind, api: APIAddress, repository: String, token: AccessToken) throws {
    self.service = service
    self.api = api
    self.repository = try Self.checked(repository, service)
    self.token = token
  }

  /// Returns the name of the repository, or throws if it could lead to another part of the API.
  private static func checked(_ repository: String, _ service: ForgeKind) throws -> String {
    let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
    let areNames = parts.allSatisfy { !["", ".", ".."].contains($0) }
    guard areNames, parts.count == 2 || service.name == ForgeKind.gitlab.name else {
      throw UsageError("'\(repository)' is no repository", hint: "write owner and name: acme/tool")
    }
    return repository
  }

  /// The name for the end of a sentence: `repository 'acme/tool'`.
  package var label: String { "repository '\(repository)'" }

  /// The name of a pull request for the end of a sentence: `pull request 12 of 'acme/tool'`.
  package func label(_ number: Int) -> String { "\(service.request) \(number) of '\(repository)'" }
}

/// The secret that identifies the caller. It is sent to the server and nowhere else.
package struct AccessToken {
  let variable: String
  let text: String

  package init(
    in variable: String, of environment: [String: String], _ service: ForgeKind
  ) throws {
    guard let text = environment[variable], !text.isEmpty else {
      throw UsageError(
        "no token in \(variable)",
        hint: "have the pipeline set it, to one that may write comments; to pipelines of forks no "
          + "secret is given: `perf-comment --help` has --token-variable for another one")
    }
    // RFC 6750 allows only these characters in a token. Others could be read as another header.
    guard text.wholeMatch(of: #/[A-Za-z0-9._~+/-]+=*/#) != nil else {
      throw UsageError(
        "in \(variable) stands something that no token has",
        hint: "a space or a line break, perhaps: `printf` writes none, `echo` does")
    }
    self.variable = variable
    self.text = text
  }

  /// The text without the token.
  func removed(from text: String) -> String { text.replacing(self.text, with: "***") }
}

/// The address of an API: with https, or on this machine.
package struct APIAddress {
  let text: String
  let isLocal: Bool

  /// Reads an address. Only forms are accepted that every program parses in the same way.
  package init(_ typed: String) throws(UsageError) {
    let form =
      #/(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?/#
    guard let match = typed.wholeMatch(of: form), !typed.contains("/.") else {
      throw UsageError(
        "'\(typed.withoutCredentials)' is no address of an API",
        hint: "write one like 'https://git.example.org/api/v1', without user and query")
    }
    let host = match.2
    isLocal =
      host == "localhost" || host == "[::1]"
      || host.wholeMatch(of: #/127(?:\.[0-9]{1,3}){3}/#) != nil
    guard match.1 == "https" || isLocal else {
      throw UsageError(
        "'\(typed)' is not encrypted, and a token is sent there", hint: "write https")
    }
    text = typed.hasSuffix("/") ? String(typed.dropLast()) : typed
  }

  /// The only protocol that curl may use.
  var scheme: String { text.hasPrefix("https:") ? "https" : "http" }
}
