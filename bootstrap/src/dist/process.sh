# Sourced: makes sure that this process can become a JVM.
# shellcheck shell=bash

# open_streams: gives standard streams that the caller closed to /dev/null. The JVM would give their numbers to files that
# it opens, and then read its own files as input and write messages into them.
open_streams() {
  [[ -e /dev/fd/0 ]] || exec </dev/null # Bash looks at the stream itself, whether there is such a file or not
  [[ -e /dev/fd/1 ]] || exec >/dev/null
  [[ -e /dev/fd/2 ]] || exec 2>/dev/null
}

# need_files COMMAND: ends the script when the process may open too few files for that command. Every jar is one, and so is
# every connection. What counts is the hard limit: the JVM raises the other one to it.
need_files() {
  local limit least=128
  case $1 in serve | demo) least=256 ;; esac
  limit=$(ulimit -Hn)
  [[ $limit != unlimited ]] && ((limit < least)) || return 0
  echo "breakwater: this process may open $limit files, and 'breakwater${1:+ $1}' needs at least $least: raise the limit on open files (ulimit -n)" >&2
  exit 69
}
