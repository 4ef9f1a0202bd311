// Runs the tests of one program. A run in which tests were skipped ends with its own status, so that ctest counts it as skipped and not
// as passed; a failed test goes first.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

constexpr int kSkipped = 77;

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  const int status = RUN_ALL_TESTS();
  if (status != 0) return status;
  return testing::UnitTest::GetInstance()->skipped_test_count() > 0 ? kSkipped : 0;
}
