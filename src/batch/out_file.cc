#include "batch/out_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

namespace duly {
namespace {

constexpr std::size_t reread_block = std::size_t{1} << 18U;
constexpr ::mode_t mode = 0666;

Diagnostic cannot_write(const std::string& path, int error) {
  Diagnostic d;
  d.code = Code::cannot_write;
  d.message = "`" + path + "` cannot be written: " + std::generic_category().message(error);
  d.help = error == ENOSPC || error == EFBIG || error == EDQUOT ? "make room, then start the same run again with --resume"
                                                                : "does its folder exist, and may you write there?";
  return d;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t now = ::write(descriptor, bytes.data(), bytes.size());
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(now));
  }
  return true;
}

/// A renamed file is where it is only once its folder is on the disk.
void settle_folder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Result<std::unique_ptr<OutFile>> OutFile::open(const std::string& path, std::uint64_t bytes) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, mode);
  if (descriptor < 0) return cannot_write(path, errno);
  std::unique_ptr<OutFile> out(new OutFile(path, descriptor));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    Diagnostic d;
    d.code = Code::results_in_the_way;
    d.message = "another run is writing `" + path + "`";
    d.help = "wait for it, or name another folder";
    return d;
  }
  if (auto wrong = out->keep(bytes)) return std::move(*wrong);
  return out;
}

OutFile::~OutFile() { ::close(descriptor_); }

Diagnostic OutFile::failed() const { return cannot_write(path_, errno); }

std::optional<Diagnostic> OutFile::keep(std::uint64_t bytes) {
  std::vector<char> buffer(reread_block);
  while (bytes_ < bytes) {
    const ::ssize_t got = ::read(descriptor_, buffer.data(), std::min<std::uint64_t>(reread_block, bytes - bytes_));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      Diagnostic d;
      d.code = Code::cannot_resume;
      d.message = "`" + path_ + "` is shorter than it was";
      d.help = "start anew, in another folder";
      return d;
    }
    digest_.add({buffer.data(), static_cast<std::size_t>(got)});
    bytes_ += static_cast<std::uint64_t>(got);
  }
  if (::ftruncate(descriptor_, static_cast<::off_t>(bytes)) != 0) return failed();
  return std::nullopt;
}

std::optional<Diagnostic> OutFile::add(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) return failed();
  digest_.add(bytes);
  bytes_ += bytes.size();
  return std::nullopt;
}

std::optional<Diagnostic> OutFile::settle() {
  if (::fdatasync(descriptor_) != 0) return failed();
  return std::nullopt;
}

std::optional<Diagnostic> replace_file(const std::string& path, std::string_view text) {
  const std::string beside = path + ".new";
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) return cannot_write(path, errno);
  const bool written = write_all(descriptor, text) && ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (written) return rename_file(beside, path);
  ::unlink(beside.c_str());
  return cannot_write(path, error);
}

std::optional<Diagnostic> rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return cannot_write(to, errno);
  settle_folder(to);
  return std::nullopt;
}

}  // namespace duly
