import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAddress } from "../../core/repos/parse-address.ts";
import { failure } from "../../model/failure.ts";
import type { RepoAddress } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { PublishPlace } from "../../ports/publishing.ts";
import { createGit } from "../git/git.ts";

/**
 * A repository to push a checkout's commits from: its objects by reference, and none of its settings, which could name
 * programs to connect with, other servers, or helpers that are asked for passwords.
 */
export async function openPushStore(
  path: string,
  checkout: { readonly commonDir: string },
): Promise<Result<string>> {
  const info = join(path, ".git", "objects", "info");
  await mkdir(info, { recursive: true, mode: 0o700 });
  await writeFile(join(info, "alternates"), `${join(checkout.commonDir, "objects")}\n`);
  const made = await createGit(path).run(["init", "--quiet", "--template="]);
  if (!made.ok) return made;
  const shallow = join(checkout.commonDir, "shallow");
  // Most have their whole history, and no such file.
  await copyFile(shallow, join(path, ".git", "shallow")).catch(() => undefined);
  return ok(path);
}

/** Where a checkout's work goes, with a store in a folder that is made when it is asked for. */
export async function placeOfCheckout(
  checkout: { readonly repo: string; readonly commonDir: string },
  folder: string,
): Promise<Result<PublishPlace>> {
  const address = await originOf(checkout.repo);
  if (!address.ok) return address;
  const store = await openPushStore(folder, checkout);
  return store.ok ? ok({ address: address.value, store: store.value }) : store;
}

/** Where a checkout's `origin` leads, read as the hostile text that a repository's settings are. */
export async function originOf(repo: string): Promise<Result<RepoAddress>> {
  const read = await createGit(repo).try(["config", "--local", "--get", "remote.origin.url"]);
  const url = read.stdout.trim();
  if (read.exitCode !== 0 || url === "") {
    return err(
      failure("usage", `${repo} has no remote called origin`, {
        hint: "git remote add origin URL, or via: patch",
      }),
    );
  }
  const address = parseAddress(url, repo);
  return address.ok
    ? ok(address.value)
    : err(
        failure("usage", `origin of ${repo}: ${address.error.message}`, {
          hint: address.error.expected,
        }),
      );
}
