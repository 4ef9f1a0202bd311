// What a run of worked cases says to the software that builds and tests: JUnit XML, as Jenkins, GitLab and others read it.

#include <fmt/format.h>

#include "cases/run_cases.h"

namespace duly {
namespace {

/// Text between the quotes of an attribute. Control characters have no place in XML.
std::string in_xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string seconds(std::int64_t microseconds) { return fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000); }

void add_case(std::string& out, const CasesRun& run, const CaseResult& result) {
  const std::string name = result.sentence + (result.row > 0 ? fmt::format(" (row {})", result.row) : "");
  out += fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{}\"", in_xml(run.programs[result.program].program),
                     in_xml(name), in_xml(result.file), result.line, seconds(result.microseconds));
  if (result.failure < 0) {
    out += "/>\n";
    return;
  }
  const Diagnostic& d = run.failures[static_cast<std::size_t>(result.failure)].diagnostic;
  out += fmt::format(">\n      <failure type=\"{}\" message=\"{}\">{}:{}</failure>\n    </testcase>\n", code_text(d.code), in_xml(d.message),
                     in_xml(d.file), d.line);
}

void add_errors(std::string& out, const CasesRun& run) {
  if (run.errors.empty()) return;
  out += fmt::format("  <testsuite name=\"rules and cases\" tests=\"{0}\" failures=\"0\" errors=\"{0}\" time=\"0.000000\">\n", run.errors.size());
  for (const Diagnostic& d : run.errors)
    out += fmt::format(
        "    <testcase classname=\"rules and cases\" name=\"{0} line {1}\" file=\"{0}\" line=\"{1}\" time=\"0.000000\">\n"
        "      <error type=\"{2}\" message=\"{3}\">{4}</error>\n    </testcase>\n",
        in_xml(d.file), d.line, code_text(d.code), in_xml(d.message), in_xml(d.help));
  out += "  </testsuite>\n";
}

}  // namespace

std::string to_junit(const CasesRun& run) {
  std::vector<std::int64_t> of_program(run.programs.size(), 0);
  std::int64_t in_all = 0;
  for (const CaseResult& result : run.results) {
    of_program[result.program] += result.microseconds;
    in_all += result.microseconds;
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"duly test\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n",
                     run.results.size() + run.errors.size(), run.failed(), run.errors.size(), seconds(in_all));
  std::size_t next = 0;
  for (std::size_t p = 0; p < run.programs.size(); ++p) {
    const ProgramCases& program = run.programs[p];
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{}\">\n", in_xml(program.program),
                       program.passed + program.failed, program.failed, seconds(of_program[p]));
    for (; next < run.results.size() && run.results[next].program == p; ++next) add_case(out, run, run.results[next]);
    out += "  </testsuite>\n";
  }
  add_errors(out, run);
  return out + "</testsuites>\n";
}

}  // namespace duly
