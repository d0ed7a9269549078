import { join } from "node:path/posix";

import type { PathEntry, ShellScene } from "../../../src/core/shell/shell-scene.ts";

/** A scene over a few files told by name: `"folder"`, `"file"`, or the target of a link. */
export function sceneOf(
  files: Readonly<Record<string, string>> = {},
  changes: Partial<ShellScene> = {},
): ShellScene {
  const entries = new Map<string, PathEntry>([["/", { kind: "folder" }]]);
  const put = (path: string, entry: PathEntry): void => {
    entries.set(path, entry);
    for (let folder = join(path, ".."); folder !== "/"; folder = join(folder, "..")) {
      if (!entries.has(folder)) entries.set(folder, { kind: "folder" });
    }
  };
  for (const folder of ["/work/project", "/home/dev", "/etc", "/usr/bin", "/bin", "/tmp"]) {
    put(folder, { kind: "folder" });
  }
  for (const [path, what] of Object.entries(files)) {
    if (what === "file") put(path, { kind: "file", links: 1 });
    else put(path, what === "folder" ? { kind: "folder" } : { kind: "link", target: what });
  }
  return {
    root: "/work/project",
    readable: [],
    home: "/home/dev",
    cwd: "/work/project",
    look: (path) => entries.get(path) ?? { kind: "missing" },
    list: (path) =>
      [...entries.keys()]
        .filter((entry) => entry !== "/" && join(entry, "..") === path)
        .map((entry) => entry.slice(entry.lastIndexOf("/") + 1)),
    locate: (program) => `/usr/bin/${program}`,
    gitHazard: () => undefined,
    ...changes,
  };
}
