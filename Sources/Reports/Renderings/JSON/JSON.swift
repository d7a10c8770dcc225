import Measurements

extension Rendering {
  /// The gate's report as JSON; ``ReportField`` has its form.
  package static let json = Rendering(
    name: "json", summary: "every number, for other programs"
  ) { report, _ in ReportField.table.json(ListedReport(report)).text + "\n" }
}
