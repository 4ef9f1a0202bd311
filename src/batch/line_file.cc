#include "batch/line_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace duly {
namespace {

constexpr std::size_t read_block = std::size_t{1} << 18U;

Diagnostic unreadable_file(const std::string& path, const std::string& why) {
  Diagnostic d;
  d.code = Code::cannot_read;
  d.message = "`" + path + "` cannot be read: " + why;
  return d;
}

std::string reason_of(int error) { return std::generic_category().message(error); }

}  // namespace

Result<std::unique_ptr<LineFile>> LineFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable_file(path, reason_of(errno));
  struct stat about{};
  if (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
    ::close(descriptor);
    return unreadable_file(path, "it is a folder");
  }
  const auto size = S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : 0;
  return std::unique_ptr<LineFile>(new LineFile(path, descriptor, size));
}

LineFile::LineFile(std::string path, int descriptor, std::uint64_t size) : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
LineFile::~LineFile() { ::close(descriptor_); }

Diagnostic LineFile::failure() const { return unreadable_file(path_, failure_); }

bool LineFile::fill() {
  if (ended_) return false;
  digest_.add(std::string_view(buffer_).substr(digested_, line_begin_ - std::min(digested_, line_begin_)));
  buffer_.erase(0, line_begin_);
  before_buffer_ += line_begin_;
  digested_ = digested_ > line_begin_ ? digested_ - line_begin_ : 0;
  place_ -= line_begin_;
  line_begin_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + read_block);
  ssize_t got = 0;
  do got = ::read(descriptor_, buffer_.data() + before, read_block);
  while (got < 0 && errno == EINTR);
  if (got < 0) failure_ = reason_of(errno);
  buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  ended_ = got <= 0;
  return got > 0;
}

bool LineFile::read(std::string_view& line, bool quoted) {
  line_begin_ = place_;
  too_long_ = unclosed_ = false;
  std::size_t searched = place_;
  bool spans_lines = false;
  for (;;) {
    const void* found = std::memchr(buffer_.data() + searched, '\n', buffer_.size() - searched);
    if (found != nullptr) {
      const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
      if (quoted && !too_long_ &&
          std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(line_begin_), buffer_.begin() + static_cast<std::ptrdiff_t>(end), '"') % 2 != 0) {
        searched = end + 1;
        spans_lines = true;
        continue;
      }
      line = too_long_ ? std::string_view() : without_mark(std::string_view(buffer_).substr(line_begin_, end - line_begin_));
      place_ = end + 1;
      open_line_ = false;
      return true;
    }
    if (buffer_.size() - line_begin_ > most_bytes_in_line) {
      too_long_ = true;
      unclosed_ = spans_lines;
      line_begin_ = place_ = buffer_.size();
    }
    searched = buffer_.size() - line_begin_;
    if (!fill()) break;
  }
  if (!sound() || (line_begin_ == buffer_.size() && !too_long_)) return false;
  line = too_long_ ? std::string_view() : without_mark(std::string_view(buffer_).substr(line_begin_));
  unclosed_ = unclosed_ || spans_lines;
  place_ = buffer_.size();
  open_line_ = true;
  return true;
}

/// Spreadsheets put a mark of three bytes before the first line of a file of UTF-8.
std::string_view LineFile::without_mark(std::string_view line) const {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return before_buffer_ + line_begin_ == 0 && line.starts_with(mark) ? line.substr(mark.size()) : line;
}

std::string LineFile::sha256() {
  if (place_ > digested_) digest_.add(std::string_view(buffer_).substr(digested_, place_ - digested_));
  digested_ = std::max(digested_, place_);
  return digest_.text();
}

}  // namespace duly
