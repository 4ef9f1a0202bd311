"""The completion for bash offers exactly the commands and options that --help shows, and programs where one is wanted."""

import os
import re
import subprocess
from pathlib import Path

TOOL = os.environ["DULY_TOOL"]
SCRIPT = Path(os.environ["DULY_SOURCE_DIR"]) / "src/cli/completion.bash"
COMMAND = re.compile(r"^  (\w+) +\S", re.MULTILINE)
OPTION = re.compile(r"^  (?:-\w,)?(--[a-z][a-z-]*)", re.MULTILINE)


def offered(*words):
    """What is offered for the last of `words`."""
    line = " ".join(f"'{word}'" for word in (TOOL, *words))
    script = f'. "{SCRIPT}"; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _duly; printf "%s\\n" "${{COMPREPLY[@]}}"'
    return set(subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split())


def help_of(*words):
    return subprocess.run([TOOL, *words, "--help"], capture_output=True, text=True, check=True).stdout


def part(text, heading):
    """The lines below `heading` up to the next empty one."""
    return text.split(heading + ":\n", 1)[1].split("\n\n")[0]


if __name__ == "__main__":
    commands = set(COMMAND.findall(part(help_of(), "Subcommands")))
    assert offered("") == commands | {"--help"}, offered("") ^ commands
    for command in commands:
        options = set(OPTION.findall(part(help_of(command), "Options")))
        assert offered(command, "--") == options, (command, offered(command, "--") ^ options)
    assert "us/snap" in offered("determine", "household.yaml", "--program", "")
    assert "household" in offered("schema", "h")
    assert offered("determine", "household.yaml", "--month", "") == set()
