import System

// The `main` of each executable, in C, calls one of these: see `Sources/perf-record/main.c` and
// the others.
// SAFETY: it passes on what the system gave it.

@_cdecl("perf_record_main")
func recordMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.record, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_gate_main")
func gateMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.gate, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_diff_main")
func diffMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.diff, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_sync_main")
func syncMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.sync, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_comment_main")
func commentMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.comment, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_log_main")
func logMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.log, unsafe ProcessArguments(count: count, arguments))
}

@_cdecl("perf_bisect_main")
func bisectMain(_ count: Int32, _ arguments: ProcessArguments.Pointers) -> Int32 {
  EntryPoint.run(.bisect, unsafe ProcessArguments(count: count, arguments))
}
