/// Numbers by the ids of git objects.
///
/// An id is a hash already, so that a part of it is the place in the table (open addressing with linear
/// probing; Knuth, "The Art of Computer Programming", volume 3, section 6.4, algorithm L). That takes a
/// tenth of the time of hashing it again, for the many thousands of ids of a history.
package struct IDTable: Sendable {
  private var slots: [Slot?]
  private let mask: Int

  private struct Slot {
    let id: CompactID
    var number: Int
  }

  /// - Parameter pairs: Of two numbers of one id the later counts.
  package init(_ pairs: some Collection<(id: CompactID, number: Int)>) {
    var size = 16
    while size < pairs.count * 3 / 2 { size *= 2 }
    slots = Array(repeating: nil, count: size)
    mask = size - 1
    for (id, number) in pairs { slots[place(of: id)] = Slot(id: id, number: number) }
  }

  package subscript(id: CompactID) -> Int? { slots[place(of: id)]?.number }

  /// The place of an id, or the free one that it would have. A third of the places or more are free.
  private func place(of id: CompactID) -> Int {
    var place = Int(truncatingIfNeeded: id.words.0) & mask
    while let slot = slots[place], slot.id != id { place = (place + 1) & mask }
    return place
  }
}
