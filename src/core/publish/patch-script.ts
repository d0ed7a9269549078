import type { CommitId } from "../../model/ids.ts";
import { shellWord } from "../shell-word.ts";

export interface PatchToApply {
  readonly url: string;
  readonly branch: string;
  readonly base: CommitId;
  /** Beside the script. */
  readonly file: string;
}

/**
 * A script that does by hand what Skein did not: clones each repository, makes the branch, applies the patch, and pushes
 * when it is told to. Everything that is not a word of its own is quoted.
 */
export function patchScript(patches: readonly PatchToApply[]): string {
  const calls = patches.map(({ url, branch, base, file }) =>
    ["publish", url, branch, base, file].map((word) => shellWord(word)).join(" "),
  );
  return `${head}${calls.join("\n")}\n`;
}

const head = `#!/bin/sh
# Applies the patches beside it, a branch for each. Nothing is pushed unless it is called with --push.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
push=\${1:-}
publish() {
  into=$(mktemp -d "$work/XXXXXX")
  git clone --quiet -- "$1" "$into"
  git -C "$into" checkout --quiet -b "$2" "$3"
  git -C "$into" am --quiet --keep-cr < "$here/$4"
  echo "$2: $into"
  if [ "$push" = --push ]; then git -C "$into" push --quiet origin "HEAD:refs/heads/$2"; fi
}
`;
