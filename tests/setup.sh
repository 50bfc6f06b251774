#!/bin/sh
# What the tests need besides Python: Chromium, a Chinese font, Java and three npm packages for those
# in the browser; sshd, rsync and nginx for those that publish.
#
# Running it again changes nothing; what is there already is left as it is. Debian packages are
# installed only when a program is missing, and only as root or with a sudo that asks nothing.
set -eu
cd "$(dirname "$0")/.."

main() {
    packages=$(missing_packages)
    if [ -n "$packages" ]; then install_packages; fi
    install_browser_tools
}

missing_packages() {
    command -v chromium >/dev/null || echo chromium
    has_chinese_font || echo fonts-noto-cjk
    java -version >/dev/null 2>&1 || echo default-jre-headless
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
    [ -x /usr/sbin/sshd ] || echo openssh-server
    command -v rsync >/dev/null || echo rsync
    [ -x /usr/sbin/nginx ] || echo nginx-light
}

has_chinese_font() {
    [ "$(uname)" != Linux ] ||
        [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] ||
        fc-list :lang=zh-cn 2>/dev/null | grep -q .
}

# The list is split into words on purpose.
install_packages() {
    command -v apt-get >/dev/null || give_up '这台机器没有 apt-get'
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || give_up '当前用户不能安装系统软件'
        as_root='sudo -n'
    fi
    echo "正在安装系统软件：$(echo $packages) …"
    $as_root apt-get update -qq || echo '软件包列表没有更新成功，用现有的列表继续。' >&2
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends $packages >/dev/null ||
        give_up 'apt-get 没有装成'
    packages=$(missing_packages)
    [ -z "$packages" ] || give_up '装过之后仍然找不到'
}

give_up() {
    echo "测试所需的软件不全：$1。" >&2
    echo "请先安装：$(echo $packages)" >&2
    echo '不需要浏览器和服务器的测试可以单独运行：.venv/bin/python -m pytest tests/unit' >&2
    exit 1
}

# npm works on a copy, so that node_modules never stands among the sources.
install_browser_tools() {
    tools=.cache/browser-tools
    if cmp -s tests/browser/package-lock.json "$tools/installed.json"; then return; fi
    echo '正在安装 axe-core、vnu-jar 和 lighthouse …'
    mkdir -p "$tools"
    cp tests/browser/package.json tests/browser/package-lock.json "$tools/"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp tests/browser/package-lock.json "$tools/installed.json"
}

main
