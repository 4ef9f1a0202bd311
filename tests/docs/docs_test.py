"""What the documents show is true: commands are run and their output compared, expressions evaluated, programs compared with the examples they are
taken from, rule files read.

  ```console   `$ COMMAND`, then what it prints; a line `...` stands for any lines
  ```feel      EXPRESSION => VALUE, unknown, or refused CODE; a context in { } may stand before the expression
  ```c, ```cpp lines that stand in one of the examples, in this order; so does ```yaml of README.md, or in one of the rule files
  ```yaml      reads as YAML
  ```yaml PATH a whole rule file, replaced by a later one of its name; at each heading the rules so far are sound. Below a folder of the shipped rules
               it grows inside a copy of them, from which its own program is taken out first; at the end it is the program that ships
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
BLOCK = re.compile(r"^(?:```(\w+)(?: (\S+))?\n(.*?)^```|(## [^\n]*))$", re.MULTILINE | re.DOTALL)
FEEL_LINE = re.compile(r"^(\{.*?\} )?(.*?)\s+=> (.*)$")
failures = []


def fail(where, message):
    failures.append(f"{where}: {message}")


def blocks(path):
    text = path.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{path.relative_to(ROOT)}:{line}", "heading" if found[4] else found[1], found[2], found[3]


def matches(shown, printed):
    """Whether `printed` is what is shown, where a line `...` stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(parts), printed)


def check_console(where, content):
    for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        environment = {**os.environ, "PATH": f"{Path(TOOL).parent}:{os.environ['PATH']}"}
        done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if not matches(shown, done.stdout):
            fail(where, f"`{command}` prints\n{done.stdout}instead of\n{shown}")


def feel_value(answer):
    if "error" in answer:
        return "refused " + answer["error"].split(":")[0]
    value = answer["value"]
    return "unknown" if value is None else value if isinstance(value, str) else json.dumps(value)


def check_feel(where, content):
    lines = [FEEL_LINE.match(line) for line in content.splitlines()]
    for line, found in zip(content.splitlines(), lines):
        if not found:
            fail(where, f"`{line}` has no `=>`")
            continue
        context, expression, expected = found.groups()
        request = json.dumps({"id": 1, "expression": expression, "context": json.loads(context or "{}")})
        printed = subprocess.run([TOOL, "eval", "--lines"], input=request, capture_output=True, text=True, check=True).stdout
        got = feel_value(json.loads(printed))
        if expected == "1/3" and got.startswith("0.333"):
            continue  # as JSON it has digits
        if got != expected:
            fail(where, f"`{expression}` gives {got} instead of {expected}: {printed.strip()}")


def check_excerpt(where, content, suffix, *folders):
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    for example in (path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")):
        rest = iter([line.strip() for line in example.read_text().splitlines()])
        if all(line in rest for line in lines):
            return
    fail(where, f"the lines stand in no file (*{suffix}) of {' and '.join(folders)} in this order")


class GrowingRules:
    """Rule files that a document writes one after the other."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.changed = False
        self.shipped = None  # the program that is written anew, where it is one of those that ship
        self.written = {}

    def put(self, path, content):
        program = next((str(p) for p in Path(path).parents if (ROOT / "rules" / p / "program.yaml").exists()), None)
        if program and not self.written:
            self.shipped = program
            shutil.copytree(ROOT / "rules", self.folder.name, dirs_exist_ok=True)
            shutil.rmtree(Path(self.folder.name) / program)
        file = Path(self.folder.name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        self.written[path] = content
        self.changed = True

    def check(self, where):
        if not self.changed:
            return
        self.changed = False
        of_one = ["--program", self.shipped] if self.shipped else []
        tests = [self.shipped] if self.shipped else []
        for command in ([TOOL, "check", self.folder.name, *of_one], [TOOL, "test", *tests, "--rules", self.folder.name]):
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            no_case_yet = "cases" not in " ".join(self.written) and "there is no worked case" in done.stdout
            if done.returncode != 0 and not no_case_yet:
                fail(where, f"the rules so far: {' '.join(command[1:2])} says\n{done.stdout}")

    def compare(self, where):
        """What was written is what ships, file by file."""
        if not self.shipped:
            return
        folder = ROOT / "rules" / self.shipped
        ships = {str(file.relative_to(ROOT / "rules")): file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file()}
        for path in sorted(ships.keys() | self.written.keys()):
            if ships.get(path) != self.written.get(path):
                fail(where, f"{path} is not the file that ships")


def check_yaml(where, content):
    if where.startswith("README.md"):
        check_excerpt(where, content, ".yaml", "examples", "rules")
    if "…" in content:
        return  # an outline
    done = subprocess.run([TOOL, "format", "-"], input=content, capture_output=True, text=True)
    if done.returncode != 0:
        fail(where, "cannot be read\n" + done.stderr)


CHECKS = {"console": check_console, "feel": check_feel, "yaml": check_yaml,
          "c": lambda where, content: check_excerpt(where, content, ".c", "examples"),
          "cpp": lambda where, content: check_excerpt(where, content, ".cc", "examples")}


def check_links(path):
    """Files that a document names in a link are there."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not (path.parent / target).exists():
            fail(path.relative_to(ROOT), f"links to {target}, which is not there")


if __name__ == "__main__":
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "rules/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    checked = 0
    for document in filter(Path.exists, documents):
        check_links(document)
        rules = GrowingRules()
        for where, language, path, content in blocks(document):
            checked += bool(path) or language in CHECKS
            if language == "heading":
                rules.check(where)
            elif path:
                rules.put(path, content)
            elif language in CHECKS:
                CHECKS[language](where, content)
        rules.check(f"{document.relative_to(ROOT)}: the end")
        rules.compare(document.relative_to(ROOT))
    print("\n".join(failures))
    print(f"{len(failures)} failures in {checked} blocks")
    sys.exit(1 if failures or not checked else 0)
