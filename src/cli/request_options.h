#pragma once

// What commands that decide a household take beside its document.

#include "cli/inputs.h"

namespace duly::cli {

struct RequestOptions {
  std::string month, decided, applied, occasion;
  std::string language = "en";
  int trials = Request{}.trials;
};

/// `--month`, `--decided`, `--applied`, `--occasion`, `--language`, `--trials`.
void add_request_options(CLI::App& command, RequestOptions& options);

Request request_from(const RequestOptions& options);

}  // namespace duly::cli
