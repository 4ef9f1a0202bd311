// What a run of worked cases says: lines for people, JSON for programs.

#include <nlohmann/json.hpp>

#include "cases/run_cases.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

std::string counts(std::size_t passed, std::size_t failed) { return std::to_string(passed) + " passed, " + std::to_string(failed) + " failed"; }

Json json_of(const Diagnostic& d) {
  return {{"code", code_text(d.code)}, {"file", d.file}, {"line", d.line}, {"column", d.column}, {"message", d.message}, {"help", d.help}};
}

}  // namespace

std::string to_text(const CasesRun& run) {
  std::string out;
  for (const CaseFailure& failure : run.failures) {
    const Diagnostic& d = failure.diagnostic;
    out += d.file + ":" + std::to_string(d.line) + ": error[" + code_text(d.code) + "]: " + d.message + "\n";
  }
  if (run.programs.size() > 1)
    for (const ProgramCases& program : run.programs) out += program.program + ": " + counts(program.passed, program.failed) + "\n";
  if (!run.coverage.empty()) out += coverage_text(run.coverage);
  return out + counts(run.passed(), run.failed()) + "\n";
}

std::string to_json(const CasesRun& run) {
  Json programs = Json::array();
  for (const ProgramCases& program : run.programs)
    programs.push_back({{"program", program.program}, {"passed", program.passed}, {"failed", program.failed}});
  Json failures = Json::array();
  for (const CaseFailure& f : run.failures)
    failures.push_back({{"code", code_text(f.diagnostic.code)},
                        {"program", f.program},
                        {"file", f.diagnostic.file},
                        {"line", f.diagnostic.line},
                        {"case", f.sentence},
                        {"row", f.row},
                        {"subject", f.subject},
                        {"name", f.name},
                        {"expected", f.expected},
                        {"got", f.got},
                        {"because", f.because}});
  Json errors = Json::array();
  for (const Diagnostic& d : run.errors) errors.push_back(json_of(d));
  Json all = {{"duly", 1}, {"passed", run.passed()}, {"failed", run.failed()}, {"programs", programs}, {"failures", failures}, {"errors", errors}};
  if (!run.coverage.empty()) all["coverage"] = Json::parse(coverage_json(run.coverage));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace duly
