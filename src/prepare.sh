# Sourced by ./ldn and ./test.sh: finds or installs native GDAL and keeps a published Release build fresh.
# Nothing here reads standard input or writes to standard output: both belong to the program that runs afterwards.
# shellcheck shell=bash

say() { printf 'ldn: %s\n' "$*" >&2; }

# 2 is the program's exit code for configuration: something of the machine is missing.
give_up() {
  say "$@"
  exit 2
}

# prepare ROOT: sets $program to the command to run. Takes the lock only when there is something to do.
prepare() {
  root=$1
  build=$root/artifacts/program
  options=${LDN_GDAL_RUNTIME:+-p:GdalRuntime=$LDN_GDAL_RUNTIME}
  processor_level
  if fresh && have_gdal; then
    [[ ${program[0]} != dotnet ]] || command -v dotnet >/dev/null || need_dotnet
    return
  fi
  if ! mkdir -p -- "$build" 2>/dev/null || [[ ! -w $build ]]; then
    give_up "cannot write to $build, where the program is built; run once as the owner of $root, or clone into a folder of yours"
  fi
  need_dotnet
  lock
  # Another start may have done it all while this one waited.
  fresh || publish
  have_gdal || install_gdal
  unlock
}

# Sets $level to the highest of the levels 4 (AVX-512), 3 (AVX2) and 2 of x86-64 that the processor has; 0 for other kinds and where the system does not tell.
processor_level() {
  level=0
  [[ $HOSTTYPE == x86_64 && -r /proc/cpuinfo ]] || return 0
  level=2
  local line model='' flags=''
  while IFS= read -r line && [[ -z $flags ]]; do
    case $line in
      model[[:blank:]]*:*) model=${line##*: } ;;
      flags*:*) flags="${line#*:} " ;;
    esac
  done </proc/cpuinfo
  has_flags avx2 bmi1 bmi2 f16c fma abm movbe || return 0
  level=3
  # 512-bit code slows the clock of processors of model 85.
  [[ $model == 85 ]] || ! has_flags avx512f avx512bw avx512cd avx512dq avx512vl || level=4
}

# Whether $flags, with a space before and after each, holds all of those given.
has_flags() {
  local flag
  for flag in "$@"; do [[ $flags == *" $flag "* ]] || return 1; done
}

