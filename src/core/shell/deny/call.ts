import { basename, join } from "node:path/posix";

import { whereLeads } from "../paths/resolve-path.ts";
import { runsLaterName } from "../paths/runs-later-names.ts";
import { secretName } from "../paths/secret-names.ts";
import type { ShellScene } from "../shell-scene.ts";
import type { Data } from "./data.ts";

/** A scene that remembers, for one search, where paths lead. */
export interface SearchScene extends ShellScene {
  readonly spelled: Map<string, readonly string[]>;
  /** Links that the script made, by path. */
  readonly planted: Map<string, string>;
}

/** One program with guessed arguments, whatever it was wrapped in. */
export interface Call {
  /** Without its folder. */
  readonly program: string;
  readonly args: readonly string[];
  /** Why something secret stands in its arguments or its environment. */
  readonly secretWords: string | undefined;
  readonly redirections: readonly GuessedRedirection[];
  readonly stdin: Data | undefined;
  readonly scene: SearchScene;
  readonly cwd: string | undefined;
  /** What the script itself wrote to files, by path. */
  readonly files: ReadonlyMap<string, Data>;
}

export interface GuessedRedirection {
  readonly operator: string;
  readonly target: string;
}

/** Says what no rule may allow about a call; undefined: nothing of its kind. */
export type DenyRule = (call: Call) => string | undefined;

/** Options of a call as far as they matter here: what starts with a dash, and the rest. */
export function operandsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  const before = end === -1 ? args : args.slice(0, end);
  const after = end === -1 ? [] : args.slice(end + 1);
  return [...before.filter((arg) => !/^-./.test(arg)), ...after];
}

/** Whether a cluster of short options holds the letter, or the long option (or its beginning) is there. */
export function hasOption(args: readonly string[], letters: string, long?: string): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) =>
    arg.startsWith("--")
      ? long !== undefined && arg.length > 3 && `--${long}`.startsWith(arg.replace(/=.*$/s, ""))
      : /^-[^-]/.test(arg) && letters.split("").some((letter) => arg.includes(letter)),
  );
}

/** Values given to options: `-o value`, `-ovalue`, `--out value`, `--out=value`. */
export function valuesOf(args: readonly string[], names: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const name = names.find((name) => arg === name);
    if (name !== undefined) return [args[index + 1] ?? ""];
    return names.flatMap((name) => {
      if (name.startsWith("--"))
        return arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : [];
      return arg.startsWith(name) && !arg.startsWith("--") ? [arg.slice(name.length)] : [];
    });
  });
}

/** A folder that nobody knows, deep enough for a few `..`. */
const nowhere = "/\uE001/\uE001/\uE001/\uE001";

/** The path as written, and where it leads. */
export function spellingsOf(call: Pick<Call, "scene" | "cwd">, text: string): readonly string[] {
  const key = `${call.cwd}\0${text}`;
  const before = call.scene.spelled.get(key);
  if (before !== undefined) return before;
  const given = text.startsWith("/") ? join("/", text) : join(call.cwd ?? nowhere, text);
  const resolved = whereLeads(call.scene, call.cwd, text);
  const spellings = [...new Set(resolved.kind === "known" ? [given, resolved.path] : [given])];
  call.scene.spelled.set(key, spellings);
  return spellings;
}

export function laterNameOf(call: Pick<Call, "scene" | "cwd">, text: string): string | undefined {
  return text === ""
    ? undefined
    : firstOf(spellingsOf(call, text), (path) => runsLaterName(path, call.scene.home));
}

/** Known by its name, or because the script put a secret there. */
export function secretAt(
  call: Pick<Call, "scene" | "cwd" | "files">,
  text: string,
): string | undefined {
  if (text === "") return undefined;
  return firstOf(
    spellingsOf(call, text),
    (path) =>
      secretName(path) ??
      call.files.get(path)?.secret ??
      (path === call.scene.home ? "a whole home folder" : undefined) ??
      (path === "/etc/passwd" ? "the machine's accounts" : undefined),
  );
}

export function programOf(word: string): string {
  return basename(word);
}

function firstOf<T>(items: readonly string[], of: (item: string) => T | undefined): T | undefined {
  for (const item of items) {
    const value = of(item);
    if (value !== undefined) return value;
  }
  return undefined;
}
