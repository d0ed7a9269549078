import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const usual = { CACHE: ".cache", CONFIG: ".config", STATE: ".local/state" } as const;

/** Skein's own folder among a person's caches, settings or state (XDG base directories: what is not absolute does not count). */
export function xdgFolder(
  kind: keyof typeof usual,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const named = env[`XDG_${kind}_HOME`] ?? "";
  return join(isAbsolute(named) ? named : join(env["HOME"] ?? homedir(), usual[kind]), "skein");
}
