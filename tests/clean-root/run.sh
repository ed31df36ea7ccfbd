#!/usr/bin/env bash
# tests/clean-root/run.sh: shows that a newcomer's machine is enough. Makes a minimal Debian root that holds nothing but the .NET SDK and what that
# needs, clones this repository into it, and runs the README's first commands there as its root user, GDAL being installed on the way.
# Needs root, debootstrap and a network that serves Debian's and NuGet's packages. Not part of ./test.sh; takes some minutes.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

[[ $(id -u) == 0 ]] || { echo 'run as root: it makes a Debian root and enters it' >&2; exit 2; }
command -v debootstrap >/dev/null || { echo 'install debootstrap' >&2; exit 2; }
sdk=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
root=$(mktemp -d)
mounted=()

finish() {
  local at
  for at in ${mounted[@]+"${mounted[@]}"}; do umount -l -- "$at" || true; done
  # Never remove what might still be somebody else's folder seen through a mount.
  grep -q " $root/" /proc/mounts || rm -rf -- "$root"
}
trap finish EXIT

attach() {
  mkdir -p -- "$root$2"
  mount --bind -- "$1" "$root$2"
  mounted=("$root$2" ${mounted[@]+"${mounted[@]}"})
}

echo "== a minimal Debian $suite"
debootstrap --variant=minbase --include=ca-certificates,git,libicu72,libssl3,libstdc++6,tzdata,zlib1g "$suite" "$root" >"$root.log" 2>&1 || {
  tail -20 "$root.log" >&2
  exit 1
}
rm -f -- "$root.log"

# The package sources and certificates of this machine; of its programs only the SDK.
cp -a /etc/apt/sources.list.d/. "$root/etc/apt/sources.list.d/"
cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
[[ -z ${SSL_CERT_FILE:-} ]] || cp -L -- "$SSL_CERT_FILE" "$root/etc/ssl/certs/ca-certificates.crt"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
attach /proc /proc
attach /dev /dev
attach "$sdk" /usr/share/dotnet
ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"

git clone -q -- "$PWD" "$root/root/ldn"
[[ ! -f $HOME/.nuget/NuGet/NuGet.Config ]] || { mkdir -p "$root/root/.nuget/NuGet" && cp "$HOME/.nuget/NuGet/NuGet.Config" "$root/root/.nuget/NuGet/"; }

# The commands of the README's first block.
inside() {
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    NUGET_CERT_REVOCATION_MODE="${NUGET_CERT_REVOCATION_MODE:-}" chroot "$root" bash -c "cd /root/ldn && $1"
}
echo '== the README, with nothing installed'
! inside 'ls /usr/lib/*/libgdal.so* 2>/dev/null' || { echo 'GDAL is there already: the root is not clean' >&2; exit 1; }
time inside './ldn compute sample-data/north-east-asia/job.json --out result'
inside 'cat result/headline.csv' | diff - sample-data/north-east-asia/expected/headline.csv
echo '== again, with nothing to do'
time inside './ldn --version'
time inside './ldn compute sample-data/north-east-asia/job.json --out again --quiet'
inside 'for f in result/*.csv result/*.tif; do cmp "$f" "again/${f#result/}"; done'
echo 'the figures are those expected'
