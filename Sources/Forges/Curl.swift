import CommandLine
import Measurements
package import System

/// Sends requests with the program curl, which handles proxies, certificates and network errors.
package struct Curl {
  let surroundings: Surroundings
  let api: APIAddress
  let token: AccessToken
  let timeout: Duration
  /// The name and version of this program.
  let agent: String

  /// Prepares to send requests.
  ///
  /// - Parameters:
  ///   - surroundings: The caller's surroundings. The token is removed from the variables.
  ///   - tool: The name and version of this program.
  package init(
    _ forge: ForgeRepository, in surroundings: Surroundings, timeout: Duration, tool: String
  ) {
    api = forge.api
    token = forge.token
    self.timeout = timeout
    agent = tool.replacing(" ", with: "/")
    let secret = forge.token.variable
    self.surroundings = Surroundings(
      directory: surroundings.directory,
      environment: surroundings.environment.filter { $0.key != secret })
  }

  /// Sends a request once. Redirections are not followed.
  ///
  /// - Throws: ``RetryableError`` if another attempt may succeed, ``Diagnostic`` if none will.
  package func send(_ request: Request) throws -> Answer {
    let result = try launch(configuration(request))
    guard result.ending == .exited(0) else { throw failure(result) }
    guard let answer = Answer(result.output) else {
      throw Diagnostic(
        .failure, "'\(api.text)' does not answer in HTTP", hint: "see that it is the right address")
    }
    return answer
  }

  private func launch(_ configuration: String) throws -> Launch.Result {
    do throws(LaunchError) {
      // `--disable` ignores the user's own configuration, which could, for example, print all that
      // is sent.
      return try Launch(
        Command("curl", ["--disable", "--config", "-"]), in: surroundings, output: .captured,
        limits: Limits(bytes: Self.largest), input: Array(configuration.utf8)
      ).run()
    } catch {
      guard error.reason != .cut(.flood(Self.largest)) else { throw tooLarge }
      guard error.isAbsence else { throw error }
      throw Diagnostic(
        .failure, "curl is not installed, and it does the talking",
        hint: "install the package 'curl'")
    }
  }

  /// The options for curl's standard input. There nobody else can see them, unlike the arguments of
  /// a program.
  private func configuration(_ request: Request) -> String {
    let seconds = timeout / .seconds(1)
    let options = [
      ("url", api.text + request.path), ("request", request.method),
      ("header", "Authorization: Bearer \(token.text)"), ("header", "Accept: application/json"),
      ("user-agent", agent), ("proto", "=\(api.scheme)"), ("max-time", "\(seconds)"),
      ("max-filesize", "\(Self.largest)"),
    ]
    let body = request.body.map {
      [("header", "Content-Type: application/json"), ("header", "Expect:"), ("data-raw", $0)]
    }
    // An address on this machine is not requested through a proxy.
    let proxy = api.isLocal ? [("noproxy", "*")] : []
    return "silent\nshow-error\ninclude\nsuppress-connect-headers\ngloboff\n"
      + (options + (body ?? []) + proxy).map { "\($0.0) = \(Self.quoted($0.1))\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// The largest answer, in bytes: the longest possible page of comments. The limit also ends an
  /// answer without a stated length, because older versions of curl ignore it there.
  private static let largest = 1 << 26

  private var tooLarge: Diagnostic {
    Diagnostic(
      .failure, "'\(api.text)' answers with more than \(Self.largest >> 20) MiB",
      hint: "see that this is the address of its API, or name it with --api")
  }

  private func failure(_ result: Launch.Result) -> any Error {
    // 63 is curl's exit status for an answer that is too large.
    if result.ending == .exited(63) { return tooLarge }
    let words = result.lastWords.map { token.removed(from: $0) }
    let diagnostic = Diagnostic(
      .failure, "cannot reach '\(api.text)'",
      hint:
        "the gate has judged already, and this changes nothing of it: see that the server can be "
        + "reached from here, and try again", details: words)
    guard case .exited(let status) = result.ending, Self.passing.contains(status) else {
      return diagnostic
    }
    return RetryableError(diagnostic: diagnostic, wait: nil)
  }

  /// The exit statuses of curl after which another attempt may succeed: no name, no connection, an
  /// answer that was cut off, late or empty, or nothing sent or received.
  private static let passing: Set<Int32> = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96]
}

/// A request to an API.
package struct Request {
  let method: String
  /// The path, relative to the address of the API.
  let path: String
  /// The body as JSON.
  let body: String?

  package init(_ method: String, _ path: String, body: String? = nil) {
    self.method = method
    self.path = path
    self.body = body
  }
}

/// The answer to a request.
package struct Answer {
  package let status: Int
  /// The headers, by their names in lower case.
  package let headers: [String: String]
  package let body: [UInt8]

  /// Reads an answer; nil if the bytes are none.
  ///
  /// - Parameter bytes: The bytes as they were received, with all headers.
  package init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while true {
      guard let (head, body) = Self.parts(of: rest), let first = head.first,
        first.hasPrefix("HTTP/"), let status = first.split(separator: " ").dropFirst().first,
        let status = Int(status)
      else { return nil }
      rest = body
      // Statuses below 200 only announce the final answer.
      guard status >= 200 else { continue }
      self.status = status
      headers = Self.fields(head.dropFirst())
      self.body = Array(rest)
      return
    }
  }

  /// The lines up to the first empty one, and the bytes after that.
  private static func parts(of bytes: ArraySlice<UInt8>) -> ([String], ArraySlice<UInt8>)? {
    var lines: [String] = []
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[rest.startIndex..<end].filter { $0 != UInt8(ascii: "\r") }
      rest = rest[(end + 1)...]
      if line.isEmpty { return (lines, rest) }
      lines.append(String(decoding: line, as: UTF8.self))
    }
    return nil
  }

  private static func fields(_ lines: ArraySlice<String>) -> [String: String] {
    lines.reduce(into: [:]) { fields, line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return }
      fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
  }

  var isSuccess: Bool { (200..<300).contains(status) }
}
