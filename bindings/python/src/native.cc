// The C interface as Python sees it: handles that free themselves, texts as str, failures as exceptions. What is pleasant to use is written in
// Python around it (src/duly). Every call into the library lets other Python threads run.

#include <duly/c.h>
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    release(handle);
  }
};
using RulesHandle = std::unique_ptr<duly_rules, Release<duly_rules_free>>;
using SetHandle = std::unique_ptr<duly_set, Release<duly_set_free>>;
using ScreeningHandle = std::unique_ptr<duly_screening, Release<duly_screening_free>>;
using ErrorHandle = std::unique_ptr<duly_error, Release<duly_error_free>>;
using StringHandle = std::unique_ptr<duly_string, Release<duly_string_free>>;
using StringsHandle = std::unique_ptr<duly_strings, Release<duly_strings_free>>;

/// The diagnostics as a list of tuples: code, name, is_warning, message, help, file, line, column, text.
nb::list diagnostics(const duly_error* error) {
  nb::list out;
  for (std::size_t i = 0; i < duly_error_count(error); ++i) {
    out.append(nb::make_tuple(duly_error_code(error, i), duly_error_name(error, i), duly_error_is_warning(error, i) != 0,
                              duly_error_message(error, i), duly_error_help(error, i), duly_error_file(error, i), duly_error_line(error, i),
                              duly_error_column(error, i), duly_error_text(error, i)));
  }
  return out;
}

/// Calls the library without the interpreter's lock; a failure becomes the exception that duly._errors makes of it.
template <class Call>
void call(Call&& make) {
  duly_error* made = nullptr;
  duly_status status = DULY_OK;
  {
    const nb::gil_scoped_release others_run;
    status = make(&made);
  }
  const ErrorHandle error(made);
  if (status == DULY_OK) return;
  const nb::object exception = nb::module_::import_("duly._errors").attr("exception_of")(static_cast<int>(status), diagnostics(error.get()));
  PyErr_SetObject(exception.type().ptr(), exception.ptr());
  throw nb::python_error();
}

nb::str text_of(duly_string* made) {
  const StringHandle text(made);
  return nb::str(duly_string_data(text.get()), duly_string_length(text.get()));
}

/// What `make` writes into a text.
template <class Call>
nb::str text_from(Call&& make) {
  duly_string* made = nullptr;
  call([&](duly_error** error) { return make(&made, error); });
  return text_of(made);
}

class Set {
 public:
  explicit Set(duly_set* made) : set_(made) {}
  [[nodiscard]] std::size_t size() const { return duly_count(set_.get()); }
  [[nodiscard]] nb::str at(std::size_t index) const {
    return text_from([&](duly_string** text, duly_error** error) { return duly_at(set_.get(), index, text, error); });
  }
  [[nodiscard]] nb::str explain(std::size_t index, int format) const {
    return text_from([&](duly_string** text, duly_error** error) { return duly_explain(set_.get(), index, format, text, error); });
  }
  [[nodiscard]] nb::list warnings() const { return diagnostics(duly_warnings(set_.get())); }

 private:
  SetHandle set_;
};

class Screening {
 public:
  explicit Screening(duly_screening* made) : screening_(made) {}
  [[nodiscard]] nb::str shown(int format) const {
    return text_from([&](duly_string** text, duly_error** error) { return duly_screening_shown(screening_.get(), format, text, error); });
  }
  [[nodiscard]] nb::list warnings() const { return diagnostics(duly_screening_warnings(screening_.get())); }

 private:
  ScreeningHandle screening_;
};

// ---- tables

constexpr const char* stream_capsule = "arrow_array_stream";  // the name that the Arrow PyCapsule interface gives it

/// A stream of determinations with the callable that is told how far it is. It may be read and released by threads that hold no lock.
struct WatchedStream {
  ArrowArrayStream determinations{};
  PyObject* progress = nullptr;
  std::string raised;  ///< what `progress` raised, which stops the stream

  int told(long long households) {
    const nb::gil_scoped_acquire lock;
    try {
      const nb::object goes_on = nb::borrow(progress)(households);
      return goes_on.is_none() || nb::cast<bool>(goes_on) ? 1 : 0;
    } catch (const std::exception& error) {  // a nanobind::python_error too
      raised = std::string("the run was stopped, because `progress` raised ") + error.what();
      return 0;
    }
  }

  ~WatchedStream() {
    if (determinations.release != nullptr) determinations.release(&determinations);
    if (Py_IsInitialized() == 0) return;
    const nb::gil_scoped_acquire lock;
    Py_XDECREF(progress);
  }
};

WatchedStream& watched(ArrowArrayStream* stream) { return *static_cast<WatchedStream*>(stream->private_data); }

