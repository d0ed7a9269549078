import type { OfflineMessage } from "../turn.ts";

/** The contract as it stands in an agent's first message, or in one behind a summary. */
export interface ContractText {
  readonly role: string;
  readonly task: string;
  readonly writeScope: readonly string[];
  readonly checks: readonly string[];
  readonly feedback: string;
}

/** Reads the contract block; undefined: the conversation is not one of an agent of ours. */
export function readContract(messages: readonly OfflineMessage[]): ContractText | undefined {
  const users = messages.filter(({ role }) => role === "user");
  const isSummed = messages[0]?.content[0]?.type === "compaction";
  for (const block of (isSummed ? users : users.slice(0, 1)).flatMap(({ content }) => content)) {
    if (block.type !== "text") continue;
    const opening = /^<contract role="(\w+)"[^>]*>$/m.exec(block.text);
    if (opening === null) continue;
    const body = block.text.slice(opening.index);
    return {
      role: opening[1] ?? "",
      task: section(body, "task"),
      writeScope: listItems(section(body, "write-scope")),
      checks: listItems(section(body, "checks")),
      feedback: section(body, "feedback"),
    };
  }
  return undefined;
}

function section(body: string, name: string): string {
  const found = new RegExp(`^<${name}>\\n([\\s\\S]*?)\\n</${name}>$`, "m").exec(body)?.[1] ?? "";
  return found.replaceAll("&lt;", "<");
}

/** Items start with "- "; a command may go on over several lines. */
function listItems(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/^- /, "").split("\n- ");
}
