/// Reads the rows or lines of a file, one benchmark after the other.
protocol RowReader {
  associatedtype Row
  var builder: ResultBuilder { get set }
  mutating func read(_ row: Row) throws(InputError)
}

extension RowReader {
  /// Reads all rows. If the input is read leniently, a row that is not understood is skipped as a
  /// whole, with a warning.
  mutating func read(all rows: some Sequence<Row>) throws(InputError) {
    for row in rows {
      let before = builder.input.isLenient ? self : nil
      do throws(InputError) {
        try read(row)
      } catch {
        guard let before else { throw error }
        self = before
        try builder.reject(error)
      }
    }
  }
}