void make_stream(std::unique_ptr<WatchedStream> from, ArrowArrayStream& out) {
  out.get_schema = [](ArrowArrayStream* s, ArrowSchema* schema) { return watched(s).determinations.get_schema(&watched(s).determinations, schema); };
  out.get_next = [](ArrowArrayStream* s, ArrowArray* array) { return watched(s).determinations.get_next(&watched(s).determinations, array); };
  out.get_last_error = [](ArrowArrayStream* s) {
    return watched(s).raised.empty() ? watched(s).determinations.get_last_error(&watched(s).determinations) : watched(s).raised.c_str();
  };
  out.release = [](ArrowArrayStream* s) {
    delete &watched(s);
    s->release = nullptr;
  };
  out.private_data = from.release();
}

/// A capsule that releases the stream unless somebody took it over.
nb::object capsule_of(std::unique_ptr<WatchedStream> from) {
  auto stream = std::make_unique<ArrowArrayStream>();
  *stream = {};
  make_stream(std::move(from), *stream);
  const auto free = [](PyObject* capsule) {
    auto* held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, stream_capsule));
    if (held->release != nullptr) held->release(held);
    delete held;
  };
  PyObject* capsule = PyCapsule_New(stream.get(), stream_capsule, free);
  if (capsule == nullptr) {
    stream->release(stream.get());
    throw nb::python_error();
  }
  (void)stream.release();  // the capsule's from here on
  return nb::steal(capsule);
}

struct Request {
  std::optional<std::string> benefit_month, decided, applied, occasion, languages;
  int trials = 0;
};

class Rules {
 public:
  static Rules from_folder(const std::string& folder) {
    duly_rules* made = nullptr;
    call([&](duly_error** error) { return duly_rules_from_folder(folder.c_str(), &made, error); });
    return Rules(made);
  }
  static Rules from_texts(const std::vector<std::pair<std::string, std::string>>& texts) {
    std::vector<duly_file> files;
    for (const auto& [path, text] : texts) files.push_back({sizeof(duly_file), path.c_str(), text.data(), text.size()});
    duly_rules* made = nullptr;
    call([&](duly_error** error) { return duly_rules_from_texts(files.data(), files.size(), &made, error); });
    return Rules(made);
  }
  [[nodiscard]] nb::list programs() const {
    duly_strings* made = nullptr;
    call([&](duly_error** error) { return duly_programs(rules_.get(), &made, error); });
    const StringsHandle names(made);
    nb::list out;
    for (std::size_t i = 0; i < duly_strings_count(names.get()); ++i) out.append(nb::str(duly_strings_at(names.get(), i)));
    return out;
  }
  [[nodiscard]] nb::str program(const std::string& id) const {
    return text_from([&](duly_string** text, duly_error** error) { return duly_program_info(rules_.get(), id.c_str(), text, error); });
  }
  /// The mistakes and warnings of a program's rules: here they are the answer, not a failure.
  [[nodiscard]] nb::list check(const std::string& id) const {
    duly_error* found = nullptr;
    {
      const nb::gil_scoped_release others_run;
      duly_check(rules_.get(), id.c_str(), &found);
    }
    const ErrorHandle error(found);
    return diagnostics(error.get());
  }
  [[nodiscard]] Set determine(const std::string& program, std::string_view document, const Request& asked) const {
    const duly_request request = request_of(asked);
    duly_set* made = nullptr;
    call([&](duly_error** error) { return duly_determine(rules_.get(), program.c_str(), document.data(), document.size(), &request, &made, error); });
    return Set(made);
  }
  [[nodiscard]] Screening screen(std::string_view document, const Request& asked, const std::string& only) const {
    const duly_request request = request_of(asked);
    duly_screening* made = nullptr;
    call([&](duly_error** error) { return duly_screen(rules_.get(), document.data(), document.size(), &request, only.c_str(), &made, error); });
    return Screening(made);
  }
  /// `tables`: names, and capsules with the streams of their rows, which are taken over.
  [[nodiscard]] nb::object determine_tables(const std::string& program, const std::vector<std::pair<std::string, nb::object>>& tables,
                                            const Request& asked, int threads, int households_in_tile, const nb::object& progress) const {
    std::vector<duly_table> given;
    for (const auto& [name, capsule] : tables) {
      auto* rows = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_capsule));
      if (rows == nullptr) throw nb::python_error();
      given.push_back({sizeof(duly_table), name.c_str(), rows});
    }
    auto stream = std::make_unique<WatchedStream>();
    duly_tables_options options = DULY_TABLES_OPTIONS_INIT;
    options.threads = threads;
    options.households_in_tile = households_in_tile;
    if (!progress.is_none()) {
      stream->progress = nb::object(progress).release().ptr();
      options.progress = [](void* user, long long households) { return static_cast<WatchedStream*>(user)->told(households); };
      options.user = stream.get();
    }
    const duly_request request = request_of(asked);
    call([&](duly_error** error) {
      return duly_determine_tables(rules_.get(), program.c_str(), given.data(), given.size(), &request, &options, &stream->determinations, error);
    });
    return capsule_of(std::move(stream));
  }

 private:
  /// Points into `asked`.
  static duly_request request_of(const Request& asked) {
    const auto text = [](const std::optional<std::string>& given) { return given ? given->c_str() : nullptr; };
    duly_request request = DULY_REQUEST_INIT;
    request.benefit_month = text(asked.benefit_month);
    request.decided = text(asked.decided);
    request.applied = text(asked.applied);
    request.occasion = text(asked.occasion);
    request.languages = text(asked.languages);
    request.trials = asked.trials;
    return request;
  }

  explicit Rules(duly_rules* made) : rules_(made) {}
  RulesHandle rules_;
};

}  // namespace

