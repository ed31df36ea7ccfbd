#!/usr/bin/env bash
# tests/clean-root/run.sh [WAY…]: shows that a newcomer's machine is enough. Makes a minimal Debian root that holds nothing but the .NET SDK and
# what that needs, and follows the pages there as its root user, each way in a root of its own; each must give the sample's figures. Ways:
#   clone      README's first commands, GDAL being installed on the way, and every command of the tutorial
#   tool       docs/install.md: the packed .NET tool
#   program    docs/install.md: the self-contained program, run where there is no .NET
#   container  src/packaging/Containerfile, built by buildah on images made of these roots, with no registry
# Without WAY all of them. Needs root, debootstrap, for the container buildah, and a network that serves Debian's and NuGet's packages. Not part of
# ./test.sh; takes some minutes.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

ways=("$@")
((${#ways[@]})) || ways=(clone tool program container)
for way in "${ways[@]}"; do
  [[ $way =~ ^(clone|tool|program|container)$ ]] || { echo 'usage: run.sh [clone|tool|program|container]…' >&2; exit 2; }
done
[[ $(id -u) == 0 ]] || { echo 'run as root: it makes a Debian root and enters it' >&2; exit 2; }
command -v debootstrap >/dev/null || { echo 'install debootstrap' >&2; exit 2; }
[[ " ${ways[*]} " != *' container '* ]] || command -v buildah >/dev/null || { echo 'install buildah' >&2; exit 2; }
sdk=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
folder=$(mktemp -d)
mounted=()

detach() {
  local at
  for at in ${mounted[@]+"${mounted[@]}"}; do umount -l -- "$at" || true; done
  mounted=()
}

finish() {
  detach
  # Never remove what might still be somebody else's folder seen through a mount.
  grep -q " $folder/" /proc/mounts || rm -rf -- "$folder"
}
trap finish EXIT

attach() {
  mkdir -p -- "$root$2"
  mount --bind -- "$1" "$root$2"
  mounted=("$root$2" ${mounted[@]+"${mounted[@]}"})
}

echo "== a minimal Debian $suite"
base=$folder/base
debootstrap --variant=minbase --include=ca-certificates,git,libicu72,libssl3,libstdc++6,tzdata,zlib1g "$suite" "$base" >"$folder/log" 2>&1 || {
  tail -20 "$folder/log" >&2
  exit 1
}
# The package sources and certificates of this machine; of its programs only the SDK.
cp -a /etc/apt/sources.list.d/. "$base/etc/apt/sources.list.d/"
cp -a /etc/apt/apt.conf.d/. "$base/etc/apt/apt.conf.d/"
[[ -z ${SSL_CERT_FILE:-} ]] || cp -L -- "$SSL_CERT_FILE" "$base/etc/ssl/certs/ca-certificates.crt"
cp -L /etc/resolv.conf /etc/hosts "$base/etc/" 2>/dev/null || true
[[ ! -f $HOME/.nuget/NuGet/NuGet.Config ]] || { mkdir -p "$base/root/.nuget/NuGet" && cp "$HOME/.nuget/NuGet/NuGet.Config" "$base/root/.nuget/NuGet/"; }
git clone -q -- "$PWD" "$base/root/ldn"

# clean WAY: $root, a copy of that Debian with the SDK, as nobody has touched it.
clean() {
  detach
  root=$folder/$1
  cp -a -- "$base" "$root"
  attach /proc /proc
  attach /dev /dev
  attach "$sdk" /usr/share/dotnet
  ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
}

inside() {
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    NUGET_CERT_REVOCATION_MODE="${NUGET_CERT_REVOCATION_MODE:-}" chroot "$root" bash -c "set -e; cd /root/ldn; $1"
}

# The block of a page below a heading, as it stands there.
block() { awk -v heading="$2" '$0 == heading { found = 1 } found && /^```sh/ { inside = 1; next } inside && /^```/ { exit } inside' "$1"; }

# All commands of a page.
blocks() { awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' "$1"; }

sample='compute sample-data/north-east-asia/job.json --quiet --out'
figures() { inside "cat $1/headline.csv" | diff - sample-data/north-east-asia/expected/headline.csv; }

way_clone() {
  ! inside 'ls /usr/lib/*/libgdal.so* 2>/dev/null' || { echo 'GDAL is there already: the root is not clean' >&2; exit 1; }
  time inside './ldn compute sample-data/north-east-asia/job.json --out result'
  figures result
  echo '== again, with nothing to do'
  time inside './ldn --version'
  time inside "./ldn $sample again"
  inside 'for f in result/*.csv result/*.tif; do cmp "$f" "again/${f#result/}"; done'
  echo '== the tutorial, every command as it stands there'
  inside "rm -rf result; $(blocks docs/tutorial.md | grep -v '^git clone')" >"$folder/log" 2>&1 || { tail -20 "$folder/log" >&2; exit 1; }
  inside 'ls result/report.html brief/brief.html moved myresult/headline.csv'
}

way_tool() {
  inside 'apt-get update && apt-get install -y --no-install-recommends libgdal32' >"$folder/log" 2>&1 || { tail "$folder/log" >&2; exit 1; }
  time inside "PATH=\$PATH:/root/.dotnet/tools; $(block docs/install.md '## As a .NET tool')"
  time inside "PATH=\$PATH:/root/.dotnet/tools; ldn $sample result"
  figures result
}

way_program() {
  time inside "$(block docs/install.md '## As a program of its own' | grep '^dotnet publish')"
  detach
  attach /proc /proc
  attach /dev /dev
  ! inside 'dotnet --version' 2>/dev/null || { echo '.NET is still there' >&2; exit 1; }
  local status=0
  inside 'program/Ldn.Cli info' || status=$?
  ((status == 2)) || { echo "without GDAL it ended with $status, not 2" >&2; exit 1; }
  inside 'apt-get update && apt-get install -y --no-install-recommends libgdal32' >"$folder/log" 2>&1 || { tail "$folder/log" >&2; exit 1; }
  inside 'program/Ldn.Cli info'
  time inside "program/Ldn.Cli $sample result"
  figures result
}

# The images that the Containerfile names, made of the roots here; the build runs in a chroot, which needs no rights of a daemon.
way_container() {
  local builder=(buildah --storage-driver vfs --root "$folder/storage" --runroot "$folder/running") image at
  detach
  for image in docker.io/library/debian:12-slim mcr.microsoft.com/dotnet/sdk:10.0; do
    at=$("${builder[@]}" from scratch)
    "${builder[@]}" add -q "$at" "$base" / >/dev/null
    if [[ $image == mcr* ]]; then
      "${builder[@]}" add -q "$at" "$sdk" /usr/share/dotnet >/dev/null
      "${builder[@]}" config --env PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/share/dotnet --env HOME=/root \
        --env "NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE:-}" "$at"
    fi
    "${builder[@]}" commit -q --rm "$at" "$image" >/dev/null
  done
  time "${builder[@]}" bud --isolation chroot --pull-never -q -t ldn -f src/packaging/Containerfile "$base/root/ldn"
  at=$("${builder[@]}" from --pull-never localhost/ldn)
  mkdir -m 777 "$folder/result"
  # As `podman run` does it: the entry point as the image's user, with a folder of the machine.
  [[ $("${builder[@]}" inspect --format '{{.OCIv1.Config.User}} {{.OCIv1.Config.Entrypoint}}' "$at") == '65534 [ldn]' ]]
  "${builder[@]}" run --isolation chroot -v "$PWD/sample-data:/sample:ro" -v "$folder/result:/data" "$at" -- \
    sh -c 'id -u; ldn compute /sample/north-east-asia/job.json --quiet --out /data/result'
  diff "$folder/result/result/headline.csv" sample-data/north-east-asia/expected/headline.csv
}

for way in "${ways[@]}"; do
  echo "== $way"
  [[ $way == container ]] || clean "$way"
  "way_$way"
  echo "$way: the figures are those expected"
done
