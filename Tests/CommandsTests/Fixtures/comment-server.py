"""Behaves like the comments of GitHub, GitLab and Gitea, and like their bad days.

comment-server.py <folder>: prints its port when it listens, and ends with its standard input.
In the folder: `comments.json`, what is there, by the path that it is at; `pulls.json`, all open pull requests;
`plan.json`, a list of what is done
instead of answering, for one request after the other; `log.jsonl`, what was asked.
"""

import http.server
import json
import os
import re
import socket
import sys
import threading
import time

folder = sys.argv[1]
lock = threading.Lock()
PATHS = re.compile(
    r"(?P<all>/repos/[^/]+/[^/]+/issues/\d+/comments|/projects/[^/]+/merge_requests/\d+/notes)$"
    r"|(?P<repo>/repos/[^/]+/[^/]+/issues)/comments/(?P<issue>\d+)$"
    r"|(?P<notes>/projects/[^/]+/merge_requests/\d+/notes)/(?P<note>\d+)$"
)


def load(name, default):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return default
    with open(path) as file:
        return json.load(file)


def save(name, value):
    with open(os.path.join(folder, name), "w") as file:
        json.dump(value, file)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, value, headers=()):
        body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in dict(headers).items():
            self.send_header(name, str(text))
        if "Content-Length" not in dict(headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_one(self):
        with lock:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            with open(os.path.join(folder, "log.jsonl"), "a") as file:
                entry = {
                    "method": self.command, "path": self.path,
                    "authorization": self.headers.get("Authorization"), "body": body,
                }
                file.write(json.dumps(entry) + "\n")
            if self.path == "/user":
                # GitHub tells the token of a workflow nothing.
                known = load("kind.json", "github") != "workflow"
                self.answer(200 if known else 403, {"id": 42} if known else {"message": "not accessible"})
                return
            single = re.search(r"/(?:pulls|merge_requests)/(\d+)$", self.path)
            if single and load("single.json", True):
                number = int(single[1])
                pull = {"number": number, "head": {"ref": "x", "sha": "0" * 40}, "state": "open"}
                self.answer(200, load("pull.json", pull))
                return
            plan = load("plan.json", [])
            step = plan.pop(0) if plan else {}
            save("plan.json", plan)
            if step.get("does", True) and "status" not in step:
                status, value, headers = self.work(body)
            else:
                status, value, headers = step.get("status", 200), step.get("body", {"message": "no"}), {}
            headers = {**headers, **step.get("headers", {})}
        if step.get("cut"):
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if step.get("endless"):
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * (1 << 20))
            except OSError:
                self.close_connection = True
            return
        time.sleep(step.get("delay", 0))
        self.answer(status, value, headers)

    do_GET = do_POST = do_PATCH = do_PUT = handle_one

    def work(self, body):
        path, _, query = self.path.partition("?")
        match = PATHS.match(path)
        everything = load("comments.json", {})
        if self.command == "GET" and path.startswith("/repos/") and path.endswith("/pulls"):
            return self.page(load("pulls.json", []), query)
        if not match:
            return 404, {"message": "Not Found"}, {}
        if match["all"]:
            here = everything.setdefault(path, [])
            if self.command == "GET":
                return self.page(here, query)
            here.append({"id": 1000 + len(here), "body": body["body"]})
            self.sign(here[-1])
            save("comments.json", everything)
            return 201, here[-1], {}
        number = int(match["issue"] or match["note"])
        wanted = "PATCH" if match["issue"] else "PUT"
        for here, comments in everything.items():
            if here.startswith(match["repo"] or match["notes"]):
                for comment in comments:
                    if comment["id"] == number and self.command == wanted:
                        comment["body"] = body["body"]
                        save("comments.json", everything)
                        return 200, comment, {}
        return 404, {"message": "Not Found"}, {}

    def sign(self, comment):
        """By whose token it is, where nobody else is said."""
        if "/projects/" in self.path:
            comment.setdefault("author", {"id": 42})
        else:
            kind = "Bot" if load("kind.json", "github") == "workflow" else "User"
            comment.setdefault("user", {"id": 42, "type": kind})

    def page(self, comments, query):
        for comment in comments:
            self.sign(comment)
        options = dict(part.split("=") for part in query.split("&"))
        kind = load("kind.json", "github")
        # Gitea gives all of them, whatever is asked for.
        if kind == "gitea":
            return 200, comments, {}
        size, page = int(options["per_page"]), int(options["page"])
        part = comments[(page - 1) * size:page * size]
        isLast = page * size >= len(comments)
        if kind == "gitlab":
            return 200, part, {"X-Next-Page": "" if isLast else page + 1}
        links = [] if isLast else ['<https://elsewhere.example/?page=%d>; rel="next"' % (page + 1)]
        if page > 1:
            links.append('<https://elsewhere.example/?page=1>; rel="first"')
        return 200, part, {"Link": ", ".join(links)} if links else {}


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
