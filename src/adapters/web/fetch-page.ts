import { lookup as dnsLookup } from "node:dns/promises";
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";

import { err, ok, type Result } from "../../model/result.ts";
import type { FetchedPage, PageFetcher } from "../../ports/page-fetcher.ts";
import { isPublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";

export interface FetchOptions {
  /** Whether an address may be reached at a port; asked of the very address that is connected to. */
  readonly mayReach: (address: string, port: number) => boolean;
  readonly timeoutMs: number;
}

const redirectsMax = 5;

/** The public internet at the ports of the web; nothing of this machine, its network, or a cloud's inside. */
export const publicWeb: FetchOptions = {
  mayReach: (address, port) => (port === 80 || port === 443) && isPublicAddress(address),
  timeoutMs: 20_000,
};

/**
 * Fetches pages by GET, without cookies, credentials or proxies. A name is resolved once for a connection, and the
 * addresses that were judged are the ones connected to, so a name that changes its mind gets nowhere.
 */
export function createPageFetcher(options: FetchOptions): PageFetcher {
  return async (asked, signal) => {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
    let url = asked;
    for (let hops = 0; hops <= redirectsMax; hops++) {
      const answer = await answerOf(url, options, ending);
      if (!answer.ok) return refused(ending.aborted ? endedBy(signal, options) : answer.error);
      const next = redirectOf(answer.value, url);
      if (next === undefined) return readBody(answer.value, url, ending);
      answer.value.destroy();
      if (typeof next === "string") return refused(next);
      // Another host is a question of its own for the rules; so is less protection on the way.
      if (next.host !== url.host || (url.protocol === "https:" && next.protocol !== "https:")) {
        return { kind: "elsewhere", url: next.href };
      }
      url = next;
    }
    return refused(`it redirects more than ${redirectsMax} times`);
  };
}

function endedBy(signal: AbortSignal, { timeoutMs }: FetchOptions): string {
  return signal.aborted ? "the agent was stopped" : `it took longer than ${timeoutMs / 1_000} s`;
}

function refused(reason: string): FetchedPage {
  return { kind: "refused", reason };
}

function redirectOf(answer: IncomingMessage, url: URL): URL | string | undefined {
  const { statusCode = 0, headers } = answer;
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  const next = headers.location === undefined ? null : URL.parse(headers.location, url.href);
  if (next === null) return "it redirects without an address";
  if (!/^https?:$/.test(next.protocol)) return `it redirects to a ${next.protocol} address`;
  return next.username === "" && next.password === ""
    ? next
    : "it redirects to an address with a password";
}

async function answerOf(
  url: URL,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Result<IncomingMessage, string>> {
  const isSafe = url.protocol === "https:";
  const port = Number(url.port) || (isSafe ? 443 : 80);
  const host = url.hostname.replaceAll(/^\[|\]$/g, "");
  const addresses = await addressesOf(host, port, options);
  if (!addresses.ok) return addresses;
  const pinned: LookupFunction = (_, { all }, give) => {
    const [first] = addresses.value;
    if (all === true) give(null, [...addresses.value]);
    else give(null, first?.address ?? "", first?.family ?? 4);
  };
  return new Promise((resolve) => {
    const request = (isSafe ? httpsRequest : httpRequest)(url, {
      // An agent of its own: the process-wide one may have been told to use a proxy.
      agent: isSafe ? new HttpsAgent() : new HttpAgent(),
      lookup: pinned,
      signal,
      headers: {
        accept: "text/html, text/plain, text/markdown, application/json;q=0.9, */*;q=0.1",
        "accept-encoding": "identity",
        "user-agent": "skein",
      },
    });
    request.on("response", (answer) => resolve(ok(answer)));
    request.on("error", (error) => resolve(err(`it cannot be reached: ${error.message}`)));
    request.end();
  });
}

interface Address {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name must be allowed: one that points inside as well as outside is not to be trusted. */
async function addressesOf(
  host: string,
  port: number,
  { mayReach }: FetchOptions,
): Promise<Result<readonly Address[], string>> {
  const family = isIP(host);
  let addresses: readonly Address[];
  try {
    addresses = family === 0 ? await dnsLookup(host, { all: true }) : [{ address: host, family }];
  } catch {
    return err("its host is not known");
  }
  return addresses.length > 0 && addresses.every(({ address }) => mayReach(address, port))
    ? ok(addresses)
    : err("it is not on the public web: only public addresses at ports 80 and 443 can be fetched");
}
