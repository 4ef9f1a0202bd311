# What every target is compiled with: the warnings this project keeps at zero, its version, the sanitizers a preset asks for, ccache where it
# is installed.

add_library(duly_options INTERFACE)
target_compile_options(duly_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(NOT DULY_TOGETHER)  # what a source keeps to itself may have the name of what is local in another
  target_compile_options(duly_options INTERFACE -Wshadow)
endif()
target_compile_definitions(duly_options INTERFACE DULY_VERSION="${PROJECT_VERSION}")

# Where little is inlined, or among the calls of a sanitizer, gcc 12 sees strings read and copied past ends that are not there; whether it does may
# depend on how long the name of the folder is that the project lies in. Other builds keep these warnings.
set(false_of_bounds -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)

if(DULY_SANITIZE)
  add_compile_options(-fsanitize=${DULY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${DULY_SANITIZE})
  if(DULY_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(${false_of_bounds})
  endif()
endif()

# A sanitized library leaves its sanitizer's symbols to the program, and those for C++ come only with the linker for C++.
function(link_sanitized_c target)
  if(DULY_SANITIZE)
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
endfunction()

# libstdc++ 12 calls its own deprecated function in std::stable_sort, and clang blames whoever sorts.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(duly_options INTERFACE -Wno-deprecated-declarations)
endif()
# gcc 12 says it falsely of Boost's numbers where it inlines them, and of its own AVX-512 headers; clang looks for the real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(duly_options INTERFACE -Wno-maybe-uninitialized)
endif()

# What half the sources spend half their compilation on. For builds that only test: sources must include what they use, which other builds show.
set(heavy_headers <algorithm> <boost/multiprecision/cpp_int.hpp> <map> <memory> <optional> <string> <variant> <vector>)

# A target's sources in two parts for each of their folders, each part compiled as one source: a third of the time, most of which goes to headers.
# Which part a source belongs to depends on its own name alone, so that a new one moves no other. What a source keeps to itself must then have a
# name of its own in its folder, and nothing may rest on what the sources before it included: other builds compile each by itself.
function(compile_together target)
  if(NOT DULY_TOGETHER)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")  # a source that another includes looks like a header to it
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET folder FILENAME folder)
    cmake_path(GET source FILENAME name)
    string(MD5 part ${name})
    string(SUBSTRING ${part} 0 1 part)
    math(EXPR part "0x${part} % 2")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${part})
  endforeach()
endfunction()

find_program(DULY_CCACHE ccache)
if(DULY_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without this ccache does not look at sources that use precompiled headers.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${DULY_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (DULY_PRECOMPILE OR DULY_PRECOMPILE_TESTS))
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endif()
