# Sourced with `here` set to this folder: the options of the JVM for a command, and its start-up cache.
# shellcheck shell=bash disable=SC2034,SC2154

choose_options() {
  options=(
    # The JVM's own messages go to standard output unless told otherwise, and would end up between two JSON-RPC lines.
    -Xlog:disable -Xlog:all=warning:stderr
    # Least memory of all collectors, and on small heaps no worse in pauses.
    -XX:+UseSerialGC
    -XX:+ExitOnOutOfMemoryError
  )
  case $1 in
    stdio)
      # It serves one client, and many of them run side by side: a small footprint and a quick start before peak speed.
      options+=(-XX:TieredStopAtLevel=1)
      cache=stdio.aot
      ;;
    serve) cache=serve.aot ;;
    *)
      options+=(-XX:TieredStopAtLevel=1)
      cache=stdio.aot # the nearest one: most commands put the same server together
      ;;
  esac
}

# fresh CACHE: whether it is there and newer than the jars, to which it is tied. Any other that does not fit, the JVM
# leaves alone by itself and says so on standard error.
fresh() {
  local jar
  for jar in "$here"/breakwater.jar "$here"/lib/*.jar; do
    [[ $here/$1 -nt $jar ]] || return
  done
}
