"""The interview, through a real terminal: what it asks, that one can go back or not know, and the document it keeps."""

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
PROMPT = "> "
failures = []


class Conversation:
    """The tool on a terminal of its own."""

    def __init__(self, *arguments):
        self.terminal, other = pty.openpty()
        self.tool = subprocess.Popen([TOOL, "interview", *arguments], stdin=other, stdout=other, stderr=other, close_fds=True)
        os.close(other)
        self.seen = self.read()

    def read(self, seconds=60):
        """What the tool writes until it waits for an answer or ends."""
        text, deadline = "", time.monotonic() + seconds
        while time.monotonic() < deadline and not text.endswith("\n" + PROMPT):
            if not select.select([self.terminal], [], [], 0.2)[0]:
                if self.tool.poll() is not None:
                    break
                continue
            try:
                piece = os.read(self.terminal, 65536).decode("utf-8")
            except OSError:  # the tool closed its end
                break
            if not piece:
                break
            text += piece.replace("\r\n", "\n")
        return text

    def say(self, line):
        os.write(self.terminal, (line + "\n").encode())
        self.seen = self.read().partition("\n")[2]  # the terminal shows what is typed
        return self.seen

    def end(self):
        status = self.tool.wait(timeout=60)
        os.close(self.terminal)
        return status


def expect(sentence, holds, seen=""):
    if not holds:
        failures.append(f"{sentence}\n{seen}")


def heating(out, *more):
    return Conversation("--rules", str(ROOT / "tests/programs"), "--program", "heating", "--month", "2026-03", "--decided", "2026-03-15", "--out", str(out), *more)


def asks_until_nothing_is_open(folder):
    out = folder / "household.yaml"
    talk = heating(out)
    expect("it begins with who lives there", "Who lives in the home?" in talk.seen, talk.seen)
    seen = talk.say("Ana, Ben")
    expect("it asks for the place, on which the rules depend, with its words", re.search(r"\n  1  \w+\n  2  \w+", seen), seen)
    seen = talk.say("nowhere")
    expect("a word that is none is asked again", "Please choose one of the words" in seen, seen)
    seen = talk.say("south")
    questions = 0
    while seen.endswith(PROMPT) and questions < 20:
        questions += 1
        seen = talk.say("oil" if "fuel" in seen.lower() else "yes" if "yes or no" in seen else "1,000")
    expect("it ends with the table", "Screening" in seen and "The household is kept in" in seen, seen)
    expect("nothing stays open", "PENDING" not in seen and "To ask next" not in seen, seen)
    expect("it ends well", talk.end() == 0)
    kept = out.read_text(encoding="utf-8")
    expect("the document holds the people by their names in small letters", "people:\n  ana: {" in kept and "\n  ben: {" in kept, kept)
    decided = subprocess.run([TOOL, "determine", str(out), "--program", "heating", "--rules", str(ROOT / "tests/programs")], capture_output=True, text=True)
    expect("the document that is kept decides alike", decided.returncode == 0 and ("ELIGIBLE" in decided.stdout), decided.stdout + decided.stderr)


def goes_back_and_takes_what_is_not_known(folder):
    out = folder / "other.yaml"
    talk = heating(out)
    first = talk.say("ana")
    expect("nothing comes before the first question", "This is the first question" in talk.say("back"), talk.seen)
    second = talk.say("south")
    expect("after an answer comes another question", second.splitlines()[1:2] != first.splitlines()[1:2], second)
    expect("`back` asks the question before again", talk.say("back").splitlines()[1:2] == first.splitlines()[1:2], talk.seen)
    talk.say("south")
    asked = talk.seen.splitlines()[1].split("  [")[0]
    seen = talk.say("?")
    expect("what is not known is not asked again", asked not in seen, seen)
    while seen.endswith(PROMPT):
        seen = talk.say("?")
    expect("it stays open in the result", "PENDING" in seen and asked in seen, seen)
    expect("and that is no failure", talk.end() == 0)


def refuses_what_cannot_be(folder):
    talk = heating(folder / "third.yaml")
    talk.say("ana")
    talk.say("south")
    seen = talk.say("-5")
    expect("an amount outside its range is told and asked again", "That cannot be" in seen and seen.endswith(PROMPT), seen)
    seen = talk.say("quit")
    expect("`quit` ends with the table so far", "Screening" in seen, seen)
    talk.end()


def names_no_such_program(folder):
    talk = Conversation("--rules", str(ROOT / "tests/programs"), "--program", "nothing", "--out", str(folder / "none.yaml"))
    seen = talk.say("ana") if talk.seen.endswith(PROMPT) else talk.seen
    expect("a program that does not exist is told", "nothing" in seen, seen)
    talk.say("quit") if seen.endswith(PROMPT) else None
    talk.end()
    expect("nothing is kept of it", not (folder / "none.yaml").exists())


with tempfile.TemporaryDirectory() as place:
    for part in (asks_until_nothing_is_open, goes_back_and_takes_what_is_not_known, refuses_what_cannot_be, names_no_such_program):
        part(Path(place))
for failure in failures:
    print(failure)
print(f"{len(failures)} failed")
sys.exit(1 if failures else 0)
