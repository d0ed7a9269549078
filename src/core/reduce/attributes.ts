import { basename, dirname, relative } from "node:path/posix";

import { matchGlobs } from "../glob/match-globs.ts";
import { pathsDown } from "../paths-down.ts";

/** Text of each `.gitattributes` by its folder, the top being `.`. */
export type AttributeFiles = ReadonlyMap<string, string>;

/** What the repository says of one file. */
export interface FileAttributes {
  /** Made by a program, or not to be merged as text. */
  readonly isGenerated: boolean;
  /** Characters of a conflict marker. */
  readonly markerSize: number;
}

const markerSizeOfGit = 7;

/** Folders whose `.gitattributes` count for a path, the top first. */
export function attributeFolders(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === "." ? ["."] : [".", ...pathsDown(folder)];
}

export function attributesOf(path: string, files: AttributeFiles): FileAttributes {
  const values = new Map<string, string>();
  for (const folder of attributeFolders(path)) {
    const lines = (files.get(folder) ?? "").split("\n");
    // The last that matches counts, and of two files the nearer.
    for (const line of lines) readLine(line, relative(folder, path), values);
  }
  const merge = values.get("merge");
  const size = Number(values.get("conflict-marker-size"));
  return {
    isGenerated:
      isOn(values.get("linguist-generated")) ||
      (merge !== undefined && !["true", "text", "union", "unspecified"].includes(merge)),
    markerSize: Number.isInteger(size) && size > 0 ? size : markerSizeOfGit,
  };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== "false" && value !== "unspecified";
}

function readLine(line: string, path: string, values: Map<string, string>): void {
  const [pattern = "", ...settings] = line.trim().split(/\s+/);
  if (pattern === "" || pattern.startsWith("#") || !matches(pattern, path)) return;
  for (const setting of settings) {
    const [, sign = "", name = "", , value] = /^([-!]?)([\w.-]+)(=(.*))?$/.exec(setting) ?? [];
    if (name === "binary" && sign === "") values.set("merge", "false");
    values.set(name, sign === "-" ? "false" : sign === "!" ? "unspecified" : (value ?? "true"));
  }
}

/** As in `.gitignore`: without a slash a pattern is about names, with one about paths from its file's folder. */
function matches(pattern: string, path: string): boolean {
  const options = { nonegate: true, nobrace: true, noextglob: true };
  return pattern.includes("/")
    ? matchGlobs([pattern.replace(/^\//, "")], options)(path)
    : matchGlobs([pattern], options)(basename(path));
}
