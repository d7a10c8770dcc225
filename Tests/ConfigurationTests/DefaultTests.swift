import Foundation
import TestSupport
import Testing
import Verdicts

@testable import Configuration

/// A default is shown by the table and lives in the values that the keys fill in.
@Suite("The default that the table shows is the one that counts")
struct DefaultTests {
  private static let valued = ConfigurationKey.all.filter {
    if case .value = $0.defaultValue { true } else { false }
  }

  /// A section of each kind with a subsection, complete without the key.
  private static let sections = [
    "goal": "[goal \"*\"]\nagainst = main\nchange = -60%\n",
    "suite": "[suite \"default\"]\ncommand = ./a\n",
    "task": "[task \"t\"]\ncommand = ./a\n",
    "waiver": "[waiver \"*\"]\nceiling = 5%\nexpires = 2999-12-31\nreason = why\n",
  ]

  /// All that a text says, but for where it says so.
  private func said(_ text: String) throws -> String {
    let file = try ConfigurationFile(Array(text.utf8), name: ProjectConfiguration.fileName)
    var configuration = try ProjectConfiguration.saying(file.settings)
    configuration.policy = try configuration.policy(for: "default")
    configuration.policy.threshold = Sourced(configuration.policy.threshold.value, from: "")
    for state in CoverageState.allCases {
      configuration.policy.ledger.common[state] = configuration.policy.ledger
        .response(to: state, of: "")
    }
    for (state, response) in [(ChangeState.regression, Response.fail), (.improvement, .warn)] {
      // Nothing said is this response, as `SeriesResult.outcome(under:)` has it.
      configuration.policy.severities.common[state] =
        configuration.policy.severities.common[state] ?? response
    }
    configuration.sections = []
    configuration.places = [:]
    var dumped = ""
    dump(configuration, to: &dumped)
    return dumped.split(separator: "\n").sorted().joined(separator: "\n")
  }

  private func text(_ key: ConfigurationKey, _ value: String?) throws -> String {
    let section =
      key.takesPattern
      ? try #require(Self.sections[key.parts.section]) : "[\(key.parts.section)]\n"
    return section + (value.map { "\(key.parts.name) = \($0)\n" } ?? "")
  }

  @Test(
    "a key with its default says what a file without the key says",
    arguments: valued.filter { $0.name != "suite.duration" })
  func value(of key: ConfigurationKey) throws {
    guard case .value(let value) = key.defaultValue else { return }
    #expect(try said(text(key, value)) == said(text(key, nil)))
  }

  @Test("a concurrent load without a duration goes on for the default one")
  func duration() throws {
    func load(_ line: String) throws -> String {
      let text = "[suite \"default\"]\ncommand = ./a\nconcurrency = 2\n\(line)"
      let file = try ConfigurationFile(Array(text.utf8), name: ProjectConfiguration.fileName)
      let suite = try ProjectConfiguration.saying(file.settings).suites["default"]
      let load = try suite?.concurrentLoad()
      return "\(try #require(load))"
    }
    let value = ConfigurationReference.defaultValue(of: "suite.duration")
    #expect(try load("duration = \(value)\n") == load(""))
    #expect(try load("duration = 2s\n") != load(""))
  }

  /// An improvement that nobody has a word on is shown, as with `warn`; leaving that out is not looser
  /// than `ignore`.
  private static let exempt = ["gate.improvement", "gate.renamed"]

  @Test(
    "a change that takes a key out is held against the same default",
    arguments: valued.filter { !$0.takesPattern && !exempt.contains($0.name) })
  func loosenings(of key: ConfigurationKey) throws {
    guard case .value(let value) = key.defaultValue, let unset = key.looser.unset else { return }
    #expect(unset.replacing(" %", with: "%") == value)
  }
}

extension ConfigurationKey: CustomTestStringConvertible {
  package var testDescription: String { name }
}
