#!/bin/sh
# Installs what GPKeys is built and tested with, and says so first: Debian packages that are missing, then a virtual
# environment in .venv. Nothing is done twice. Usage: sh tests/tooling/bootstrap.sh
set -eu
cd "$(dirname "$0")/../.."

requirements=tests/requirements.txt
# The distribution's Python is the one its QGIS bindings are built for; another may come first in PATH.
system_python=/usr/bin/python3
packages="qgis python3-qgis qgis-providers qgis-server-bin qgis-server-wms qgis-server-wfs qgis-server-wmts
  cgi-mapserver python3-mapproxy python3-gdal gdal-bin python3-requests python3-venv xvfb xauth fonts-dejavu-core procps qttools5-dev-tools"

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

missing_packages() {
  for package in $packages; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null || fail "installing needs root, and there is no sudo. As root: apt-get install $missing"
    sudo "$@"
  fi
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this is not Debian or a relative of it. Install QGIS 3.22 or later with its Python bindings and QGIS Server," \
      "MapServer, MapProxy, GDAL, Xvfb, Qt's lrelease, then: make venv"
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  say "installing with apt-get: $missing"
  as_root apt-get update
  # shellcheck disable=SC2086 # a list of words
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}

make_venv() {
  if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "making the virtual environment .venv with $system_python"
    "$system_python" -m venv --clear --system-site-packages .venv
  fi
  say "installing $requirements into .venv with pip"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
  .venv/bin/python -c 'from qgis.core import Qgis' ||
    fail "$system_python finds no QGIS: its Python bindings (python3-qgis) must be those of this Python"
}

[ "${1:-}" = --venv-only ] || install_packages
make_venv
say "ready"
