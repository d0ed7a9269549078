import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";

import { firstLine } from "./first-line.ts";
import { openSocketPath } from "./socket-path.ts";

/** What is answered to a line of JSON; null is a line that was none. */
type Answer = (line: unknown) => Promise<object>;

/**
 * Answers at a socket in a folder, for whoever may write there. A connection is one line of JSON in and one out. Closing
 * it waits for the answers that are due. Only for who owns the folder: a socket that an earlier process left is taken away.
 */
export async function serveLines(folder: string, answer: Answer): Promise<AsyncDisposable> {
  const socket = await openSocketPath(folder);
  const due = new Set<Promise<void>>();
  // Those that have not said what they want.
  const silent = new Set<Socket>();
  const server = createServer((connection) => {
    // Whoever hangs up does not want to know any more.
    connection.on("error", () => connection.destroy());
    const answered = answerOne(connection, { answer, silent });
    due.add(answered);
    void answered.finally(() => due.delete(answered));
  });
  await rm(socket.path, { force: true });
  const listening = once(server, "listening");
  server.listen(socket.path);
  await listening;
  await chmod(socket.path, 0o600);
  // It steers a process; it does not keep one alive.
  server.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const connection of silent) connection.destroy();
      await Promise.all(due);
      await closed;
      await rm(socket.path, { force: true });
      await socket[Symbol.asyncDispose]();
    },
  };
}

async function answerOne(
  connection: Socket,
  { answer, silent }: { readonly answer: Answer; readonly silent: Set<Socket> },
): Promise<void> {
  silent.add(connection);
  const line = await firstLine(connection);
  silent.delete(connection);
  if (line === undefined) return;
  connection.end(`${JSON.stringify(await answer(line))}\n`);
}
