"""What a policy writer sees in an editor: the JSON Schemas of `duly schema`, tried with the language server for YAML that editors run.

Keys are completed, hovering tells a meaning with its citation, and mistakes stand at their line. ./dev installs the server from npm (package-lock.json)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
SERVER = ROOT / "build/editor/node_modules/yaml-language-server/bin/yaml-language-server"
SKIPPED = 77
CURSOR = "^"


class Server:
    """The language server as a process that speaks JSON-RPC over its standard input and output."""

    def __init__(self, folder, schemas):
        self.folder, self.settings = folder, {"yaml": {"schemas": schemas, "completion": True, "hover": True, "validate": True}, "http": {}}
        self.process = subprocess.Popen(["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.next_id, self.waiting = 0, {}
        self.diagnosed, self.news = {}, threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        self.ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {
            "workspace": {"configuration": True},
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "hover": {"contentFormat": ["markdown"]}}}})
        self.tell("initialized", {})
        self.wait_until_ready()

    def wait_until_ready(self):
        """The server asks for its settings after it has begun to answer; nothing says when it has taken them."""
        end = time.monotonic() + 60
        while not self.completed("household_0.yaml", "duly: 1\n^\n"):
            if time.monotonic() > end:
                raise TimeoutError("the server takes no schemas")
            time.sleep(0.2)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.next_id += 1
        number = self.next_id
        self.send({"id": number, "method": method, "params": params})
        with self.news:
            if not self.news.wait_for(lambda: number in self.waiting, timeout=60):
                raise TimeoutError(f"no answer to {method}")
            answer = self.waiting.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def listen(self):
        out = self.process.stdout
        while True:
            length = 0
            while (line := out.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            message = json.loads(out.read(length))
            if message.get("method") == "workspace/configuration":
                self.send({"id": message["id"], "result": [self.settings.get(item["section"]) for item in message["params"]["items"]]})
            elif "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            with self.news:
                if message.get("method") == "textDocument/publishDiagnostics":
                    self.diagnosed[message["params"]["uri"]] = message["params"]["diagnostics"]
                elif "method" not in message:
                    self.waiting[message["id"]] = message
                self.news.notify_all()

    def open(self, name, text):
        """Opens a document whose cursor is at `^`. Returns where that is."""
        before, _, after = text.partition(CURSOR)
        uri = (self.folder / name).as_uri()
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}})
        return {"textDocument": {"uri": uri}, "position": {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}}

    def completed(self, name, text):
        return {item["label"]: item for item in self.ask("textDocument/completion", self.open(name, text))["items"]}

    def hovered(self, name, text):
        answer = self.ask("textDocument/hover", self.open(name, text))
        contents = answer and answer["contents"]
        return contents["value"] if isinstance(contents, dict) else "" if contents is None else str(contents)

    def mistakes(self, name, text):
        """Each as its line, from 1, and its message."""
        uri = self.open(name, text)["textDocument"]["uri"]
        with self.news:
            if not self.news.wait_for(lambda: uri in self.diagnosed, timeout=60):
                raise TimeoutError("no diagnostics")
            return [(d["range"]["start"]["line"] + 1, d["message"]) for d in self.diagnosed[uri]]

    def close(self):
        self.process.kill()
        self.process.wait()


def schema(of, *more):
    return subprocess.run([TOOL, "schema", of, *more, "--rules", str(ROOT / "rules")], capture_output=True, text=True, check=True).stdout


def put_schemas(folder):
    """Each kind of file with its schema, as docs/policy staff set it up in an editor."""
    schemas = {}
    for pattern, text in {"chapter*.yaml": schema("rules"), "household*.yaml": schema("household", "--program", "us/snap"),
                          "cases*.yaml": schema("cases", "--program", "us/snap"), "map*.yaml": schema("map", "--program", "us/snap")}.items():
        file = folder / (pattern.split("*")[0] + ".schema.json")
        file.write_text(text, encoding="utf-8")
        schemas[file.as_uri()] = pattern
    return schemas


def completes_keys(server):
    of_a_rule = server.completed("chapter_1.yaml", "kind: chapter\ntitle: A\ngrant:\n  title: Grant\n  ^\n")
    assert {"cite", "value", "branches", "may_be_stated"} <= of_a_rule.keys(), sorted(of_a_rule)
    of_a_person = server.completed("household_1.yaml", "duly: 1\npeople:\n  ana:\n    ^\n")
    assert {"age", "wages", "pregnant"} <= of_a_person.keys(), sorted(of_a_person)
    assert "rent" not in of_a_person, "a fact of the household is none of a person"
    of_expect = server.completed("cases_1.yaml", "kind: cases\ncases:\n  - case: A\n    expect:\n      ^\n")
    assert {"outcome", "reasons", "net_income"} <= of_expect.keys(), sorted(of_expect)
    of_a_map = server.completed("map_1.yaml", "kind: map\nprogram: us/snap\n^\n")
    assert {"blank", "left_out", "expect"} <= of_a_map.keys(), sorted(of_a_map)


def completes_words(server):
    outcomes = server.completed("cases_2.yaml", "kind: cases\ncases:\n  - case: A\n    expect:\n      outcome: ^\n")
    assert {"eligible", "pending"} <= outcomes.keys(), sorted(outcomes)


def hovers_with_meaning_and_citation(server):
    asked = server.hovered("household_2.yaml", "duly: 1\npeople:\n  ana:\n    preg^nant: yes\n")
    assert "pregnant?" in asked and "CFR" in asked, asked
    rule = server.hovered("cases_3.yaml", "kind: cases\ncases:\n  - case: A\n    expect: {net_in^come: 5}\n")
    assert "7 CFR" in rule, rule
    key = server.hovered("chapter_2.yaml", "kind: chapter\ntitle: A\ngrant:\n  title: Grant\n  ci^te: A\n  value: 5\n")
    assert "paragraph" in key, key


def tells_mistakes_at_their_line(server):
    of_a_rule = server.mistakes("chapter_3.yaml", "kind: chapter\ntitle: A\ngrant:\n  title: Grant\n  citation: A\n  value: 5\n")
    assert [line for line, _ in of_a_rule] == [5], of_a_rule
    assert "citation" in of_a_rule[0][1], of_a_rule
    of_a_person = server.mistakes("household_3.yaml", "duly: 1\npeople:\n  ana:\n    wagse: 5\n")
    assert [line for line, _ in of_a_person] == [4], of_a_person
    of_a_case = server.mistakes("cases_4.yaml", "kind: cases\ncases:\n  - case: A\n    expect:\n      outcome: yes\n")
    assert 5 in [line for line, _ in of_a_case], of_a_case


def finds_nothing_in_what_ships(server):
    for name, path in {"household_4.yaml": "examples/households", "cases_5.yaml": "rules/us/snap/cases", "chapter_4.yaml": "rules/us/snap"}.items():
        file = sorted((ROOT / path).glob("*.yaml"))[0]
        found = server.mistakes(name, file.read_text(encoding="utf-8").replace(CURSOR, ""))
        assert found == [], f"{file}: {found}"


if __name__ == "__main__":
    if not SERVER.exists() or not shutil.which("node"):
        print("SKIPPED: node or the language server for YAML is not there; ./dev test installs the server where there is npm")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as place:
        server = Server(Path(place), put_schemas(Path(place)))
        try:
            for behaviour in (completes_keys, completes_words, hovers_with_meaning_and_citation, tells_mistakes_at_their_line, finds_nothing_in_what_ships):
                behaviour(server)
                print("ok:", behaviour.__name__.replace("_", " "))
        finally:
            server.close()
