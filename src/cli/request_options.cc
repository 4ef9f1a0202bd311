#include "cli/request_options.h"

namespace duly::cli {

void add_request_options(CLI::App& command, RequestOptions& options) {
  command.add_option("--month", options.month, "the benefit month, instead of the document's")->type_name("YYYY-MM");
  command.add_option("--decided", options.decided, "the day the decision is made, instead of the document's")->type_name("YYYY-MM-DD");
  command.add_option("--applied", options.applied, "the day of the application, instead of the document's")->type_name("YYYY-MM-DD");
  command.add_option("--occasion", options.occasion, "application, renewal or change, instead of the document's")->type_name("WORD");
  command.add_option("--language", options.language, "of the sentences: en, es, ... as far as the program has them")->type_name("L");
  command.add_option("--trials", options.trials, "most combinations of missing facts that are tried")->capture_default_str()->type_name("N");
}

Request request_from(const RequestOptions& options) {
  const auto unless_empty = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  Request request;
  request.benefit_month = unless_empty(options.month);
  request.decided = unless_empty(options.decided);
  request.applied = unless_empty(options.applied);
  request.occasion = unless_empty(options.occasion);
  request.trials = options.trials;
  request.languages = {options.language};
  return request;
}

}  // namespace duly::cli
