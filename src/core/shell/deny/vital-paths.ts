import { join } from "node:path/posix";

import { type Call, spellingsOf } from "./call.ts";

/** Folders without which the machine or somebody's home is gone. `~` is the home. */
const vital = `
  / /bin /boot /dev /efi /etc /home /lib /lib32 /lib64 /libx32 /media /mnt /nix /opt /proc
  /root /run /sbin /snap /srv /sys /usr /var /system /library /applications /users /volumes
  /private /usr/bin /usr/sbin /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/share
  /usr/include /usr/local /usr/src /usr/local/bin /usr/local/lib /var/lib /var/log /var/spool
  /var/mail /var/www /var/run /var/db /var/lib/dpkg /var/lib/docker /var/lib/mysql
  /var/lib/postgresql /var/lib/rpm /etc/passwd /etc/shadow /etc/group /etc/gshadow
  /etc/sudoers /etc/sudoers.d /etc/fstab /etc/ssh /etc/ssl /etc/pam.d /etc/systemd
  /etc/ld.so.conf /etc/ld.so.cache /etc/init.d /etc/profile /etc/nsswitch.conf /etc/security
  /etc/cron.d /etc/crontab /etc/apt /etc/default /etc/hosts /etc/resolv.conf ~ ~/documents
  ~/desktop ~/downloads ~/pictures ~/music ~/videos ~/.ssh ~/.gnupg ~/.config ~/.local
  ~/.local/share ~/.aws ~/.kube ~/library ~/projects ~/src ~/work ~/code
`
  .trim()
  .split(/\s+/);
/** Nothing in these may go, at any depth. */
const vitalTrees = ["/bin", "/boot", "/sbin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/sbin"];
/** Folders of many people's files, gone with everything in them; a parent of the project counts as well. */
const shared = ["/tmp", "/var/tmp", "/private/tmp", "/dev/shm"];

/** Whether a path, with its wildcards, names or covers something vital. */
export function isVital(call: Pick<Call, "scene" | "cwd">, text: string): boolean {
  if (text === "") return false;
  const { root, home } = call.scene;
  const all = vitalOf(root, home);
  return spellingsOf(call, text).some((spelling) => {
    const path = spelling.length > 1 ? spelling.replace(/\/+$/, "").toLowerCase() : spelling;
    const isOwn = path.startsWith(`${root.toLowerCase()}/`) && !all.has(root.toLowerCase());
    if (isOwn) return false;
    if (/[*?[]/.test(path)) return coversVital(path, all);
    return (
      all.has(path) ||
      vitalTrees.some((tree) => path.startsWith(`${tree}/`)) ||
      /^\/(home|users)\/[^/]+$/.test(path)
    );
  });
}

let cached: { readonly key: string; readonly all: ReadonlySet<string> } | undefined;

function vitalOf(root: string, home: string): ReadonlySet<string> {
  const key = `${root}\0${home}`;
  if (cached?.key === key) return cached.all;
  const ancestors: string[] = [];
  for (let path = join(root, ".."); path !== "/"; path = join(path, "..")) ancestors.push(path);
  const all = new Set(
    [
      ...vital.map((path) => path.replace(/^~/, home)),
      ...ancestors.filter((path) => !shared.includes(path)),
    ].map((path) => path.toLowerCase()),
  );
  cached = { key, all };
  return all;
}

function coversVital(pattern: string, all: ReadonlySet<string>): boolean {
  const parts = pattern.split("/").map((part) => {
    if (/^(\*+|\.\*|\.\[.*\]\*?|\.\?\*|\?\*|\.\.\?\*)$/.test(part)) return "[^/]+";
    // Many stars cost much and say little.
    if (part.split("*").length > 5) return "[^/]*";
    return part
      .replaceAll(/[\\^$+.()|{}]/g, String.raw`\$&`)
      .replaceAll("?", "[^/]")
      .replaceAll("*", "[^/]*")
      .replaceAll("[!", "[^");
  });
  const last = parts.at(-1);
  try {
    const matches = new RegExp(`^${parts.join("/")}$`);
    if ([...all].some((path) => matches.test(path))) return true;
    const parent = pattern.slice(0, pattern.lastIndexOf("/"));
    return last === "[^/]+" && (vitalTrees.includes(parent) || all.has(parent));
  } catch {
    return false;
  }
}
