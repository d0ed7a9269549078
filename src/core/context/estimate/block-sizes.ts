import type { Block } from "../entry.ts";
import type { ViewMessage } from "../render-view.ts";
import { addSizes, type ClassSizes, noSizes, sizesOf } from "./class-sizes.ts";

/** What the API adds around a call or a result. */
const toolBlockTokens = 12;
/** An image or a page, whatever is on it: about the most one is scaled to. */
const attachmentTokens = 1_600;

/** Blocks are never changed, so each is measured once. */
const known = new WeakMap<Block, ClassSizes>();

export function blockSizes(block: Block): ClassSizes {
  const before = known.get(block);
  if (before !== undefined) return before;
  const sizes = measured(block);
  known.set(block, sizes);
  return sizes;
}

function measured(block: Block): ClassSizes {
  switch (block.type) {
    case "text":
      return sizesOf(block.text);
    case "thinking":
      return sizesOf(block.thinking);
    case "redacted_thinking":
      return sizesOf(block.data);
    case "compaction":
      return sizesOf(block.content ?? "");
    case "tool_use":
      return around(addSizes(sizesOf(block.name), sizesOf(JSON.stringify(block.input))));
    case "tool_result":
      return around(
        typeof block.content === "string"
          ? sizesOf(block.content)
          : (block.content ?? []).reduce(
              (sum, inner) =>
                addSizes(sum, inner.type === "text" ? sizesOf(inner.text) : attachment),
              noSizes,
            ),
      );
    default:
      return attachment;
  }
}

const attachment: ClassSizes = { ...noSizes, prose: attachmentTokens };

function around(sizes: ClassSizes): ClassSizes {
  return { ...sizes, json: sizes.json + toolBlockTokens };
}

export function viewSizes(view: readonly ViewMessage[]): ClassSizes {
  let sum = noSizes;
  for (const { content } of view)
    for (const block of content) sum = addSizes(sum, blockSizes(block));
  return sum;
}
