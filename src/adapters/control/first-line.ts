import type { Socket } from "node:net";

/** Longest line that either side sends, in characters. */
const lineMax = 1_000_000;

/** The first line of a connection as JSON; undefined when it ends before. What is no JSON is null, no request's shape. */
export async function firstLine(connection: Socket): Promise<unknown> {
  let text = "";
  connection.setEncoding("utf8");
  return new Promise((resolve) => {
    connection.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end !== -1) resolve(parsed(text.slice(0, end)));
      else if (text.length > lineMax) connection.destroy();
    });
    connection.on("close", () => resolve(undefined));
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Told apart from no line at all: it is answered.
    return null;
  }
}
