import { once } from "node:events";

import { readOfflineFiles } from "../../offline/server/read-offline-files.ts";
import type { Mode } from "../../offline/server/rules/rule.ts";
import { startOfflineServer } from "../../offline/server/start-server.ts";
import type { OfflineServer, OfflineServerOptions } from "../../offline/server/start-server.ts";
import type { Responder } from "../../offline/turn.ts";

export interface OfflineCommandOptions {
  /** 0 or left out: a free one. */
  readonly port?: number | undefined;
  /** File with turns to answer with, instead of the rules. */
  readonly script?: string | undefined;
  /** File with faults to make. */
  readonly faults?: string | undefined;
  readonly mode: Mode;
  readonly json: boolean;
}

interface Output {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Serves the offline model until `stop` settles, by default at the first SIGINT. Exit code 2: could not start. */
export async function offlineCommand(
  options: OfflineCommandOptions,
  io: Output,
  stop: Promise<unknown> = once(process, "SIGINT"),
): Promise<number> {
  const files = await readOfflineFiles(options);
  if (!files.ok) {
    io.stderr(`${files.error.message}\n${files.error.detail ?? ""}`.trimEnd() + "\n");
    return 2;
  }
  const server = await start({
    responder: files.value.responder ?? (await rulesResponder()),
    mode: options.mode,
    faults: files.value.faults,
    port: options.port,
  });
  if (typeof server === "string") {
    io.stderr(`The offline model could not start: ${server}\n`);
    return 2;
  }
  io.stdout(
    options.json ? `${JSON.stringify({ url: server.url, apiKey: server.apiKey })}\n` : help(server),
  );
  await stop;
  await server.close();
  if (!options.json) io.stdout(summary(server));
  return 0;
}

/** Loaded only when needed: a script needs no rules. */
async function rulesResponder(): Promise<Responder> {
  const { createRulesResponder } = await import("../../offline/rules/responder.ts");
  return createRulesResponder();
}

async function start(options: OfflineServerOptions): Promise<OfflineServer | string> {
  try {
    return await startOfflineServer(options);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function help({ url, apiKey }: OfflineServer): string {
  return `The offline model listens at ${url}. Point any client of the Messages API at it:

  export ANTHROPIC_BASE_URL=${url}
  export ANTHROPIC_API_KEY=${apiKey}

It answers by rules or from a script, not with a language model. Ctrl+C ends it.
`;
}

function summary(server: OfflineServer): string {
  const { requests, refused, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } =
    server.stats();
  const read = inputTokens + cacheReadTokens + cacheWriteTokens;
  return `\n${requests} requests, ${refused.length} refused, ${read} tokens in (${cacheReadTokens} from the cache), ${outputTokens} out\n`;
}
