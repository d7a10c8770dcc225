window.BENCHMARK_DATA = {
  "lastUpdate": 1716533242010,
  "repoUrl": "https://example.com/project",
  "entries": {
    "Rust": [
      {"commit": {"id": "aaa1", "message": "x"}, "date": 1716526457586, "tool": "cargo",
       "benches": [{"name": "fib", "value": 200, "range": "± 3", "unit": "ns/iter"}]},
      {"commit": {"id": "aaa2", "message": "x"}, "date": 1716526527590, "tool": "cargo",
       "benches": [{"name": "fib", "value": 210, "range": "± 3", "unit": "ns/iter"}]}
    ],
    "Throughput": [
      {"commit": {"id": "bbb3"}, "date": 1706221000000, "tool": "customBiggerIsBetter",
       "benches": [{"name": "memory", "value": 3, "unit": "Megabytes"}]},
      {"commit": {"id": "bbb1"}, "date": 1706220800000, "tool": "customBiggerIsBetter",
       "benches": [{"name": "memory", "value": 1, "unit": "Megabytes"}]},
      {"commit": {"id": "bbb2"}, "date": 1706220900000, "tool": "customBiggerIsBetter",
       "benches": [{"name": "memory", "value": 2, "unit": "Megabytes"}]}
    ],
    "Empty": []
  }
}
