import { dirname } from "node:path/posix";

import type { MemoryFiles } from "../../src/ports/memory-files.ts";
import type { Chance } from "./made-up-text.ts";

/** Thrown where the power goes; nothing happens after it. */
export class PowerCut extends Error {}

interface Inode {
  /** As a process that is alive reads it. */
  text: string;
  /** What is surely on the disk; undefined: none of it. */
  synced: string | undefined;
}

type Change =
  | { readonly kind: "link"; readonly path: string; readonly inode: Inode }
  | { readonly kind: "unlink"; readonly path: string };

/**
 * A disk with the semantics that POSIX leaves it after a power cut: text counts once it was synced (before that, any part of
 * it may be there), a name once its folder was (before that, each change of names may have happened or not, by itself).
 */
export class PowerCutFiles implements MemoryFiles {
  private names: Map<string, Inode>;
  private durable: Map<string, Inode>;
  private pending: Change[] = [];
  private dirs: Set<string>;
  /** Operations done so far. */
  count = 0;
  /** At this operation the power goes. */
  private cutAt: number;

  constructor(cutAt = Number.POSITIVE_INFINITY, names: ReadonlyMap<string, string> = new Map()) {
    this.cutAt = cutAt;
    this.names = new Map([...names].map(([path, text]) => [path, { text, synced: text }]));
    this.durable = new Map(this.names);
    this.dirs = new Set([...names.keys()].flatMap((path) => parentsOf(path)));
  }

  private step(): void {
    this.count += 1;
    if (this.count >= this.cutAt) throw new PowerCut("the power went");
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.names.get(path)?.text);
  }

  list(path: string): Promise<readonly { readonly name: string; readonly kind: "file" | "dir" }[]> {
    const found = new Map<string, "file" | "dir">();
    for (const name of this.names.keys()) {
      if (!name.startsWith(`${path}/`)) continue;
      const [first = "", ...rest] = name.slice(path.length + 1).split("/");
      found.set(first, rest.length === 0 ? "file" : "dir");
    }
    return Promise.resolve([...found].map(([name, kind]) => ({ name, kind })));
  }

  async write(path: string, text: string): Promise<void> {
    this.step();
    if (!this.dirs.has(dirname(path)) && dirname(path) !== ".")
      throw new Error(`there is no folder ${dirname(path)}`);
    const inode = { text, synced: undefined };
    this.names.set(path, inode);
    this.pending.push({ kind: "link", path, inode });
  }

  async sync(path: string): Promise<void> {
    this.step();
    const inode = this.names.get(path);
    if (inode === undefined) throw new Error(`there is no file ${path}`);
    inode.synced = inode.text;
  }

  async rename(from: string, to: string): Promise<void> {
    this.step();
    const inode = this.names.get(from);
    if (inode === undefined) throw new Error(`there is no file ${from}`);
    this.names.delete(from);
    this.names.set(to, inode);
    this.pending.push({ kind: "link", path: to, inode }, { kind: "unlink", path: from });
  }

  async remove(path: string): Promise<void> {
    this.step();
    this.names.delete(path);
    this.pending.push({ kind: "unlink", path });
  }

  async makeDir(path: string): Promise<void> {
    this.step();
    for (const one of [path, ...parentsOf(path)]) this.dirs.add(one);
  }

  async removeEmptyDir(): Promise<void> {
    this.step();
  }

  async syncDir(path: string): Promise<void> {
    this.step();
    const own = this.pending.filter((change) => dirname(change.path) === path);
    for (const change of own) apply(this.durable, change);
    this.pending = this.pending.filter((change) => dirname(change.path) !== path);
  }

  /** What is there after the power comes back: one of the many disks that may be. */
  afterCut(chance: Chance): Map<string, string> {
    const names = new Map(this.durable);
    for (const change of this.pending) if (chance.below(2) === 0) apply(names, change);
    return new Map([...names].map(([path, inode]) => [path, textAfter(inode, chance)]));
  }

  /** All files, as a process that is alive reads them. */
  all(): ReadonlyMap<string, string> {
    return new Map([...this.names].map(([path, { text }]) => [path, text]));
  }
}

function apply(names: Map<string, Inode>, change: Change): void {
  if (change.kind === "link") names.set(change.path, change.inode);
  else names.delete(change.path);
}

function textAfter({ text, synced }: Inode, chance: Chance): string {
  if (synced !== undefined) return synced;
  return (
    [text, "", text.slice(0, chance.below(text.length + 1)), "\0".repeat(text.length)][
      chance.below(4)
    ] ?? ""
  );
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
