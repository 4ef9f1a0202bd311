"""Debian's Chromium without a window, spoken to over its debugging pipe (Chrome DevTools Protocol: JSON, each message ended by a zero byte)."""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from dataclasses import dataclass, field

SECONDS = 60
QUIET = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps", "--mute-audio"]


def find():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Page:
    """What a page did while it was opened, and the page itself."""

    browser: "Chromium"
    session: str
    requests: list = field(default_factory=list)  # addresses that it asked for
    complaints: list = field(default_factory=list)  # what it wrote to the console, and what it threw

    def value_of(self, script):
        answer = self.browser.ask("Runtime.evaluate", {"expression": script, "returnByValue": True, "awaitPromise": True}, self.session)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, script):
        end = time.monotonic() + SECONDS
        while not self.value_of(script):
            if time.monotonic() > end:
                raise TimeoutError(script)
            time.sleep(0.05)

    def pdf(self):
        return base64.b64decode(self.browser.ask("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True}, self.session)["data"])

    def heard(self, method, params):
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(" ".join(str(a.get("value", a.get("description"))) for a in params["args"]))
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"].get("exception", {}).get("description") or params["exceptionDetails"]["text"])
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])


class Chromium:
    def __init__(self, program, folder):
        # Out of the way of 3 and 4, from which the browser reads and to which it writes.
        (to_browser, self.to), (self.read_from, from_browser) = ([move_up(end) for end in os.pipe()] for _ in range(2))
        root = ["--no-sandbox"] if os.geteuid() == 0 else []  # its sandbox refuses to start as root

        def pipes():
            os.dup2(to_browser, 3)
            os.dup2(from_browser, 4)

        self.process = subprocess.Popen([program, *QUIET, *root, f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"], close_fds=False,
                                        preexec_fn=pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.next_id, self.unread, self.pages = 0, b"", {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask("Browser.close", {})
            self.process.wait(timeout=20)
        except (OSError, TimeoutError, EOFError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()

    def message(self, end):
        while b"\0" not in self.unread:
            if not select.select([self.read_from], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser says nothing")
            read = os.read(self.read_from, 1 << 16)
            if not read:
                raise EOFError("the browser ended")
            self.unread += read
        one, _, self.unread = self.unread.partition(b"\0")
        return json.loads(one)

    def ask(self, method, params, session=None):
        self.next_id += 1
        question = {"id": self.next_id, "method": method, "params": params} | ({"sessionId": session} if session else {})
        unsent = json.dumps(question).encode() + b"\0"
        while unsent:
            unsent = unsent[os.write(self.to, unsent):]
        end = time.monotonic() + SECONDS
        while True:
            said = self.message(end)
            if said.get("id") == self.next_id:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']}")
                return said["result"]
            if said.get("sessionId") in self.pages:
                self.pages[said["sessionId"]].heard(said["method"], said["params"])

    def open(self, address, runs_scripts=True):
        target = self.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = self.pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(domain + ".enable", {}, session)
        if not runs_scripts:
            self.ask("Emulation.setScriptExecutionDisabled", {"value": True}, session)
        self.ask("Page.navigate", {"url": address}, session)
        page.wait_for(f"document.readyState === 'complete' && location.href === {json.dumps(address)}")
        return page


def move_up(descriptor):
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved
