"""`duly lsp` with the client library of VS Code (behaviour.mjs), and with bytes that no client sends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
LIBRARY = ROOT / "build/editor/node_modules/vscode-languageserver-protocol"
SKIPPED = 77


def framed(body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n" % len(data) + data


def request(number, method, **params):
    return framed({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def notice(method, **params):
    return framed({"jsonrpc": "2.0", "method": method, "params": params})


BEGIN = request(1, "initialize", rootUri=None, capabilities={})
END = request(99, "shutdown") + notice("exit")


def answers(data, *more):
    """What the server answers, and how it ends. What it tells without being asked is left out."""
    done = subprocess.run([TOOL, "lsp", "--rules", str(ROOT / "rules"), *more], input=data, capture_output=True, timeout=120)
    out, found = done.stdout, []
    while out:
        head, _, out = out.partition(b"\r\n\r\n")
        length = int(head.split(b":")[1])
        found.append(json.loads(out[:length]))
        out = out[length:]
    return [message for message in found if "method" not in message], done.returncode


def errors(data):
    found, status = answers(data)
    return [(message["id"], message["error"]["code"]) for message in found if "error" in message], status


def a_session_begins_and_ends():
    found, status = answers(BEGIN + notice("initialized") + END)
    assert [message["id"] for message in found] == [1, 99] and status == 0, (found, status)
    assert found[0]["result"]["capabilities"]["textDocumentSync"]["change"] == 2, found
    assert answers(BEGIN)[1] == 1, "who goes without leave is told so"
    assert answers(BEGIN + notice("exit"))[1] == 1
    assert answers(b"")[1] == 1


def what_is_out_of_turn_is_refused():
    assert errors(request(7, "textDocument/hover") + BEGIN + END) == ([(7, -32002)], 0)
    assert errors(BEGIN + BEGIN + END) == ([(1, -32600)], 0)
    assert errors(BEGIN + request(2, "shutdown") + request(3, "textDocument/hover") + notice("exit")) == ([(3, -32600)], 0)


def what_nobody_knows_is_named():
    assert errors(BEGIN + request(2, "no/such") + notice("$/no") + notice("no/such") + END) == ([(2, -32601)], 0)
    assert errors(BEGIN + request(2, "$/no") + END) == ([(2, -32601)], 0)
    assert errors(BEGIN + request(2, "textDocument/hover", position=3) + END) == ([(2, -32602)], 0)
    assert errors(BEGIN + framed({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": [1]}) + END) == ([(2, -32602)], 0)
    negative = {"textDocument": {"uri": (ROOT / "rules/us/snap/income.yaml").as_uri()}, "position": {"line": -1, "character": -5}}
    assert answers(BEGIN + request(2, "textDocument/hover", **negative) + END)[1] == 0


def what_is_no_message_harms_nothing():
    for body in (b"{", b"\xff\xfe", b'{"a": "\xc3"}', b"[" * 5000):
        assert errors(BEGIN + framed(body) + END) == ([(None, -32700)], 0), body[:20]
    for body in ([], 3, "a", {}, {"id": 4}, {"id": {}, "method": "shutdown"}, {"method": 5, "id": 6}):
        found, status = errors(BEGIN + framed(body) + END)
        assert [code for _, code in found] == [-32600] and status == 0, (body, found, status)
    assert errors(BEGIN + framed({"jsonrpc": "2.0", "id": 5, "result": None}) + END) == ([], 0)
    assert errors(BEGIN + b"Content-Type: text\r\n\r\n" + END) == ([(None, -32700)], 0)


def a_head_that_tells_no_length_ends_it():
    for head in (b"nonsense\r\n\r\n", b"Content-Length: many\r\n\r\n", b"Content-Length: -1\r\n\r\n", b"Content-Length: 99999999999999999999999\r\n\r\n",
                 b"Content-Length: 900000000000\r\n\r\n{}", b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}", b"Content-Length: 100\r\n\r\n{}",
                 b"Content-Length: 2", b"x" * 100000):
        assert errors(BEGIN + head) == ([(None, -32700)], 1), head[:40]


def heads_may_be_written_otherwise():
    body = json.dumps({"jsonrpc": "2.0", "id": 99, "method": "shutdown"}).encode()
    for head in (b"content-length:%d\n\n", b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n"):
        assert answers(BEGIN + head % len(body) + body + notice("exit"))[1] == 0, head


def a_request_that_is_called_back_is_not_answered():
    hover = request(2, "textDocument/hover", textDocument={"uri": (ROOT / "rules/us/snap/income.yaml").as_uri()}, position={"line": 0, "character": 0})
    found, status = errors(BEGIN + request(3, "no/such") * 50 + hover + notice("$/cancelRequest", id=2) + END)
    assert [code for number, code in found if number == 2] in ([-32800], []) and status == 0, found  # unless it was quicker


def edits_of_every_kind_are_taken():
    uri = (ROOT / "rules/us/snap/income.yaml").as_uri()
    opened = notice("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": "kind: chapter\n"})
    changes = [{"text": "a\ud800b"}, {"range": {"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}}, "text": "\udc00"},
               {"range": {"start": {"line": 0, "character": 2 ** 40}, "end": {"line": 2 ** 40, "character": 0}}, "text": "\\u \\ud800 \r \t"}]
    for change in changes:
        told = notice("textDocument/didChange", textDocument={"uri": uri, "version": 2}, contentChanges=[change])
        assert errors(BEGIN + opened + told * 3 + END) == ([], 0), change
    unknown = notice("textDocument/didChange", textDocument={"uri": "file:///x%zz", "version": 2}, contentChanges=[])
    assert errors(BEGIN + unknown + notice("textDocument/didClose", textDocument={"uri": "untitled:1"}) + END) == ([], 0)


def a_folder_that_is_not_there_is_told():
    done = subprocess.run([TOOL, "lsp", "--rules", "/nowhere"], input=b"", capture_output=True)
    assert done.returncode == 2 and b"E500" in done.stderr, done
    done = subprocess.run([TOOL, "lsp", "--today", "tomorrow"], input=b"", capture_output=True)
    assert done.returncode == 2 and b"E504" in done.stderr, done


if __name__ == "__main__":
    for behaviour in (a_session_begins_and_ends, what_is_out_of_turn_is_refused, what_nobody_knows_is_named, what_is_no_message_harms_nothing,
                      a_head_that_tells_no_length_ends_it, heads_may_be_written_otherwise, a_request_that_is_called_back_is_not_answered,
                      edits_of_every_kind_are_taken, a_folder_that_is_not_there_is_told):
        behaviour()
        print("ok:", behaviour.__name__.replace("_", " "), flush=True)
    if not LIBRARY.exists() or not shutil.which("node"):
        print("SKIPPED: node or the client library of VS Code is not there; ./dev test installs it where there is npm")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run(["node", str(ROOT / "tests/editor/behaviour.mjs")], timeout=600).returncode)
