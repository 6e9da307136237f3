# bouton_llvm: LLVM as one imported library, headers as SYSTEM. The shared library where the packager built one (Debian
# does), the components otherwise.
add_library(bouton_llvm INTERFACE)
target_include_directories(bouton_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
separate_arguments(llvm_definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_options(bouton_llvm INTERFACE ${llvm_definitions})
if(LLVM_LINK_LLVM_DYLIB)
  target_link_libraries(bouton_llvm INTERFACE LLVM)
else()
  llvm_map_components_to_libnames(llvm_components
    core support irreader bitreader bitwriter linker passes orcjit native nativecodegen target)
  target_link_libraries(bouton_llvm INTERFACE ${llvm_components})
endif()
set(BOUTON_LLVM bouton_llvm)
