import Git
import Measurements
import Reports
import System

extension Remote {
  /// The addresses that git uses for a configured remote, without credentials.
  struct Addresses {
    let fetched: String
    let pushed: [String]
  }

  /// The addresses; nil if git fetches and pushes at a single place. `pushurl`, `pushInsteadOf` and
  /// a second `url` make them differ.
  var addresses: Addresses? {
    let pushed = addresses("--push", "--all")
    guard let fetched = addresses().first, pushed != [fetched] else { return nil }
    return Addresses(fetched: fetched, pushed: pushed)
  }

  /// The name of the remote in messages after a push.
  var destination: String {
    addresses.map { "\(label), at \($0.pushed.joined(separator: " and "))" } ?? label
  }

  private func addresses(_ options: String...) -> [String] {
    let arguments = ["remote", "get-url"] + options + ["--", name]
    guard let result = try? git.launch(arguments), result.ending == .exited(0) else { return [] }
    return result.text.split(separator: "\n").map {
      String($0).withoutCredentials.visible(limit: 500)
    }
  }
}
