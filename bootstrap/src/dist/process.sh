# Sourced: prepares this process for a JVM.
# shellcheck shell=bash

# open_streams: opens /dev/null for standard streams that the caller closed. Otherwise the JVM would use their numbers
# for its own files, and then read these files as input and write messages into them.
open_streams() {
  [[ -e /dev/fd/0 ]] || exec </dev/null # Bash tests the stream itself, even without such a file
  [[ -e /dev/fd/1 ]] || exec >/dev/null
  [[ -e /dev/fd/2 ]] || exec 2>/dev/null
}

# need_files COMMAND: ends the script when the process may open too few files for the command. Every jar and every
# connection is a file. The hard limit counts, because the JVM raises the soft limit to it.
need_files() {
  local limit least=128
  case $1 in serve | demo) least=256 ;; esac
  limit=$(ulimit -Hn)
  [[ $limit != unlimited ]] && ((limit < least)) || return 0
  echo "breakwater: this process may open $limit files, and 'breakwater${1:+ $1}' needs at least $least: raise the limit on open files (ulimit -n)" >&2
  exit 69
}
