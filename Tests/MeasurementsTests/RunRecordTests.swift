import Foundation
import Measurements
import Testing

@Suite("a run with the text it was read from")
struct RunRecordTests {
  @Test("fields of another version survive at every depth")
  func unknownFields() throws {
    let json = StoredRun.json
      .replacing(
        #""tool":"#, with: #""future": {"a": [1, 2.5, null, true, "x"], "b": {}}, "tool":"#
      )
      .replacing(#""cores": 2"#, with: #""cores": 2, "turbo": false"#)
      .replacing(#""source": "#, with: #""energy": [1e300, 9007199254740993], "source": "#)
    let record = try StoredRun.record(json)
    #expect(record.run == (try StoredRun.run(StoredRun.json)))
    let written = StoredRun.encode(record.json)
    for field in [
      #""future":{"a":[1,2.5,null,true,"x"],"b":{}}"#, #""turbo":false"#,
      #""energy":[1e+300,9007199254740993]"#,
    ] { #expect(written.contains(field), "\(written)") }
    #expect(try StoredRun.record(written) == record)
  }

  @Test("a run without such fields is written as it would be anew")
  func known() throws {
    let record = try StoredRun.record(StoredRun.json)
    #expect(StoredRun.encode(record.json) == StoredRun.encode(record.run.json))
  }

  @Test("what is no run is no record")
  func refused() {
    #expect(throws: JSONError.self) { try StoredRun.record("{}") }
    #expect(throws: JSONError.self) { try StoredRun.record("[]") }
  }
}

@Test(
  "any JSON is read and written again",
  arguments: [
    "null", "true", "false", "0", "-1", "9223372036854775807", "2.5", "1e+300", #""""#, #""1""#,
    "[]", "{}", #"[[],{},null]"#, #"{"a":{"b":[1,"x",false]}}"#,
  ])
func json(_ text: String) throws {
  var reader = JSONReader(Array(text.utf8))
  #expect(try StoredRun.encode(reader.value()) == text)
}
