"""Scripts: what is asked of the server's shell over ssh.

Promise: each is cut off at no point with half a release shown, and can be run again after a cut. A
connection that breaks ends a script's input early: what came in is compared before it is used.
"""

from __future__ import annotations

# base, token (empty for a look), text of the lock, "yes" to take the lock over.
# Says «held» and the lock, or «ok», the current release, all releases, and its manifest.
OPEN = """
set -eu
umask 022
# Other programs have folders of these names too, and publishing empties its own.
if [ ! -d "$1/manifests" ]; then
    for one in current releases incoming; do
        if [ -L "$1/$one" ] || [ -n "$(ls -A "$1/$one" 2>/dev/null)" ]; then
            echo foreign
            echo "$one"
            exit 0
        fi
    done
fi
if [ -n "$2" ]; then
    mkdir -p "$1/manifests" "$1/releases"
    cd "$1"
    printf %s "$3" >".lock.$2"
    if ! ln ".lock.$2" publish.lock 2>/dev/null; then
        if [ "$4" != yes ] && ! grep -qF "\\"$2\\"" publish.lock; then
            rm -f ".lock.$2"
            echo held
            cat publish.lock
            exit 0
        fi
        mv -f ".lock.$2" publish.lock
    fi
    rm -f ".lock.$2"
    # A server process of a run that was cut may still be writing: it keeps the folder it knows,
    # this run goes on in another with the same files.
    rm -rf stale work
    if [ -d incoming ]; then
        cp -al incoming work
        mv incoming stale
        mv work incoming
        rm -rf stale
    fi
elif [ -d "$1" ]; then
    cd "$1"
else
    printf 'ok\\n\\n\\n'
    exit 0
fi
if [ -e current ] && [ ! -L current ]; then
    echo foreign
    echo current
    exit 0
fi
name=$(readlink current || true)
name=${name##*/}
echo ok
echo "$name"
echo $(ls releases 2>/dev/null || true)
if [ -n "$name" ] && [ -f "manifests/$name.json" ]; then cat "manifests/$name.json"; fi
"""

# base, folder in it; the list of digests comes in. Says the files that differ, how many there are,
# and «checked».
VERIFY = """
set -eu
cd "$1/$2"
command -v sha256sum >/dev/null
[ "$2" = current ] || find . -name .rsync-partial -prune -exec rm -rf {} +
LC_ALL=C sha256sum -c --quiet - 2>/dev/null || true
echo "files $(find . -type f | wc -l)"
echo checked
"""

# base, release, how many to keep, SHA-256 of the manifest, signature; the manifest comes in.
FINISH = """
set -eu
umask 022
cd "$1"
cat >manifests/.new
if [ "$(sha256sum <manifests/.new | cut -c1-64)" != "$4" ]; then
    echo 'manifest incomplete' >&2
    exit 1
fi
mv manifests/.new "manifests/$2.json"
if [ -n "$5" ]; then printf %s "$5" >"manifests/$2.json.sig"; fi
mv -T incoming "releases/$2"
before=$(readlink current || true)
before=${before##*/}
rm -f current.new
ln -s "releases/$2" current.new
mv -T current.new current
ours() { ls releases | grep -Ex '[0-9]{8}-[0-9]{6}-[0-9a-f]{8}' || true; }
# Those later than the one that was online were never shown, or gone back from.
ours | while read -r old; do
    if [ "$old" != "$2" ] && [ "$old" \\> "$before" ]; then
        rm -rf "releases/$old" "manifests/$old.json" "manifests/$old.json.sig"
    fi
done
ours | sort | head -n "-$3" | while read -r old; do
    if [ "$old" != "$2" ]; then
        rm -rf "releases/$old" "manifests/$old.json" "manifests/$old.json.sig"
    fi
done
rm -f publish.lock
echo finished
"""

# base, release.
SWITCH = """
set -eu
cd "$1"
[ -d "releases/$2" ]
rm -f current.new
ln -s "releases/$2" current.new
mv -T current.new current
rm -f publish.lock
echo switched
"""

# base, path: a file that readers see now.
FETCH = """
cat "$1/current/$2"
"""

# base, token: the lock, where it is one's own.
CLOSE = """
cd "$1"
if grep -qF "\\"$2\\"" publish.lock 2>/dev/null; then rm -f publish.lock; fi
"""
