"""The engine knows no program, no place and no year, computes without binary floating point, and the library keeps to itself:
it does not print, end the process, or read clock, environment, chance or locale. Sources are ASCII."""

import re

from source_tree import finish, library_folder, numbered, sources, without_comments_and_texts

PROGRAMS = """snap medicaid medicare chip tanf ccdf magi ssi liheap wic abawd esg hud calworks calfresh masshealth usda fns cms""".split()
PLACES = """alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky
louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada new-hampshire new-jersey new-mexico new-york
north-carolina north-dakota ohio oklahoma oregon pennsylvania rhode-island south-carolina south-dakota tennessee texas utah vermont virginia washington
west-virginia wisconsin wyoming district-of-columbia puerto-rico guam virgin-islands""".split()

# Words are told apart in snake_case and UpperCamel alike: `snap_unit`, `SnapUnit` and "SNAP" name a program, `snapshot` does not.
NAMES = re.compile(r"(?<![a-z])(" + "|".join(name.replace("-", "[-_ ]?") for name in PROGRAMS + PLACES) + r")(?![a-z])", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
YEAR = re.compile(r"(?<![\w'.])(?:19|20)[0-9]{2}(?![\w'])")
BINARY_FLOATING = re.compile(r"\b(float|double)\b")
OUTWARD = re.compile(r"\b(std::(cout|cerr|clog|cin|abort|exit|quick_exit|terminate|random_device|locale)|f?printf|puts|(secure_)?getenv"
                     r"|(system|steady|high_resolution)_clock|setlocale|l?rand)\b")

SCHEMA_DIALECT = "json-schema.org/draft/2020-12"  # the name of a standard
CALENDAR = {"src/base/date.h", "src/base/date.cc"}  # counts its days from a year


def violations_in(path, text):
    """What is wrong with a source, line by line. The tool may print, read the clock and name a year in its help; the calendar may name a year."""
    in_tool = library_folder(path) == "cli"
    code_lines = without_comments_and_texts(text).split("\n")
    for line, content in numbered(text):
        where, code = f"{path}:{line}:", code_lines[line - 1]
        if not content.isascii():
            yield f"{where} not ASCII"
        if found := NAMES.search(CAMEL.sub("_", content)):
            yield f"{where} names `{found[0]}`"
        if in_tool:
            continue
        if path not in CALENDAR and (found := YEAR.search(content.replace(SCHEMA_DIALECT, ""))):
            yield f"{where} names the year {found[0]}; a count is written {found[0][0]}'{found[0][1:]}"
        if found := BINARY_FLOATING.search(code):
            yield f"{where} uses `{found[0]}`"
        if found := OUTWARD.search(code):
            yield f"{where} uses `{found[0]}`"


if __name__ == "__main__":
    files = list(sources("src", "include"))
    finish([v for path, text in files for v in violations_in(path, text)], len(files))
