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

/** Undefined: the file is gone. Of a text only the id is known: its mode stays. */
type Change = Partial<Entry> | undefined;

/** A tree with other files; no checkout, no index. */
export async function replaceFiles(
  parts: TreeParts,
  tree: TreeId,
  files: ReadonlyMap<string, FileContent>,
): Promise<Result<TreeId>> {
  const found = await Promise.all(
    [...files].map(async ([path, content]) => [path, await entryOf(parts, path, content)] as const),
  );
  const changes = new Map<string, Change>();
  for (const [path, change] of found) {
    if (!change.ok) return change;
    changes.set(bytesOf(path), change.value);
  }
  const entries = await entriesOf(parts, tree);
  if (!entries.ok) return entries;
  const changed = await changeTree(parts, entries.value, changes);
  return changed.ok ? writeTree(parts, changed.value) : changed;
}

/** A path whose characters are its bytes. */
function bytesOf(path: string): string {
  return Buffer.from(path).toString("latin1");
}

async function entryOf(
  { reader, blobs }: TreeParts,
  path: string,
  content: FileContent,
): Promise<Result<Change>> {
  if ("isGone" in content) return ok(undefined);
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

/** Entries of a folder after changes; in folders that have none left, too. */
async function changeTree(
  parts: TreeParts,
  entries: Map<string, Entry>,
  changes: ReadonlyMap<string, Change>,
): Promise<Result<Map<string, Entry>>> {
  const inFolders = new Map<string, Map<string, Change>>();
  for (const [path, change] of changes) {
    const [name = "", ...rest] = path.split("/");
    if (rest.length > 0) {
      const inFolder = inFolders.get(name) ?? new Map<string, Change>();
      inFolders.set(name, inFolder.set(rest.join("/"), change));
    } else if (change === undefined) entries.delete(name);
    else {
      const { mode, id } = { ...entries.get(name), ...change };
      if (mode === undefined || id === undefined)
        return err(failure("git", `the merge has no ${path}`));
      entries.set(name, { mode, id });
    }
  }
  // A file may take the place of a folder, and a folder that of a file: files first.
  for (const [name, inner] of inFolders) {
    const known = entries.get(name);
    const isFolder = known?.mode === folderMode;
    const before = isFolder ? await entriesOf(parts, known.id) : ok(new Map<string, Entry>());
    if (!before.ok) return before;
    const after = await changeTree(parts, before.value, inner);
    if (!after.ok) return after;
    if (after.value.size === 0) {
      if (isFolder) entries.delete(name);
      continue;
    }
    const folder = await writeTree(parts, after.value);
    if (!folder.ok) return folder;
    entries.set(name, { mode: folderMode, id: folder.value });
  }
  return ok(entries);
}

const folderMode = "40000";

async function entriesOf(parts: TreeParts, tree: string): Promise<Result<Map<string, Entry>>> {
  const read = await parts.reader.read(tree);
  if (!read.ok) return read;
  return read.value?.type === "tree"
    ? ok(entriesIn(read.value))
    : err(failure("git", `${tree} is no tree`));
}

async function writeTree(
  { trees }: TreeParts,
  entries: ReadonlyMap<string, Entry>,
): Promise<Result<TreeId>> {
  // As git sorts: by bytes, a folder as if its name ended with a slash.
  const key = ([name, { mode }]: readonly [string, Entry]): string =>
    mode === folderMode ? `${name}/` : name;
  const sorted = [...entries].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const lines = sorted.map(([name, { mode, id }]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(id, "hex")]),
  );
  const written = await trees.write(Buffer.concat(lines));
  return written.ok ? ok(written.value as TreeId) : written;
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
