import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { FileContent } from "../../ports/workspace.ts";
import type { ObjectReader } from "./object-reader.ts";
import type { ObjectWriter } from "./object-writer.ts";

export interface TreeParts {
  readonly reader: ObjectReader;
  readonly blobs: ObjectWriter;
  readonly trees: ObjectWriter;
}

interface Entry {
  readonly mode: string;
  readonly id: string;
}

/** A tree with other content in files that it has; no checkout, no index. */
export async function replaceFiles(
  parts: TreeParts,
  tree: TreeId,
  files: ReadonlyMap<string, FileContent>,
): Promise<Result<TreeId>> {
  const found = await Promise.all(
    [...files].map(async ([path, content]) => [path, await entryOf(parts, path, content)] as const),
  );
  const entries = new Map<string, Partial<Entry>>();
  for (const [path, entry] of found) {
    if (!entry.ok) return entry;
    entries.set(bytesOf(path), entry.value);
  }
  const changed = await changeTree(parts, tree, entries);
  return changed.ok ? ok(changed.value as TreeId) : changed;
}

/** A path whose characters are its bytes. */
function bytesOf(path: string): string {
  return Buffer.from(path).toString("latin1");
}

/** Of a text only the id is known: its mode stays. */
async function entryOf(
  { reader, blobs }: TreeParts,
  path: string,
  content: FileContent,
): Promise<Result<Partial<Entry>>> {
  if ("text" in content) {
    const written = await blobs.write(content.text);
    return written.ok ? ok({ id: written.value }) : written;
  }
  return findEntry(reader, content.from, path);
}

async function findEntry(
  reader: ObjectReader,
  commit: CommitId,
  path: string,
): Promise<Result<Entry>> {
  let name = `${commit}^{tree}`;
  let found: Entry | undefined;
  for (const part of bytesOf(path).split("/")) {
    const tree = await reader.read(name);
    if (!tree.ok) return tree;
    found = tree.value?.type === "tree" ? entriesIn(tree.value).get(part) : undefined;
    if (found === undefined) return err(failure("git", `${commit.slice(0, 10)} has no ${path}`));
    name = found.id;
  }
  return found === undefined ? err(failure("git", "no path")) : ok(found);
}

async function changeTree(
  parts: TreeParts,
  tree: string,
  changes: ReadonlyMap<string, Partial<Entry>>,
): Promise<Result<string>> {
  const read = await parts.reader.read(tree);
  if (!read.ok) return read;
  if (read.value?.type !== "tree") return err(failure("git", `${tree} is no tree`));
  const entries = entriesIn(read.value);
  const inFolders = new Map<string, Map<string, Partial<Entry>>>();
  for (const [path, change] of changes) {
    const [name = "", ...rest] = path.split("/");
    const known = entries.get(name);
    if (known === undefined) return err(failure("git", `the merge has no ${path}`));
    if (rest.length === 0) entries.set(name, { ...known, ...change });
    else {
      const inFolder = inFolders.get(name) ?? new Map<string, Partial<Entry>>();
      inFolders.set(name, inFolder.set(rest.join("/"), change));
    }
  }
  for (const [name, inner] of inFolders) {
    const known = entries.get(name);
    const folder = await changeTree(parts, known?.id ?? "", inner);
    if (!folder.ok) return folder;
    entries.set(name, { mode: known?.mode ?? "40000", id: folder.value });
  }
  const lines = [...entries].map(([name, { mode, id }]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(id, "hex")]),
  );
  return parts.trees.write(Buffer.concat(lines));
}

/** `mode SP name NUL id`, ids as bytes, as long as the tree's own. Names as bytes too, since not all are UTF-8. */
function entriesIn({
  id,
  content,
}: {
  readonly id: string;
  readonly content: Buffer;
}): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const idBytes = id.length / 2;
  for (let at = 0; at < content.length;) {
    const blank = content.indexOf(32, at);
    const end = content.indexOf(0, blank);
    const next = end + 1 + idBytes;
    entries.set(content.toString("latin1", blank + 1, end), {
      mode: content.toString("latin1", at, blank),
      id: content.toString("hex", end + 1, next),
    });
    at = next;
  }
  return entries;
}
