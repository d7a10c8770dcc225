import CommandLine
import Testing

@testable import Forges

@Suite("What could send a token elsewhere is refused before anything is sent")
struct ForgeRepositoryTests {
  struct Address: CustomTestStringConvertible {
    let testDescription: String
    let error: UsageError

    init(_ text: String, _ message: String, hint: String) {
      (testDescription, error) = (text, UsageError(message, hint: hint))
    }

    /// An address that not every program parses in the same way.
    static func unclear(_ text: String, shown: String? = nil) -> Address {
      Address(
        text, "'\(shown ?? text)' is no address of an API",
        hint: "write one like 'https://git.example.org/api/v1', without user and query")
    }

    static func plain(_ text: String) -> Address {
      Address(text, "'\(text)' is not encrypted, and a token is sent there", hint: "write https")
    }

    static let refused = [
      plain("http://host"), plain("http://127.evil.com"), unclear("ftp://host"),
      unclear("https://user:secret@host", shown: "https://host"), unclear("https://h/../x"),
      unclear("http://localhost@evil.com", shown: "http://evil.com"), unclear("https://h?x"),
      unclear("https://h/\"\nheader = x"),
      unclear("http://127.0.0.1\\@evil.com", shown: "http://evil.com"), unclear(""),
    ]
  }

  @Test(
    "an address without encryption, or one that programs read in two ways",
    arguments: Address.refused)
  func address(_ address: Address) {
    let error = #expect(throws: UsageError.self) { try APIAddress(address.testDescription) }
    #expect(error == address.error)
  }

  @Test(
    "an address with encryption, or on this machine, is taken without its last slash",
    arguments: [
      ("https://git.example.org/api/v1/", "https://git.example.org/api/v1", "https", false),
      ("https://h:8443", "https://h:8443", "https", false),
      ("http://localhost:1/", "http://localhost:1", "http", true),
      ("http://127.0.0.1", "http://127.0.0.1", "http", true),
      ("http://[::1]:80", "http://[::1]:80", "http", true),
    ])
  func taken(typed: String, text: String, scheme: String, isLocal: Bool) throws {
    let address = try APIAddress(typed)
    #expect(address.text == text && address.scheme == scheme && address.isLocal == isLocal)
  }

  private func repository(_ name: String, of service: ForgeKind = .github) throws -> ForgeRepository
  {
    try ForgeRepository(
      service: service, api: APIAddress("https://h"), repository: name,
      token: AccessToken(in: "T", of: ["T": "x"], service))
  }

  @Test(
    "a name that leads to another part of the API is no repository",
    arguments: ["", "a", "a/..", "a/.", "a/b/c", "/a", "a/"])
  func name(_ name: String) {
    let error = #expect(throws: UsageError.self) { try repository(name) }
    #expect(
      error
        == UsageError("'\(name)' is no repository", hint: "write owner and name: acme/tool"))
  }

  @Test("GitLab has repositories of one part and of three, and none with an empty one")
  func groups() throws {
    #expect(try repository("12", of: .gitlab).label == "repository '12'")
    #expect(try repository("a/b/c", of: .gitlab).label(7) == "merge request 7 of 'a/b/c'")
    #expect(try repository("a/b").label(7) == "pull request 7 of 'a/b'")
    #expect(throws: UsageError.self) { try repository("a//c", of: .gitlab) }
  }

  @Test("a token is a line of the characters that tokens have, and is taken out of what is said")
  func token() throws {
    let token = try AccessToken(in: "T", of: ["T": "t0ken.-_~+/of-nobody=="], .github)
    #expect(token.removed(from: "a t0ken.-_~+/of-nobody== b") == "a *** b")
    for text in ["a\nHost: b", "a b", "=", "a=b", "ä"] {
      let error = #expect(throws: UsageError.self) {
        try AccessToken(in: "T", of: ["T": text], .github)
      }
      #expect(error?.message == "in T stands something that no token has")
    }
    for environment in [[:], ["T": ""]] {
      let error = #expect(throws: UsageError.self) {
        try AccessToken(in: "T", of: environment, .github)
      }
      #expect(error?.message == "no token in T")
    }
  }
}
