#include "duly/version.h"

namespace duly {

std::string_view engine_version() { return DULY_VERSION; }

int language_version() { return 1; }

}  // namespace duly
