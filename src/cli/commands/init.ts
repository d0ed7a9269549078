import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { readConfig, repositoryConfigFile } from "../../adapters/config/read-config.ts";
import { trust } from "../../adapters/config/trust.ts";
import { folderAt } from "../../adapters/folder-at.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { InitOptions } from "../options.ts";

const starter = `# What agents may do in this repository, beside looking around and changing the files of their task.
# Rules that deny or ask always hold; rules that allow hold for whoever has run \`skein init --trust\` since the last change.
permissions:
  # mode: accept-edits        # read-only, ask, accept-edits, trusted
  allow: []                   # such as "Bash(npm test)", "Bash(npm run lint:*)", "WebFetch(domain:example.org)"
  ask: []
  deny: []                    # such as "Edit(migrations/**)", "Read(config/production/**)"
# Commands around what agents do; they run only once the repository is trusted.
hooks: []                     # such as { event: pre-tool, matcher: Edit, command: "node check.js" }
`;

/** `skein init`: a commented configuration, if there is none; with `--trust`, the repository may widen what agents may do. */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const there = folderAt(options.repo);
  if (!there.ok) return endWith(there.error, io);
  const repo = there.value;
  const file = repositoryConfigFile(repo);
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, starter, { flag: "wx" });
    io.stdout(`wrote ${file}\n`);
  } else if (!options.trust) io.stdout(`${file} is there already; nothing was changed\n`);
  const read = await readConfig(file);
  if (!read.ok) return endWith(read.error, io);
  if (options.trust) {
    io.stdout(
      `${await readFile(file, "utf8")}\ntrusted as it is now; a change asks for skein init --trust again\n`,
    );
    await trust(repo, io.env);
  }
  return 0;
}
