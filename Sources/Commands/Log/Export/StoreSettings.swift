import CommandLine
import Git
import Measurements
import System

/// A store that numbers are sent to, as `[export "<name>"]` of git's configuration describes it.
///
/// A file of the tree never says where numbers are sent: whoever proposes a change would choose it.
struct StoreSettings {
  let name: String
  let kind: Kind
  /// The address; empty for a file.
  let url: String
  /// The address that is read from, where it is another one, as in a cluster of VictoriaMetrics.
  let readURL: String?
  let database: String?
  let user: String?
  let secret: Secret?
  /// The file of kind `openmetrics`.
  let file: String?

  enum Kind: String, CaseIterable {
    case influx, postgresql, openmetrics
  }

  /// The value of a variable. It is sent to the store and printed nowhere.
  struct Secret {
    let variable: String
    let text: String

    func removed(from words: String) -> String { words.replacing(text, with: "***") }
  }

  /// Reads the settings of a store.
  init(_ name: String, _ call: CommandContext<LogSettings>) throws {
    let stores = try Self.entries(call)
    guard Self.isName(name) else {
      throw UsageError(
        "'\(name)' is no name of a store", hint: "letters, digits and dashes make one")
    }
    guard let entries = stores[name] else {
      throw UsageError(
        "there is no `[export \"\(name)\"]` in git's configuration",
        hint: Suggestion.hint(for: name, among: stores.keys.sorted())
          ?? "`git config export.\(name).kind influx` begins one; `export.\(name).url` is its address"
      )
    }
    for key in entries.keys.sorted() where !Self.keys.contains(key) {
      throw UsageError(
        "unknown key 'export.\(name).\(key)' in git's configuration",
        hint: Suggestion.hint(for: key, among: Self.keys)
          ?? "there are \(Self.keys.joined(separator: ", "))")
    }
    func required(_ key: String, _ hint: String) throws -> String {
      guard let value = entries[key], !value.isEmpty else {
        throw UsageError("'export.\(name).\(key)' is not set in git's configuration", hint: hint)
      }
      return value
    }
    let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
    let typed = try required("kind", "it is one of \(kinds)")
    guard let kind = Kind(rawValue: typed) else {
      throw UsageError(
        "'\(typed)', the kind of the store '\(name)', is none of \(kinds)",
        hint: Suggestion.hint(for: typed, among: Kind.allCases.map(\.rawValue)))
    }
    self.name = name
    self.kind = kind
    let isFile = kind == .openmetrics
    url = isFile ? "" : try required("url", "it is the address of the store")
    file = isFile ? try required("file", "it is the file that promtool reads") : nil
    readURL = entries["read-url"] ?? entries["readurl"]
    (database, user) = (entries["database"], entries["user"])
    secret = try (entries["token-variable"] ?? entries["tokenvariable"]).map { variable in
      guard let text = call.process.environment[variable], !text.isEmpty else {
        throw UsageError(
          "there is nothing in \(variable), the variable with the secret of the store '\(name)'",
          hint: "`export.\(name).tokenVariable` of git's configuration names another one")
      }
      guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
        throw UsageError("the secret in \(variable) has a line break", hint: "`printf` writes none")
      }
      return Secret(variable: variable, text: text)
    }
    for text in [url, readURL ?? ""] where text.withoutCredentials != text && Self.hasPassword(text)
    {
      throw UsageError(
        "the address of the store '\(name)' has a password in it",
        hint: "`export.\(name).tokenVariable` names the variable that has it")
    }
  }

  private static let keys = [
    "database", "file", "kind", "read-url", "readurl", "token-variable", "tokenvariable", "url",
    "user",
  ]

  private static func hasPassword(_ url: String) -> Bool {
    url.contains(#/:\/\/[^\/\s@]*:[^\/\s]*@|[?&]password=/#)
  }

  /// True for a name that can be a part of a reference.
  private static func isName(_ name: String) -> Bool {
    name.wholeMatch(of: #/[A-Za-z0-9_][A-Za-z0-9_-]*/#) != nil
  }

  /// The entries of all stores by name and key. `perf.export.<name>` says the same as
  /// `export.<name>`.
  private static func entries(
    _ call: CommandContext<LogSettings>
  ) throws -> [String: [String: String]] {
    let listing = try GitProgram(call).untranslated.launch([
      "config", "--null", "--get-regexp", #"^(perf\.)?export\."#,
    ])
    // Status 1 says that there is none.
    guard listing.ending == .exited(0) || listing.ending == .exited(1) else {
      throw Diagnostic(
        .usage, "git cannot read its configuration",
        hint: "`git config --list --show-origin` reads it, file by file",
        details: listing.lastWords)
    }
    var stores: [String: [String: String]] = [:]
    for entry in listing.text.split(separator: "\0") {
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      var key = parts[0]
      if key.hasPrefix("perf.") { key = key.dropFirst("perf.".count) }
      key = key.dropFirst("export.".count)
      guard let dot = key.lastIndex(of: ".") else { continue }
      let value = parts.count > 1 ? String(parts[1]) : "true"
      stores[String(key[..<dot]), default: [:]][String(key[key.index(after: dot)...])] = value
    }
    return stores
  }
}
