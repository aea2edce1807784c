# Sourced with `root` set: checks on the build work on copies of this tree, never on the tree itself.
# shellcheck shell=bash disable=SC2154

copies=$(mktemp -d)
readonly copies
trap 'rm -rf "$copies"' EXIT

# copy NAME [PATH]: a copy of every file that is or could be committed, without anything built; prints where it is. One
# with a PATH of its own is the caller's, and stays.
copy() {
  local to=${2:-$copies/$1}
  mkdir -p "$to"
  git -C "$root" ls-files -z --cached --others --exclude-standard --deduplicate |
    (cd "$root" && while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done) |
    tar -C "$root" --null -T - -c | tar -C "$to" -x
  printf '%s' "$to"
}

passed=0
failed=0

# tell OUTCOME NAME: counts a check and says how it went.
tell() {
  (($1 == 0)) && { passed=$((passed + 1)) && echo "  ok      $2"; } || { failed=$((failed + 1)) && echo "  FAILED  $2"; }
}

close() {
  echo "$passed passed, $failed failed"
  ((failed == 0))
}
