"""The tool as a process: it finds its rules from any folder, colours a terminal only, and says when its output cannot be written."""

import os
import pty
import subprocess
import tempfile
from pathlib import Path

TOOL = os.environ["DULY_TOOL"]
HOUSEHOLD = Path(os.environ["DULY_SOURCE_DIR"]) / "examples/households/family_of_three.yaml"
LINE = [TOOL, "determine", str(HOUSEHOLD)]


def run(line, **more):
    return subprocess.run(line, capture_output=True, text=True, **more)


def on_terminal(environment):
    """What LINE prints on a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(LINE, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    printed = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        printed += part
    os.close(master)
    assert process.wait() == 0
    return printed


if __name__ == "__main__":
    here = {**os.environ, "TERM": "xterm"}
    here.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        done = run(LINE, cwd=folder, env=here)
    assert done.returncode == 0, done.stderr
    assert "\x1b[" not in done.stdout
    assert b"\x1b[" in on_terminal(here)
    assert b"\x1b[" not in on_terminal({**here, "NO_COLOR": "1"})
    assert b"\x1b[" not in on_terminal({**here, "TERM": "dumb"})
    with open("/dev/full", "w") as full:
        broken = subprocess.run([TOOL, "version"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert broken.returncode == 2 and "E501" in broken.stderr, broken
    assert run([TOOL, "determine", "/nowhere"]).returncode == 2
    assert run([TOOL, "--nothing"]).returncode == 2
