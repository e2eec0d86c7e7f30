# What ./start and ./check share: words, tools, packages and the web build. Sourced by bash, not run.

say() { printf '\n\033[1m→ %s\033[0m\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }

target_folder() { printf '%s' "${CARGO_TARGET_DIR:-target}"; }

# Rust through rustup (the version is pinned in rust-toolchain.toml) and Node 20.19 or newer.
need_tools() {
  local missing=()
  [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
  command -v cargo >/dev/null || missing+=("Rust：请装 rustup（https://rustup.rs），版本会自动选好")
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    missing+=("Node.js 20.19 或更新（https://nodejs.org），连同 npm")
  elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    missing+=("Node.js 太旧：现在是 $(node --version)，需要 20.19 或更新（https://nodejs.org）")
  fi
  [ ${#missing[@]} -eq 0 ] && return
  printf '\n还缺：\n' >&2
  printf '  - %s\n' "${missing[@]}" >&2
  exit 1
}

# Each argument is `probe:debian-package`, the probe being a command or a path with wildcards. Missing packages are
# installed as root on Debian and its kin; anybody else gets the one line to run.
need_packages() {
  local pair probe missing=()
  for pair in "$@"; do
    probe="${pair%%:*}"
    has "$probe" || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "安装 ${missing[*]}"
    apt-get update -qq || stop "软件源读不了，请检查网络后再来"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      stop "没有装上：${missing[*]}"
    return
  fi
  if command -v apt-get >/dev/null; then
    stop "还缺系统软件包，请运行这一行，再重新来过：
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  stop "还缺系统软件，请用本系统的包管理器安装（Debian 的名字）：${missing[*]}"
}

has() {
  case "$1" in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# Installs a folder's npm packages when its lock file is newer than what is installed.
npm_packages() {
  local folder="$1"
  if [ ! -f "$folder/node_modules/.package-lock.json" ] ||
    [ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]; then
    (cd "$folder" && npm ci --no-fund --no-audit --loglevel=error) || return 1
    touch "$folder/node_modules/.package-lock.json"
  fi
}

# Builds the web unless what is built is newer than every source.
build_web() {
  if [ -f web/dist/index.html ] &&
    [ -z "$(find web api -newer web/dist/index.html -type f \
      -not -path 'web/dist/*' -not -path '*/node_modules/*' -print -quit)" ]; then
    say "网页没有变化，不用重建"
    return
  fi
  say "构建网页"
  npm_packages web || return 1
  (cd web && npm run --silent build) || return 1
  touch web/dist/index.html
}
