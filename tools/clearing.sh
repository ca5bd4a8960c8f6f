#!/usr/bin/env bash
# `clearing` for a knowledge folder that is a repository of its own: the folder in which it is called.
# Sets itself up first, from the locked versions; Python 3.11 or newer and make must be there.
# In a GitHub workflow, what it says stands in the summary of the run too.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
make --silent --directory "$project" setup >&2
export CLEARING_KNOWLEDGE="$PWD"

if [[ -z "${GITHUB_STEP_SUMMARY:-}" ]]; then
  exec "$project/.venv/bin/clearing" "$@"
fi

code=0
{
  printf '### clearing %s\n\n```text\n' "$*"
  "$project/.venv/bin/clearing" "$@" 2>&1 || code=$?
  printf '```\n'
  exit "$code"
} | tee -a "$GITHUB_STEP_SUMMARY"