# Whether the last build used the same options, is for no higher level of processor (nodes of a cluster may share it), and no source
# (or folder, for deletions) is newer than its start.
fresh() {
  local used='' folder='' built=''
  [[ -f $build/stamp ]] || return 1
  { read -r used && read -r folder && read -r built; } <"$build/stamp" || return 1
  [[ $used == "options:$options" ]] && ((built <= level)) && program_in "$build/$folder" || return 1
  local inputs=("$root/src" "$root"/Directory.*.props "$root/global.json") changed
  [[ ! -d $root/sample-data/boundaries ]] || inputs+=("$root/sample-data/boundaries")
  changed=$(find "${inputs[@]}" -newer "$build/stamp" -print -quit) || return 1
  [[ -z $changed ]] || return 1
  # A newer SDK brings newer parts of the program itself.
  local dotnet=''
  dotnet=$(command -v dotnet) && dotnet=$(readlink -f -- "$dotnet" 2>/dev/null) || return 0
  [[ ! ${dotnet%/*}/sdk -nt $build/stamp ]]
}

# program_in FOLDER: sets $program to the command for what was published there, a native program or an assembly.
program_in() {
  published=$1
  if [[ -f $1/Ldn.Cli.dll ]]; then program=(dotnet "$1/Ldn.Cli.dll"); else program=("$1/Ldn.Cli"); fi
  [[ -f $1/Ldn.Cli.dll || -f $1/Ldn.Cli ]]
}

need_dotnet() {
  local help='install it from https://dotnet.microsoft.com/download/dotnet/10.0 and have dotnet on PATH'
  command -v dotnet >/dev/null || give_up "the .NET 10 SDK is needed and there is no dotnet command; $help"
  fresh || (cd -- "$root" && dotnet --version) >/dev/null 2>&1 ||
    give_up "the .NET 10 SDK is needed and $(command -v dotnet) has none (dotnet --list-sdks shows what it has); $help"
}

# One preparation at a time: flock where there is one, else a folder that holds the owner's process id.
lock() {
  if command -v flock >/dev/null; then
    exec 9>"$build/lock"
    flock 9
    return
  fi
  until mkdir -- "$build/lock.d" 2>/dev/null; do
    local owner=''
    read -r owner 2>/dev/null <"$build/lock.d/owner" || true
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then rm -rf -- "$build/lock.d"; fi
    sleep 0.2
  done
  echo $$ >"$build/lock.d/owner"
  trap 'rm -rf -- "$build/lock.d"' EXIT
}

unlock() {
  if command -v flock >/dev/null; then
    exec 9>&-
  else
    rm -rf -- "$build/lock.d"
    trap - EXIT
  fi
}

# Publishes into a folder of its own and switches the stamp last: a running program never loses or mixes its files.
publish() {
  say 'building ldn (the first run takes a minute or two)…'
  local log=$build/log folder
  folder=app.$(date +%s).$$
  : >"$build/started"
  if ! (publish_to "$build/$folder") >"$log" 2>&1; then
    cat -- "$log" >&2
    rm -rf -- "${build:?}/$folder"
    say "the build failed; its output is above and in $log"
    exit 1
  fi
  printf '%s\n' "options:$options" "$folder" "$level" >"$build/stamp.new"
  touch -r "$build/started" "$build/stamp.new"
  mv -f -- "$build/stamp.new" "$build/stamp"
  program_in "$build/$folder"
  # The last builds stay for programs that still run from them.
  local old
  while IFS= read -r old; do rm -rf -- "${build:?}/$old"; done < <(cd -- "$build" && printf '%s\n' app.* | sort -r | tail -n +5)
}

# publish_to FOLDER, in a subshell. Its own artifacts folder keeps this build apart from `dotnet build` and `dotnet test` in the
# same clone. Compiler and build servers are off: they would outlive this script and keep the lock and the caller's pipes open.
# Style and analysers are the developers' business (test.sh), so a newer SDK's warnings keep nobody from running the program.
publish_to() {
  cd -- "$root" || return
  unset MSBuildSDKsPath MSBUILD_EXE_PATH MSBuildExtensionsPath
  if [[ -z ${HOME:-} || ! -w $HOME ]]; then export HOME=$build/home DOTNET_CLI_HOME=$build/home; fi
  mkdir -p -- "$HOME" || return
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false
  local rid
  rid=$(runtime_id)
  # A native program starts fastest but needs a C compiler and packages of its own, code compiled ahead for the runtime one package:
  # where the one cannot be had, the next.
  { [[ -n $rid ]] && compiler && publish_as "$1" -r "$rid" -p:PublishAot=true -p:DebugType=none "-p:IlcInstructionSet=$(instructions)"; } ||
    { [[ -n $rid ]] && publish_as "$1" -r "$rid" -p:PublishReadyToRun=true -p:SelfContained=false; } || publish_as "$1"
}

# publish_as FOLDER PROPERTIES…: empties the folder on failure.
publish_as() {
  local folder=$1
  shift
  set -- src/Ldn.Cli --artifacts-path "$build" -v quiet "$@" ${options:+"$options"}
  dotnet restore "$@" </dev/null && dotnet publish "$@" --no-restore -c Release -o "$folder" \
    -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:TreatWarningsAsErrors=false \
    -p:GenerateDocumentationFile=false </dev/null && return
  rm -rf -- "$folder"
  return 1
}

# Whether there is what native programs are linked with.
compiler() { command -v clang >/dev/null || command -v gcc >/dev/null; }

instructions() { ((level < 3)) || printf 'x86-64-v%s\n' "$level"; }

# The runtime identifier of this machine, empty where it is not one of the usual.
runtime_id() {
  local system processor
  case $(uname -m) in
    x86_64 | amd64) processor=x64 ;;
    aarch64 | arm64) processor=arm64 ;;
    *) return ;;
  esac
  case $(uname -s) in
    Linux) if compgen -G '/lib/ld-musl-*' >/dev/null; then system=linux-musl; else system=linux; fi ;;
    Darwin) system=osx ;;
    *) return ;;
  esac
  printf '%s\n' "$system-$processor"
}

# Whether a native GDAL is there: the user's own, the one in the build, or the system's. Globs first, they cost nothing.
have_gdal() {
  [[ -z ${LDN_GDAL_LIBRARY:-} && -z ${LDN_GDAL_RUNTIME:-} ]] || return 0
  local place
  for place in "$published"/runtimes/*/native/{lib,}gdal* "${CONDA_PREFIX:-/nowhere}"/lib/libgdal.{so,dylib} {/usr,/usr/local,}/lib{,64}{,/*-linux-gnu*}/libgdal.so.* \
    {/opt/homebrew,/usr/local,/opt/local}/lib/libgdal*.dylib /home/linuxbrew/.linuxbrew/lib/libgdal.so; do
    [[ ! -e $place ]] || return 0
  done
  local cache
  cache=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 1
  [[ $cache == *libgdal.so.* ]]
}

install_gdal() {
  local own="or set LDN_GDAL_LIBRARY to a native GDAL 3.6 or newer"
  if command -v apt-get >/dev/null; then
    local package
    package=$(gdal_package)
    [[ -n $package ]] || { as_root apt-get update && package=$(gdal_package); } || true
    [[ -n $package ]] || give_up "native GDAL is needed and the package sources offer no libgdal package; add one, $own"
    local version=${package#libgdal}
    ((${version%t64} >= 32)) || give_up "native GDAL 3.6 or newer is needed and $package is older; use a newer release, $own"
    say "installing native GDAL: $package and what it needs…"
    install_packages "$package" || give_up "native GDAL could not be installed; run: sudo apt-get install $package, $own"
  elif command -v dnf >/dev/null; then
    give_up "native GDAL is needed; run: sudo dnf install gdal-libs (EPEL on RHEL and its kin), $own"
  elif command -v apk >/dev/null; then
    give_up "native GDAL is needed; run as root: apk add gdal, $own"
  elif command -v zypper >/dev/null; then
    give_up "native GDAL is needed; run: sudo zypper install gdal, $own"
  elif command -v pacman >/dev/null; then
    give_up "native GDAL is needed; run: sudo pacman -S gdal, $own"
  elif command -v brew >/dev/null; then
    give_up "native GDAL is needed; run: brew install gdal, $own"
  else
    give_up "native GDAL is needed and there is no package manager known here; install GDAL 3.6 or newer, $own"
  fi
  have_gdal || give_up "native GDAL was installed but is not found; $own"
}

# The runtime library's package carries its number in its name (libgdal32, libgdal34t64, libgdal36 …): the newest on offer.
gdal_package() { apt-cache search --names-only '^libgdal[0-9]+(t64)?$' 2>/dev/null | cut -d ' ' -f 1 | sort -V | tail -n 1; }

# Debian packages without recommendations; once more after an update, for lists that are missing or out of date.
install_packages() {
  local install=(apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@")
  as_root "${install[@]}" || { as_root apt-get update && as_root "${install[@]}"; }
}

# Quiet unless it fails; sudo asks for its password on the terminal itself.
as_root() {
  local command=(env DEBIAN_FRONTEND=noninteractive "$@") output
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      say "no right to run: $* (neither root nor sudo)"
      return 1
    }
    command=(sudo "${command[@]}")
  fi
  output=$("${command[@]}" </dev/null 2>&1) || {
    tail -n 20 <<<"$output" >&2
    return 1
  }
}
