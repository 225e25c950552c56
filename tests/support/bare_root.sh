#!/bin/sh
# bare_root.sh: a command in a bare Debian 12 with only git and make
# SPDX-License-Identifier: MIT
#
# usage: bare_root.sh FOLDER [COMMAND...]       (as root)
#
# Makes a root in FOLDER by debootstrap, unless there is one, from the mirror
# that this machine's apt uses; clones this repository's HEAD into it; and
# runs the command there (default: make test), in its own list of processes,
# so that nothing of it outlives the command.
set -eu

[ $# -ge 1 ] || { sed -n '5s/^# //p' "$0"; exit 2; }
root=$1
shift
[ $# -gt 0 ] || set -- make test
repository=$(cd "$(dirname "$0")/../.." && pwd)

# "URI SUITE" of each Debian 12 archive that apt knows here.
archives() {
	# shellcheck disable=SC2016 # apt expands
	apt-get indextargets --format '$(REPO_URI) $(SUITE) $(RELEASE)' \
		'Created-By: Packages' |
		awk '$3 ~ /^bookworm/ && $1 ~ /debian/ { print $1, $3 }' | sort -u
}

if [ ! -e "$root/etc/debian_version" ]; then
	mirror=$(archives | awk '$2 == "bookworm" { print $1; exit }')
	[ -n "$mirror" ] || { echo "apt knows no mirror of Debian 12" >&2; exit 1; }
	debootstrap --variant=minbase --include=git,make bookworm "$root" "$mirror"
	archives | sed 's/.*/deb & main/' >"$root/etc/apt/sources.list"
	apt-config dump Acquire | grep -i -e '::Proxy' -e '::CA' \
		>"$root/etc/apt/apt.conf.d/90host" || true
fi
cp /etc/resolv.conf /etc/hosts "$root/etc/"
# Authorities that this machine trusts besides Debian's, for npm.
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
	cp "$NODE_EXTRA_CA_CERTS" "$root/etc/host-ca.pem"
	NODE_EXTRA_CA_CERTS=/etc/host-ca.pem
fi

rm -rf "$root/srv/rubrica.new"
git clone -q --no-hardlinks "$repository" "$root/srv/rubrica.new"
if [ -d "$root/srv/rubrica" ]; then # keep what was built and its VAR
	git -C "$root/srv/rubrica" fetch -q "$root/srv/rubrica.new"
	git -C "$root/srv/rubrica" reset -q --hard FETCH_HEAD
	rm -rf "$root/srv/rubrica.new"
else
	mv "$root/srv/rubrica.new" "$root/srv/rubrica"
fi

# shellcheck disable=SC2016 # the inner shell expands
exec unshare --mount --pid --fork sh -c '
	root=$1
	shift
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev"
	mount -t tmpfs tmpfs "$root/tmp"
	exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		HOME=/root TERM=dumb ${http_proxy:+http_proxy="$http_proxy"} \
		${https_proxy:+https_proxy="$https_proxy"} \
		${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} \
		${npm_config_registry:+npm_config_registry="$npm_config_registry"} \
		sh -c "cd /srv/rubrica && exec \"\$@\"" sh "$@"
' sh "$root" "$@"
