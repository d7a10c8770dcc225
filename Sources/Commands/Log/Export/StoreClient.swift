import CommandLine
import Forges
import Measurements
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends requests to a store by the program curl.
struct StoreClient {
  let settings: StoreSettings
  let base: String
  private let surroundings: Surroundings
  private let agent: String
  /// True for an address on this machine, which is not requested through a proxy.
  private let isLocal: Bool
  private let warn: (String) -> Void

  /// - Parameter url: The address: http or https, without user and query.
  init(
    _ settings: StoreSettings, at url: String, _ call: CommandContext<LogSettings>
  ) throws {
    let form =
      #/(https?)://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?(?:/[A-Za-z0-9._~:-]+)*/?/#
    guard let match = url.wholeMatch(of: form), !url.contains("/.") else {
      throw UsageError(
        "'\(url.withoutCredentials)', the address of the store '\(settings.name)', is none",
        hint: "write one like 'https://metrics.example.org:8428', without user and query")
    }
    let isLocal =
      match.2 == "localhost" || match.2 == "[::1]"
      || match.2.wholeMatch(of: #/127(?:\.[0-9]{1,3}){3}/#) != nil
    guard match.1 == "https" || isLocal || settings.secret == nil else {
      throw UsageError(
        "'\(url)' is not encrypted, and a secret is sent there", hint: "write https")
    }
    self.isLocal = isLocal
    self.settings = settings
    base = url.hasSuffix("/") ? String(url.dropLast()) : url
    surroundings = Surroundings(
      directory: call.directory,
      environment: call.process.environment.filter { $0.key != settings.secret?.variable })
    agent = call.tool.replacing(" ", with: "/")
    warn = { call.warn($0) }
  }

  /// The answer of a store.
  struct Response {
    let status: Int
    let body: [UInt8]
    /// The seconds that the store asks to wait.
    let wait: Int?
  }

  /// Sends a request, and again a few times where the store is too busy or cannot be reached.
  ///
  /// - Parameters:
  ///   - scheme: The word before the secret in the header, `Token` or `Bearer`.
  ///   - form: Fields of a form; nil if there is a body.
  /// - Throws: ``Diagnostic`` if no attempt was answered, or the last answer was that the store is
  ///   too busy.
  func send(
    _ method: String, _ path: String, scheme: String, form: [(String, String)]? = nil,
    body: [UInt8] = []
  ) throws -> Response {
    var waited = Duration.zero
    for attempt in 1...Self.mostAttempts {
      let result = try launch(method, path, scheme, form, body)
      let pause: Duration
      let problem: Diagnostic
      if result.ending == .exited(0), let answer = Answer(result.output) {
        let wait = answer.headers["retry-after"].flatMap { Int($0) }
        guard answer.status == 429 || answer.status == 408 || answer.status >= 500 else {
          return Response(status: answer.status, body: answer.body, wait: wait)
        }
        problem = Diagnostic(
          .failure, "\(name) is too busy, or out of order (status \(answer.status))",
          hint: "nothing is lost: the next export goes on", details: words(answer.body))
        pause = wait.map { .seconds(max(0, $0)) } ?? Self.usualPause(attempt)
      } else {
        problem = Diagnostic(
          .failure, "cannot reach \(name)",
          hint: "nothing is lost: see that it runs, and export again",
          details: result.lastWords.map(cleaned))
        guard case .exited(let status) = result.ending, Self.passing.contains(status) else {
          throw problem
        }
        pause = Self.usualPause(attempt)
      }
      guard attempt < Self.mostAttempts, waited + pause <= Self.mostWaiting else { throw problem }
      warn("\(problem.message): trying again")
      Pause.lasting(pause)
      waited += pause
    }
    preconditionFailure("the attempts are bounded")
  }

  /// The store in messages: its name and address.
  var name: String { "the store '\(settings.name)' at \(base)" }

  /// The first words of an answer, without the secret.
  func words(_ body: [UInt8]) -> [String] {
    let text = String(decoding: body.prefix(1000), as: UTF8.self)
    return text.isEmpty ? [] : [cleaned(text)]
  }

  private func cleaned(_ text: String) -> String {
    settings.secret?.removed(from: text) ?? text
  }

  private static func usualPause(_ attempt: Int) -> Duration {
    .milliseconds(250 << attempt) * Double.random(in: 0.5...1)
  }

  private static let mostAttempts = 4
  /// The longest time that is waited for in all, also where the store asks for more.
  private static let mostWaiting = Duration.seconds(60)

  /// The exit statuses of curl after which another attempt may succeed: no name, no connection, an
  /// answer that was cut off, late or empty, or nothing sent or received.
  private static let passing: Set<Int32> = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96]

