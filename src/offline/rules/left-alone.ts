import { isCode, isMarkdown } from "../../core/codemod/source.ts";
import type { Change } from "./change.ts";

const folders = /(?:^|\/)(?:node_modules|bower_components|dist|vendor|coverage|\.git|\.yarn)\//;
const lockFiles =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|composer\.lock|go\.sum)$/;
const binaries =
  /\.(?:png|jpe?g|gif|webp|avif|ico|pdf|zip|gz|tgz|woff2?|ttf|eot|otf|mp[34]|webm|wasm|node|exe|dll|so|map|snap\.png)$/i;
/** A record of what was: it keeps the names that were used then. */
const history =
  /(?:^|\/)(?:change(?:s|log)?|history|releases?|release-notes|news)(?:[.-][^/]*)?\.(?:md|mdx|markdown|txt)$|(?:^|\/)\.changeset\//i;
const lineMax = 5_000;

/** Whether a change may concern a file at all, by its path. */
export function mayChange(path: string, change: Change): boolean {
  const { kind } = change;
  if (folders.test(path) || lockFiles.test(path) || binaries.test(path)) return false;
  if (/\.min\.[cm]?js$/.test(path)) return false;
  if (kind === "replace-text") return true;
  return isMarkdown(path) ? mayChangeProse(change) && !history.test(path) : isCode(path);
}

function mayChangeProse(change: Change): boolean {
  if (change.kind === "rename") return change.mentions;
  return change.kind === "rename-method" && !change.callsOnly;
}

/** Why a file's content says that it is not written by hand; undefined: it may be edited. */
export function notByHand(text: string): string | undefined {
  if (text.includes("\0")) return "binary";
  const top = text.slice(0, 2_000);
  if (/@generated\b|\bdo not (?:edit|modify)\b/i.test(commentsOf(top))) return "generated";
  return text.split("\n").some((line) => line.length > lineMax) ? "minified" : undefined;
}

/** Comment lines before the first code, roughly: where a generator signs. */
function commentsOf(top: string): string {
  const lines = top.split("\n");
  const first = lines.findIndex(
    (line) => !/^\s*(?:\/\/|\/\*|\*|#|<!--|--|"use |'use |$)/.test(line),
  );
  return (first < 0 ? lines : lines.slice(0, first)).join("\n");
}
