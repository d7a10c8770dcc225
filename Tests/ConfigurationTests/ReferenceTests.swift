import Foundation
import TestSupport
import Testing

@testable import Configuration

@Suite("The reference of the configuration is made from the table of keys")
struct ReferenceTests {
  @Test("the manual has the row of every key")
  func table() throws {
    let page = try DocumentedPage.manual("Configuration")
    let text = try page.replacing(
      after: "<!-- These rows are made from the table in Sources/Configuration. -->",
      with: "\n\(ConfigurationReference.table)\n")
    let manual = Golden(in: Programs.packageRoot.appending(path: DocumentedPage.manual))
    let difference = try manual.difference(of: text, from: "Configuration.md")
    #expect(difference == nil)
  }

  @Test("the table has a row for every key, with four cells")
  func rows() {
    let rows = ConfigurationReference.table.split(separator: "\n").dropFirst(2)
    #expect(rows.count == ConfigurationReference.names.count)
    for row in rows {
      let cells = row.replacing("\\|", with: "").split(separator: "|")
      #expect(cells.count == 4, "\(row)")
    }
  }

  @Test("a meaning is one sentence", arguments: ConfigurationKey.all)
  func meaning(of key: ConfigurationKey) {
    #expect(key.meaning.first?.isUppercase == true)
    #expect(key.meaning.hasSuffix("."))
    #expect(!key.meaning.dropLast().contains(". "))
    #expect(key.meaning.count { $0 == "`" }.isMultiple(of: 2))
  }
}
