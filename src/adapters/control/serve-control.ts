import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";

import {
  type ControlAnswer,
  type ControlRequest,
  controlRequestSchema,
} from "../../model/control.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { firstLine } from "./first-line.ts";
import { openSocketPath } from "./socket-path.ts";

export type Obey = (request: ControlRequest) => Promise<ControlAnswer>;

/**
 * Lets a run be told things while it works: a socket in the run's folder, for whoever may write there. A connection is
 * one line of JSON in and one out. Closing it waits for the answers that are due. Only for who owns the run: a socket
 * that an earlier process of it left is taken away.
 */
export async function serveControl(
  runFolder: string,
  obey: Obey,
): Promise<Result<AsyncDisposable>> {
  try {
    return ok(await listen(runFolder, obey));
  } catch (error) {
    const { message } = error as Error;
    return err(failure("io", `the run cannot be steered from another terminal: ${message}`));
  }
}

async function listen(runFolder: string, obey: Obey): Promise<AsyncDisposable> {
  const socket = await openSocketPath(runFolder);
  const due = new Set<Promise<void>>();
  // Those that have not said what they want.
  const silent = new Set<Socket>();
  const server = createServer((connection) => {
    // Whoever hangs up does not want to know any more.
    connection.on("error", () => connection.destroy());
    const answered = answer(connection, { obey, silent });
    due.add(answered);
    void answered.finally(() => due.delete(answered));
  });
  await rm(socket.path, { force: true });
  const listening = once(server, "listening");
  server.listen(socket.path);
  await listening;
  await chmod(socket.path, 0o600);
  // It steers a run; it does not keep one alive.
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

async function answer(
  connection: Socket,
  { obey, silent }: { readonly obey: Obey; readonly silent: Set<Socket> },
): Promise<void> {
  silent.add(connection);
  const line = await firstLine(connection);
  silent.delete(connection);
  if (line === undefined) return;
  const request = controlRequestSchema.safeParse(line);
  const answered = request.success ? await obey(request.data) : notUnderstood;
  connection.end(`${JSON.stringify(answered)}\n`);
}

const notUnderstood: ControlAnswer = {
  kind: "refused",
  failure: failure("usage", "the run does not understand what it was told", {
    hint: "is the other skein of another version?",
  }),
};
