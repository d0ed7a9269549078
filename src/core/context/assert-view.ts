import type { Block } from "./entry.ts";
import type { ViewMessage } from "./render-view.ts";

/** Most bytes of a request body, below the API's 32 MB (context.md, I11). */
const bytesMax = 30_000_000;

/**
 * What is wrong with a view, as the API would see it; undefined when nothing is. A breach is a bug of ours and is
 * caught before it is sent. The figures in the texts are places: message, block.
 */
export function viewProblem(
  view: readonly ViewMessage[],
  { mayEndWithReply }: { readonly mayEndWithReply: boolean },
): string | undefined {
  const isSummed = view[0]?.content[0]?.type === "compaction";
  if (view[0]?.role !== "user" && !isSummed) return "the first message is not the user's";
  if (view.at(-1)?.role !== "user" && !mayEndWithReply) return "the last message is not the user's";
  const ids = new Set<string>();
  let bytes = 0;
  for (const [at, { role, content }] of view.entries()) {
    if (content.length === 0) return `message ${at} is empty`;
    // A summary stands for messages of both roles.
    if (view[at - 1]?.role === role && !(isSummed && at === 1))
      return `message ${at} has the role of the one before`;
    for (const [place, block] of content.entries()) {
      if (block.type === "text" && block.text.trim() === "") return `${at}.${place} is blank text`;
      bytes += lengthOf(block);
      if (block.type !== "tool_use") continue;
      if (role === "user") return `${at}.${place} is a call in a user message`;
      if (ids.has(block.id)) return `${at}.${place} has the id of another call`;
      ids.add(block.id);
    }
    const wrong = pairProblem(view, at);
    if (wrong !== undefined) return wrong;
  }
  return bytes > bytesMax ? `it has ${bytes} characters, more than the API takes` : undefined;
}

/** Each call is answered once, in the next message, before anything else is said there. */
function pairProblem(view: readonly ViewMessage[], at: number): string | undefined {
  const message = view[at];
  if (message?.role !== "user") return undefined;
  const calls = (view[at - 1]?.content ?? []).flatMap((block) =>
    block.type === "tool_use" ? [block.id] : [],
  );
  const results = message.content.flatMap((block) =>
    block.type === "tool_result" ? [block.tool_use_id] : [],
  );
  const heads = message.content.slice(0, results.length);
  if (heads.some(({ type }) => type !== "tool_result"))
    return `message ${at} has text before results`;
  if (new Set(results).size !== results.length) return `message ${at} answers a call twice`;
  if (results.some((id) => !calls.includes(id))) return `message ${at} answers a call nobody made`;
  return calls.some((id) => !results.includes(id))
    ? `message ${at} leaves a call without result`
    : undefined;
}

function lengthOf(block: Block): number {
  if (block.type === "text") return block.text.length;
  if (block.type === "tool_result" && typeof block.content === "string")
    return block.content.length;
  if (block.type === "thinking") return block.thinking.length + block.signature.length;
  return JSON.stringify(block).length;
}

/** Whether a view only adds to the one sent before it: what the cache and the model's thinking rely on. */
export function isGrown(before: readonly ViewMessage[], now: readonly ViewMessage[]): boolean {
  const earlier = flat(before);
  const later = flat(now);
  return (
    later.length >= earlier.length &&
    earlier.every(({ role, block }, index) => {
      const next = later[index];
      return (
        next?.role === role &&
        (next.block === block || JSON.stringify(next.block) === JSON.stringify(block))
      );
    })
  );
}

function flat(
  view: readonly ViewMessage[],
): readonly { readonly role: string; readonly block: Block }[] {
  return view.flatMap(({ role, content }) => content.map((block) => ({ role, block })));
}
