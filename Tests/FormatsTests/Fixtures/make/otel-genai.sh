#!/bin/sh
# Makes the fixtures of otel-genai again, with OpenTelemetry's own SDK for Python.
set -eu
target=$(cd "$(dirname "$0")/../otel-genai" && pwd)
venv=$(mktemp -d)
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet opentelemetry-sdk==1.45.2 \
  opentelemetry-exporter-otlp-proto-common==1.45.2
"$venv/bin/python" - "$target" <<'PYTHON'
import json, sys
from google.protobuf.json_format import MessageToDict
from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode

folder, start = sys.argv[1], 1_760_000_000_000_000_000
spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
tracer = provider.get_tracer("fixture")

def span(name, milliseconds, attributes, error=None):
    span = tracer.start_span(name, start_time=start, attributes=attributes)
    if error:
        span.set_attribute("error.type", error)
        span.set_status(Status(StatusCode.ERROR, "the model is overloaded"))
    span.end(start + milliseconds * 1_000_000)

def chat(model, **usage):
    names = {"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic",
             "gen_ai.request.model": model, "gen_ai.response.model": model + "-20250929"}
    return names | {"gen_ai.usage." + key.replace("__", "."): value for key, value in usage.items()}

sonnet = "claude-sonnet-4-5"
span("GET /", 5, {"http.request.method": "GET"})
span("chat " + sonnet, 1500, chat(sonnet, input_tokens=1300, output_tokens=150,
     cache_read__input_tokens=1000, cache_creation__input_tokens=200) |
     {"gen_ai.response.time_to_first_chunk": 0.25})
span("chat " + sonnet, 900, chat(sonnet, input_tokens=40, output_tokens=20,
     reasoning__output_tokens=8))
span("chat " + sonnet, 70, chat(sonnet), "overloaded_error")
span("chat gpt-4o", 640, {"gen_ai.system": "openai", "gen_ai.request.model": "gpt-4o",
     "gen_ai.operation.name": "chat", "gen_ai.usage.prompt_tokens": 12,
     "gen_ai.usage.completion_tokens": 3})
span("execute_tool weather", 30, {"gen_ai.operation.name": "execute_tool",
     "gen_ai.tool.name": "weather"})
def write(name, *exports):
    with open(f"{folder}/{name}", "w") as file:
        for export in exports:
            file.write(json.dumps(MessageToDict(export), separators=(",", ":")) + "\n")

finished = spans.get_finished_spans()
write("spans.jsonl", encode_spans(finished[:3]), encode_spans(finished[3:]))

reader = InMemoryMetricReader()
meter = MeterProvider([reader]).get_meter("fixture")
tokens = meter.create_histogram("gen_ai.client.token.usage", "{token}")
time = meter.create_histogram("gen_ai.client.operation.duration", "s")
labels = {"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
          "gen_ai.request.model": "gpt-4o", "gen_ai.response.model": "gpt-4o-2024-08-06"}

def call(seconds, sent, received):
    time.record(seconds, labels)
    tokens.record(sent, labels | {"gen_ai.token.type": "input"})
    tokens.record(received, labels | {"gen_ai.token.type": "output"})

exports = []
for calls in [[(0.5, 100, 10), (1.5, 300, 30)], [(1.0, 200, 50)]]:
    for each in calls:
        call(*each)
    exports.append(encode_metrics(reader.get_metrics_data()))
write("metrics.jsonl", *exports)
PYTHON
rm -r "$venv"
