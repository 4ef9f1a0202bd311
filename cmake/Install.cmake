# What an installation holds, the two ways other builds find it (find_package and pkg-config), and the Debian package.

include(CMakePackageConfigHelpers)

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/duly)

install(TARGETS duly EXPORT duly_targets)
install(EXPORT duly_targets FILE duly-targets.cmake NAMESPACE duly:: DESTINATION ${config_folder})
install(DIRECTORY include/duly DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h" PATTERN "*.inc")
if(TARGET duly_program)
  install(TARGETS duly_program)
endif()
install(DIRECTORY rules/ DESTINATION ${CMAKE_INSTALL_DATADIR}/duly/rules)
if(EXISTS ${PROJECT_BINARY_DIR}/share/duly/charts.js)
  install(FILES ${PROJECT_BINARY_DIR}/share/duly/charts.js DESTINATION ${CMAKE_INSTALL_DATADIR}/duly)
endif()
install(FILES LICENSE NOTICE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES src/cli/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME duly OPTIONAL)

configure_package_config_file(cmake/duly-config.cmake.in duly-config.cmake INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(duly-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/duly-config.cmake ${PROJECT_BINARY_DIR}/duly-config-version.cmake DESTINATION ${config_folder})

# Relative to where the file is found, so that an installation can be moved.
file(RELATIVE_PATH prefix_from_pkgconfig ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/duly.pc.in duly.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/duly.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_PACKAGE_NAME duly)
set(CPACK_PACKAGE_VENDOR "the duly developers")
set(CPACK_PACKAGE_CONTACT "the duly developers <duly@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "A library and a tool that decide benefit applications by dated, cited rules and show how.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)
include(CPack)
