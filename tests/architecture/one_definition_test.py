"""Two headers must not give one name to two types: the linker would take the functions of either for both, without a word."""

import re

from source_tree import finish, numbered, sources, without_comments_and_texts

NAMESPACE = re.compile(r"^namespace ([\w:]+) \{")
TYPE = re.compile(r"^(?:class|struct|enum class) (?:DULY_API )?(\w+)\b(?!::)(?!.*;\s*$)")


def types_of(text):
    """The names that a header gives to types, each with its namespace and line."""
    namespace = ""
    for number, line in numbered(without_comments_and_texts(text)):
        if found := NAMESPACE.match(line):
            namespace = found[1]
        if found := TYPE.match(line):
            yield f"{namespace}::{found[1]}", number


if __name__ == "__main__":
    headers = list(sources("src", "include", suffixes=(".h",)))
    first = {}
    violations = []
    for path, text in headers:
        for name, number in types_of(text):
            if name in first and first[name] != path:
                violations.append(f"{path}:{number}: `{name}` is also a type of {first[name]}")
            first.setdefault(name, path)
    finish(violations, len(headers))
