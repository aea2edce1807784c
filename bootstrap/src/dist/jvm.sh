# Sourced: the options of the JVM for a command, and the name of its start-up cache.
# shellcheck shell=bash disable=SC2034

choose_options() {
  options=(
    # The JVM's own messages go to standard output unless told otherwise, and would end up between two JSON-RPC lines.
    -Xlog:disable -Xlog:all=warning:stderr
    # Least memory of all collectors, and on small heaps no worse in pauses.
    -XX:+UseSerialGC
    -XX:+ExitOnOutOfMemoryError
  )
  cache=breakwater.aot
}
