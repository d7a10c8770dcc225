"""Behaves like a store of numbers on its bad days.

metrics-server.py <folder>: prints its port when it listens, and ends with its standard input. With `port` in the
folder it listens there again. `mode.json` names what it does with lines: `drop` answers 204 and keeps none,
a number answers with that status, `nothing` closes the connection, `die` keeps the first batch and ends at the second,
`busy` answers the first two with 429, `redirect` sends the caller elsewhere, `keep` takes all.
`log.jsonl` has what was asked.
"""

import http.server
import json
import os
import re
import socket
import sys
import threading
import urllib.parse

folder = sys.argv[1]
points = {}
state = {"batches": 0, "busy": 2}


def mode():
    with open(os.path.join(folder, "mode.json")) as file:
        return json.load(file)


def unescape(text):
    return re.sub(r"\\([,= ])", r"\1", text)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, text="", headers=()):
        body = text.encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def read(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with open(os.path.join(folder, "log.jsonl"), "a") as file:
            entry = {"path": self.path, "authorization": self.headers.get("Authorization"), "size": len(body)}
            file.write(json.dumps(entry) + "\n")
        return body

    def do_GET(self):
        self.read()
        if self.path.startswith("/api/v1/query"):
            self.answer(200, '{"status":"success"}')
        else:
            self.answer(404)

    def do_POST(self):
        body = self.read()
        if self.path.startswith("/api/v1/export"):
            self.export(body)
        elif self.path.startswith("/write"):
            self.write(body)
        else:
            self.answer(404)

    def export(self, body):
        lines = []
        for (labels, name), values in points.items():
            if name != "perf_median":
                continue
            metric = dict(labels, __name__=name)
            times = sorted(values)
            lines.append(json.dumps({"metric": metric, "values": [values[t] for t in times], "timestamps": times}))
        self.answer(200, "\n".join(lines) + "\n")

    def write(self, body):
        state["batches"] += 1
        what = mode()
        if what == "nothing":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if what == "die" and state["batches"] == 2:
            os._exit(1)
        if what == "busy" and state["busy"]:
            state["busy"] -= 1
            return self.answer(429, "", {"Retry-After": "0"})
        if what == "forever":
            return self.answer(429, "", {"Retry-After": "3600"})
        if what == "redirect":
            return self.answer(302, "", {"Location": "http://127.0.0.1:9/write"})
        if isinstance(what, int):
            return self.answer(what, "no: " + (self.headers.get("Authorization") or ""))
        for line in body.splitlines() if what != "drop" else []:
            head, fields, time = re.split(r"(?<!\\) ", line)
            _, *tags = re.split(r"(?<!\\),", head)
            pairs = [re.split(r"(?<!\\)=", tag) for tag in tags]
            labels = tuple(sorted((unescape(k), unescape(v)) for k, v in pairs))
            for field in fields.split(","):
                name, value = field.split("=")
                points.setdefault((labels, "perf_" + name), {})[int(time) // 1000000] = float(value.rstrip("i"))
        self.answer(204)


place = os.path.join(folder, "port")
port = int(open(place).read()) if os.path.exists(place) else 0
server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
with open(place, "w") as file:
    file.write(str(server.server_address[1]))
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