NB_MODULE(_native, module) {
  module.attr("TEXT") = static_cast<int>(DULY_TEXT);
  module.attr("JSON") = static_cast<int>(DULY_JSON);
  module.attr("HTML") = static_cast<int>(DULY_HTML);
  module.def("version", [] { return std::string(duly_version()); });
  module.def("abi_version", &duly_abi_version);

  nb::class_<Set>(module, "Set")
      .def("__len__", &Set::size)
      .def("at", &Set::at, nb::arg("index"))
      .def("explain", &Set::explain, nb::arg("index"), nb::arg("format"))
      .def("warnings", &Set::warnings);

  nb::class_<Screening>(module, "Screening").def("shown", &Screening::shown, nb::arg("format")).def("warnings", &Screening::warnings);

  nb::class_<Rules>(module, "Rules")
      .def_static("from_folder", &Rules::from_folder, nb::arg("folder"))
      .def_static("from_texts", &Rules::from_texts, nb::arg("texts"))
      .def("programs", &Rules::programs)
      .def("program", &Rules::program, nb::arg("id"))
      .def("check", &Rules::check, nb::arg("id"))
      .def(
          "determine",
          [](const Rules& rules, const std::string& program, std::string_view document, std::optional<std::string> benefit_month,
             std::optional<std::string> decided, std::optional<std::string> applied, std::optional<std::string> occasion,
             std::optional<std::string> languages, int trials) {
            return rules.determine(
                program, document,
                {std::move(benefit_month), std::move(decided), std::move(applied), std::move(occasion), std::move(languages), trials});
          },
          nb::arg("program"), nb::arg("document"), nb::kw_only(), nb::arg("benefit_month") = nb::none(), nb::arg("decided") = nb::none(),
          nb::arg("applied") = nb::none(), nb::arg("occasion") = nb::none(), nb::arg("languages") = nb::none(), nb::arg("trials") = 0)
      .def(
          "screen",
          [](const Rules& rules, std::string_view document, const std::string& only, std::optional<std::string> benefit_month,
             std::optional<std::string> decided, std::optional<std::string> applied, std::optional<std::string> occasion,
             std::optional<std::string> languages, int trials) {
            return rules.screen(document,
                                {std::move(benefit_month), std::move(decided), std::move(applied), std::move(occasion), std::move(languages), trials},
                                only);
          },
          nb::arg("document"), nb::kw_only(), nb::arg("only") = "", nb::arg("benefit_month") = nb::none(), nb::arg("decided") = nb::none(),
          nb::arg("applied") = nb::none(), nb::arg("occasion") = nb::none(), nb::arg("languages") = nb::none(), nb::arg("trials") = 0)
      .def(
          "determine_tables",
          [](const Rules& rules, const std::string& program, const std::vector<std::pair<std::string, nb::object>>& tables,
             std::optional<std::string> benefit_month, std::optional<std::string> decided, std::optional<std::string> applied,
             std::optional<std::string> occasion, int trials, int threads, int households_in_tile, const nb::object& progress) {
            return rules.determine_tables(program, tables,
                                          {std::move(benefit_month), std::move(decided), std::move(applied), std::move(occasion), {}, trials},
                                          threads, households_in_tile, progress);
          },
          nb::arg("program"), nb::arg("tables"), nb::kw_only(), nb::arg("benefit_month") = nb::none(), nb::arg("decided") = nb::none(),
          nb::arg("applied") = nb::none(), nb::arg("occasion") = nb::none(), nb::arg("trials") = 0, nb::arg("threads") = 0,
          nb::arg("households_in_tile") = 0, nb::arg("progress") = nb::none());
}
