# Text files built into a program. As a script (cmake -P) it writes the C++ source; included, it
# offers the function that calls the script:
#
#   pendulum_embed(<output.cc> <namespace> <symbol> FILES a.json b.json [RELATIVE_TO folder])
#       Generates <output.cc>, which defines in <namespace>
#         extern const EmbeddedFile <symbol>[]; extern const size_t <symbol>Count;
#       with the names (without folders) and contents of the files, of the type that
#       harness/platform/embedded.h declares. FILES are in the order given; the output depends on
#       them. With RELATIVE_TO a name keeps the folders below that one.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(PENDULUM_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
  function(pendulum_embed output namespace symbol)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "RELATIVE_TO" "FILES")
    list(JOIN arg_FILES "|" files)
    add_custom_command(
      OUTPUT "${output}"
      COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DNAMESPACE=${namespace}"
              "-DSYMBOL=${symbol}" "-DFILES=${files}"
              "-DRELATIVE_TO=${arg_RELATIVE_TO}" -P "${PENDULUM_EMBED_SCRIPT}"
      DEPENDS ${arg_FILES} "${PENDULUM_EMBED_SCRIPT}"
      COMMENT "Embedding ${symbol}"
      VERBATIM)
  endfunction()
  return()
endif()

string(REPLACE "|" ";" files "${FILES}")
list(LENGTH files count)
set(text "#include \"harness/platform/embedded.h\"\n\nnamespace ${NAMESPACE} {\n")
string(APPEND text "using platform::EmbeddedFile;\n")
string(APPEND text "extern const EmbeddedFile ${SYMBOL}[];\nextern const size_t ${SYMBOL}Count;\n")
string(APPEND text "const size_t ${SYMBOL}Count = ${count};\nconst EmbeddedFile ${SYMBOL}[] = {\n")
foreach(file IN LISTS files)
  file(READ "${file}" content)
  get_filename_component(name "${file}" NAME)
  if(RELATIVE_TO)
    file(RELATIVE_PATH name "${RELATIVE_TO}" "${file}")
  endif()
  string(APPEND text "    {\"${name}\", R\"embedded(${content})embedded\"},\n")
endforeach()
string(APPEND text "};\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${text}")
