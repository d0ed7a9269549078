import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Ledger } from "../../core/context/ledger.ts";
import { readTextFile } from "../tools/file-content.ts";
import { type FileReach, locate, readRefusal } from "../tools/path-refusal.ts";
import type { KeeperOptions } from "./keeper-options.ts";

/** Of the files changed last, so many are shown again, with so many tokens each; of longer ones only their name. */
const filesMax = 5;
const fileTokensMax = 5_000;

/** Shows an agent the files it changed last as they are on the disk now: what a summary says of them is no evidence. */
export function createRehydration(
  reach: FileReach,
  options: {
    readonly tokensOf: (text: string) => number;
    readonly hides: (path: string) => boolean;
  },
): Pick<KeeperOptions, "rehydrate" | "knowsPath"> {
  return {
    rehydrate: async ({ edited }: Ledger) => {
      const paths = edited.map(({ path }) => path).filter((path) => !options.hides(path));
      const shown = await Promise.all(
        paths.slice(-filesMax).map((path) => fileText(reach, path, options)),
      );
      return shown.filter((text) => text !== undefined);
    },
    knowsPath: (path) => existsSync(join(reach.root, path)),
  };
}

async function fileText(
  reach: FileReach,
  named: string,
  { tokensOf }: { readonly tokensOf: (text: string) => number },
): Promise<string | undefined> {
  const path = await locate(reach, named);
  if (!path.ok || readRefusal(reach, path.value) !== undefined) return undefined;
  const file = await readTextFile(path.value, "Read it in parts.").catch(() => undefined);
  if (file?.ok !== true) return undefined;
  const { text } = file.value;
  return tokensOf(text) > fileTokensMax
    ? `${named} is as you left it or has changed since; it is too long to be shown here. Read what you need of it.`
    : `${named} now reads:\n${text}`;
}
