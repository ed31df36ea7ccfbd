#!/usr/bin/env bash
# tests/clean-root/run.sh [clone|tool|program]: shows that a newcomer's machine is enough. Makes a minimal Debian root that holds nothing but the .NET SDK
# and what that needs, clones this repository into it, and gets the program there as its root user in one of the ways of docs/install.md: by the README's
# first commands, which install GDAL on the way (clone, the default); as a .NET tool; or as a program of its own, which then runs without the SDK.
# Needs root, debootstrap and a network that serves Debian's and NuGet's packages. Not part of ./test.sh; takes some minutes.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

way=${1:-clone}
[[ $way == clone || $way == tool || $way == program ]] || { echo "usage: $0 [clone|tool|program]" >&2; exit 2; }
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
! inside 'ls /usr/lib/*/libgdal.so* 2>/dev/null' || { echo 'GDAL is there already: the root is not clean' >&2; exit 1; }

# ways of docs/install.md: build as the page says, be told that GDAL is missing, install it as the page says, compute.
by() {
  local ldn=$1
  echo '== without GDAL'
  inside "$ldn compute sample-data/north-east-asia/job.json --out result" && { echo 'it computed without GDAL' >&2; exit 1; } || true
  inside 'ls result 2>/dev/null' && { echo 'it left something behind' >&2; exit 1; } || true
  echo '== with GDAL'
  inside 'apt-get update -qq && apt-get install -y -qq --no-install-recommends libgdal32' >/dev/null 2>&1
  time inside "$ldn compute sample-data/north-east-asia/job.json --out result"
  inside 'cat result/headline.csv' | diff - sample-data/north-east-asia/expected/headline.csv
  echo 'the figures are those expected'
}

if [[ $way == tool ]]; then
  echo '== as a .NET tool'
  time inside 'dotnet pack src/Ldn.Cli -c Release -o packages -v quiet -nologo'
  inside 'dotnet tool install Ldn.Cli --global --add-source packages'
  by /root/.dotnet/tools/ldn
  exit
fi
if [[ $way == program ]]; then
  echo '== as a program of its own'
  time inside 'dotnet publish src/Ldn.Cli -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -o program -v quiet -nologo'
  rm "$root/usr/bin/dotnet"
  umount -l -- "$root/usr/share/dotnet"
  ! inside 'command -v dotnet' || exit 1
  by program/Ldn.Cli
  exit
fi

echo '== the README, with nothing installed'
time inside './ldn compute sample-data/north-east-asia/job.json --out result'
inside 'cat result/headline.csv' | diff - sample-data/north-east-asia/expected/headline.csv
echo '== again, with nothing to do'
time inside './ldn --version'
time inside './ldn compute sample-data/north-east-asia/job.json --out again --quiet'
inside 'for f in result/*.csv result/*.tif; do cmp "$f" "again/${f#result/}"; done'
echo 'the figures are those expected'
