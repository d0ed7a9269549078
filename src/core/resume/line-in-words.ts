import type { TranscriptLine } from "./transcript-line.ts";

/** A line of a transcript for people: what was said and called, or what was answered. */
export function lineInWords(line: TranscriptLine): string {
  switch (line.role) {
    case "assistant":
    case "user":
      return line.content.map(blockInWords).filter(Boolean).join("; ");
    case "handed-over":
      return line.handoff;
    default:
      return line.role;
  }
}

function blockInWords(block: object): string {
  const { type, text, name, input, content } = block as Readonly<Record<string, unknown>>;
  if (type === "text" && typeof text === "string") return text;
  if (type === "tool_use") return `${String(name)} ${JSON.stringify(input)}`;
  return type === "tool_result" ? resultInWords(content) : "";
}

/** What a tool answered. */
export function resultInWords(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map(blockInWords).join("\n") : "";
}
