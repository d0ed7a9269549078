import { connect, type Socket } from "node:net";

import { firstLine } from "./first-line.ts";

/** Says one line at a socket. Gives what was answered, an undefined line for nothing; undefined when nobody listens there. */
export async function askAt(
  path: string,
  request: object,
): Promise<{ readonly line: unknown } | undefined> {
  const connection = await connected(path);
  if (connection === undefined) return undefined;
  connection.write(`${JSON.stringify(request)}\n`);
  const line = await firstLine(connection);
  connection.destroy();
  return { line };
}

function connected(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const connection = connect(path, () => resolve(connection));
    connection.on("error", () => resolve(undefined));
  });
}
