import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Responder } from "../offline/turn.ts";

/** Where the agents' requests go. The key stays in memory: never in a contract, a file or a child's environment. */
export interface ModelApi extends AsyncDisposable {
  readonly baseUrl: string | undefined;
  readonly apiKey: string;
  readonly offline: boolean;
  /** How long an answer may say nothing, in milliseconds; undefined: as long as usual. */
  readonly silenceMs: number | undefined;
}

export interface ModelApiOptions {
  readonly stallSeconds?: number | undefined;
  readonly baseUrl?: string | undefined;
  readonly offline: boolean;
  /** File with turns for the offline model to answer with, instead of its rules. */
  readonly script?: string | undefined;
  /** File with faults for the offline model to make. */
  readonly faults?: string | undefined;
}

/** Whether the environment names a model, so that none but the offline one need be asked. */
export function isModelThere(env: Readonly<Record<string, string | undefined>>): boolean {
  return env["ANTHROPIC_API_KEY"] !== undefined || env["ANTHROPIC_BASE_URL"] !== undefined;
}

/**
 * With a key or a base URL: that API. With neither, or `--offline`: the offline model, a loopback server of our own.
 * A base URL without a key is fine; local servers take any.
 */
export async function openModelApi(
  options: ModelApiOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<ModelApi>> {
  const apiKey = env["ANTHROPIC_API_KEY"];
  const baseUrl = options.baseUrl ?? env["ANTHROPIC_BASE_URL"];
  const scripted = options.script !== undefined || options.faults !== undefined;
  if (options.offline || scripted || !(isModelThere(env) || options.baseUrl !== undefined)) {
    return openOffline(options);
  }
  if (baseUrl !== undefined && !URL.canParse(baseUrl)) {
    return err(
      failure("usage", `--base-url ${baseUrl} is not a URL`, {
        hint: "for example http://127.0.0.1:8080",
      }),
    );
  }
  return ok({
    baseUrl,
    apiKey: apiKey ?? "none",
    offline: false,
    silenceMs: silenceOf(options),
    [Symbol.asyncDispose]: async () => {},
  });
}

/** Loaded only when needed: with a real API, none of the offline model's code is read. */
async function openOffline(options: ModelApiOptions): Promise<Result<ModelApi>> {
  const { startOfflineServer } = await import("../offline/server/start-server.ts");
  const { readOfflineFiles } = await import("../offline/server/read-offline-files.ts");
  const files = await readOfflineFiles(options);
  if (!files.ok) return files;
  const { responder = await rulesResponder(), faults } = files.value;
  const server = await startOfflineServer({ responder, faults, mode: "lint" });
  return ok({
    baseUrl: server.url,
    apiKey: server.apiKey,
    offline: true,
    silenceMs: silenceOf(options),
    [Symbol.asyncDispose]: () => server.close(),
  });
}

function silenceOf({ stallSeconds }: ModelApiOptions): number | undefined {
  return stallSeconds === undefined ? undefined : stallSeconds * 1_000;
}

async function rulesResponder(): Promise<Responder> {
  const { createRulesResponder } = await import("../offline/rules/responder.ts");
  return createRulesResponder();
}