  private func launch(
    _ method: String, _ path: String, _ scheme: String, _ form: [(String, String)]?, _ body: [UInt8]
  ) throws -> Launch.Result {
    let data = form.map { form in
      Array(form.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&").utf8)
    }
    let file = try BodyFile(data ?? body, in: surroundings.temporaryDirectory)
    // The file is there as long as `file` exists, which is to the end of this scope.
    defer { withExtendedLifetime(file) {} }
    let type = form == nil ? "text/plain; charset=utf-8" : "application/x-www-form-urlencoded"
    let configuration = configuration(method, path, scheme, file: file?.path, type: type)
    do throws(LaunchError) {
      // `--disable` ignores the user's own configuration.
      return try Launch(
        Command("curl", ["--disable", "--config", "-"]), in: surroundings, output: .captured,
        limits: Limits(bytes: 1 << 28), input: configuration
      ).run()
    } catch {
      guard error.isAbsence else { throw error }
      throw Diagnostic(
        .failure, "curl is not installed, and it does the talking",
        hint: "install the package 'curl'")
    }
  }

  /// The options for curl's standard input. There nobody else can see them, unlike the arguments of
  /// a program. Redirections are not followed.
  ///
  /// - Parameter file: The file with what is sent; nil for nothing. A line of options is too short
  ///   for it.
  private func configuration(
    _ method: String, _ path: String, _ scheme: String, file: String?, type: String
  ) -> [UInt8] {
    var options = [
      ("url", base + path), ("request", method), ("user-agent", agent),
      ("proto", base.hasPrefix("https:") ? "=https" : "=http"), ("max-time", "60"),
      ("header", "Expect:"),
    ]
    if let secret = settings.secret {
      options.append(
        settings.user.map { ("user", "\($0):\(secret.text)") }
          ?? ("header", "Authorization: \(scheme) \(secret.text)"))
    }
    if isLocal { options.append(("noproxy", "*")) }
    var text = Array("silent\nshow-error\ninclude\nsuppress-connect-headers\ngloboff\n".utf8)
    for (name, value) in options { Self.append(name, Array(value.utf8), to: &text) }
    if let file {
      Self.append("header", Array("Content-Type: \(type)".utf8), to: &text)
      Self.append("data-binary", Array("@\(file)".utf8), to: &text)
    }
    return text
  }

  private static func append(_ name: String, _ value: [UInt8], to text: inout [UInt8]) {
    text += "\(name) = \"".utf8
    for byte in value {
      switch byte {
      case UInt8(ascii: "\\"): text += "\\\\".utf8
      case UInt8(ascii: "\""): text += "\\\"".utf8
      case UInt8(ascii: "\n"): text += "\\n".utf8
      case UInt8(ascii: "\r"): text += "\\r".utf8
      case UInt8(ascii: "\t"): text += "\\t".utf8
      default: text.append(byte)
      }
    }
    text += "\"\n".utf8
  }

  /// A text for a form or a query.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A file with what is sent, in a folder that nobody else can read; removed with this object.
private final class BodyFile {
  private let folder: String
  let path: String

  /// - Returns: nil for no bytes.
  init?(_ bytes: [UInt8], in parent: String) throws {
    guard !bytes.isEmpty else { return nil }
    folder = "\(parent)/perf-export-\(UInt64.random(in: .min ... .max))"
    path = "\(folder)/body"
    do {
      // The folder must not exist yet, so that nobody has prepared it.
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      try Data(bytes).write(to: URL(filePath: path))
    } catch {
      throw Diagnostic(
        .failure, "cannot write what is sent into '\(parent)'",
        hint: "see whether there is room; TMPDIR names another folder")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
