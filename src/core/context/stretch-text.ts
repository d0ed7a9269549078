import { textOf } from "./calls.ts";
import type { ContextEntry } from "./entry.ts";
import type { Turn } from "./turns.ts";

/** A stretch of the conversation as plain text, whole but for thinking: what an artifact of it holds. */
export function stretchText(entries: readonly ContextEntry[], { from, to }: Turn): string {
  return entries
    .slice(from, to + 1)
    .flatMap((entry) => {
      if (entry.kind === "results")
        return entry.results.map(({ block, tool, about, artifact }) => {
          const more = artifact === undefined ? "" : ` (whole in ${artifact})`;
          return `== result of ${tool} ${about}${more}\n${textOf(block)}`;
        });
      if (entry.kind !== "reply") return [];
      return entry.blocks.flatMap((block) => {
        if (block.type === "text") return [`== said\n${block.text}`];
        if (block.type !== "tool_use") return [];
        return [`== call of ${block.name}\n${JSON.stringify(block.input, undefined, 1)}`];
      });
    })
    .join("\n");
}
