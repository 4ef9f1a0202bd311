"""The structural tests themselves: each finds what it is there for, and leaves alone what only looks like it."""

import unittest

import error_codes_test
import exports_test
import include_table_test
import kernel_objects_test
import public_headers_test
import wording_test


class IncludeTable(unittest.TestCase):
    def found(self, path, text):
        return list(include_table_test.violations_in(path, text))

    def test_a_folder_includes_itself_base_and_public_headers(self):
        text = '#include "evaluate/values.h"\n#include "base/date.h"\n#include "duly/diagnostic.h"\n#include <vector>\n'
        self.assertEqual(self.found("src/evaluate/run.cc", text), [])

    def test_a_later_stage_is_out_of_reach(self):
        self.assertEqual(self.found("src/syntax/yaml.cc", '\n#include "check/program.h"\n'), ["src/syntax/yaml.cc:2: syntax may not include check/program.h"])

    def test_of_some_folders_one_header_is_open(self):
        self.assertEqual(self.found("src/evaluate/run.cc", '#include "compile/plan.h"\n'), [])
        self.assertEqual(len(self.found("src/evaluate/run.cc", '#include "compile/fold.h"\n')), 1)

    def test_base_stands_on_nothing_and_public_headers_on_no_source(self):
        self.assertEqual(len(self.found("src/base/date.cc", '#include "syntax/yaml.h"\n')), 1)
        self.assertEqual(len(self.found("include/duly/engine.h", '#include "base/date.h"\n')), 1)

    def test_a_library_stays_behind_its_door(self):
        self.assertEqual(self.found("src/syntax/yaml.cc", "#include <yaml-cpp/yaml.h>\n"), [])
        self.assertEqual(len(self.found("src/facts/from_yaml.cc", "#include <yaml-cpp/yaml.h>\n")), 1)

    def test_a_new_folder_needs_its_row(self):
        self.assertEqual(len(self.found("src/magic/wand.cc", '#include "base/date.h"\n')), 1)


class Wording(unittest.TestCase):
    def found(self, text, path="src/engine/engine.cc"):
        return list(wording_test.violations_in(path, text))

    def test_programs_and_places_are_found_in_every_spelling(self):
        for text in ["// as in SNAP", "int snap_unit;", "struct SnapUnit;", 'code("new_york")', "// New York", "class NewYork;"]:
            self.assertEqual(len(self.found(text)), 1, text)

    def test_words_that_contain_a_name_are_left_alone(self):
        for text in ["Snapshot snapshot;", "// what remains", "microchips", "void mainline();", "// a chipped cup"]:
            self.assertEqual(self.found(text), [], text)

    def test_years_are_found_and_counts_are_not(self):
        self.assertEqual(len(self.found("if (year < 2026)")), 1)
        self.assertEqual(len(self.found("// since 1996-08-22")), 1)
        self.assertEqual(self.found("constexpr int rows = 2'048; int a = 12026; int b = 0x2026;"), [])

    def test_floating_point_counts_in_code_only(self):
        self.assertEqual(len(self.found("double x = 0;")), 1)
        self.assertEqual(self.found('// a double quote\nauto text = "float"; auto n = 1\'000; char c = \'"\';'), [])

    def test_the_library_does_not_print_and_the_tool_may(self):
        self.assertEqual(len(self.found("std::cerr << 1;")), 1)
        self.assertEqual(self.found("std::snprintf(a, b, c);"), [])
        self.assertEqual(self.found("std::cerr << 1;", "src/cli/main.cc"), [])
        self.assertEqual(len(self.found('"--program us/snap"', "src/cli/main.cc")), 1)

    def test_sources_are_ascii(self):
        self.assertEqual(self.found("// \u2264"), ["src/engine/engine.cc:1: not ASCII"])


class PublicHeaders(unittest.TestCase):
    def test_a_header_says_how_threads_may_use_it(self):
        good = '#pragma once\n// Threads: any.\n#include <string>\n#include "duly/codes.inc"\n'
        self.assertEqual(list(public_headers_test.violations_in("a.h", good)), [])
        self.assertEqual(len(list(public_headers_test.violations_in("a.h", good.replace("Threads:", "")))), 1)
        self.assertEqual(len(list(public_headers_test.violations_in("a.h", good + "#include <boost/any.hpp>\n"))), 1)


class ErrorCodes(unittest.TestCase):
    def test_codes_are_sorted_and_named_once(self):
        self.assertEqual(list(error_codes_test.list_violations([("100", "a"), ("101", "b")])), [])
        self.assertEqual(len(list(error_codes_test.list_violations([("101", "a"), ("101", "b"), ("102", "a")]))), 2)

    def test_the_page_explains_exactly_the_codes(self):
        self.assertEqual(list(error_codes_test.page_violations([("100", "a")], "## E100 a\n\nText.\n")), [])
        self.assertEqual(len(list(error_codes_test.page_violations([("100", "a")], "## E101 b\n"))), 2)


class KernelObjects(unittest.TestCase):
    def test_one_table_and_memory_functions(self):
        self.assertEqual(list(kernel_objects_test.violations_in("0000 D _ZN4duly10kernels_v3E\n     U memcpy\n     U __asan_report_load8\n")), [])

    def test_what_the_linker_could_merge_is_found(self):
        listing = "0000 D kernels_v3\n0000 W _ZSt3minIlERKT_S2_S2_\n     U _ZdlPv\n0000 T helper\n"
        self.assertEqual(len(list(kernel_objects_test.violations_in(listing))), 3)
        self.assertEqual(list(kernel_objects_test.violations_in("")), ["0 tables instead of one"])


class Exports(unittest.TestCase):
    def test_only_our_names_under_our_version(self):
        symbols = list(exports_test.exported("1 T duly_version@@DULY_0\n2 W _ZNSt6vectorIiE4sizeEv@@DULY_0\n0 A DULY_0@@DULY_0\n3 T _ZN4duly4loadEv\n"))
        self.assertEqual(list(exports_test.violations(symbols, {"duly_version", "duly_free"})),
                         ["leaks _ZNSt6vectorIiE4sizeEv", "_ZN4duly4loadEv has the version `` instead of DULY_0",
                          "declares duly_free, which the library does not show"])

    def test_declarations_are_read_from_the_header(self):
        header = "DULY_API int duly_open(const char* path,\n duly_x** out);\nDULY_API void duly_close(duly_x* x);\n/* duly_open() */"
        self.assertEqual(exports_test.declared_in(header), {"duly_open", "duly_close"})


if __name__ == "__main__":
    unittest.main()
