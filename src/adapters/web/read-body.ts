import type { IncomingMessage } from "node:http";

import type { FetchedPage } from "../../ports/page-fetcher.ts";

/** Bytes read of one page. HTML is parsed as a whole: a megabyte takes most of a second. */
const bodyBytesMax = 1024 * 1024;
const textTypes = /^(?:text\/[\w.+-]+|application\/(?:json|xml|javascript|[\w.-]+\+(?:json|xml)))$/;
/** Characters that nobody sees: a page could hide words for the model between the words for people. */
const invisible = /[\p{Cf}\u{E0000}-\u{E007F}]/gu;
const control = /(?![\n\t])\p{Cc}/gu;

/** The text of an answer, up to a limit. What is no text is refused without being read. */
export async function readBody(
  answer: IncomingMessage,
  url: URL,
  signal: AbortSignal,
): Promise<FetchedPage> {
  const [type = "", ...parameters] = (answer.headers["content-type"] ?? "text/plain").split(";");
  const contentType = type.trim().toLowerCase();
  const encoding = answer.headers["content-encoding"] ?? "identity";
  if (!textTypes.test(contentType) || encoding !== "identity") {
    answer.destroy();
    const what = encoding === "identity" ? contentType || "of no type" : `packed as ${encoding}`;
    return { kind: "refused", reason: `it is no text (${what})` };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > bodyBytesMax) break;
    }
  } catch {
    const why = signal.aborted ? "it took too long" : "the connection broke off";
    return { kind: "refused", reason: `its answer did not come to an end: ${why}` };
  }
  const body = Buffer.concat(chunks).subarray(0, bodyBytesMax);
  const raw = decoded(body, parameters);
  const text = /html/.test(contentType) ? await asText(raw, url) : raw.replaceAll("\r\n", "\n");
  return {
    kind: "page",
    url: url.href,
    status: answer.statusCode ?? 0,
    contentType,
    text: text.replaceAll(invisible, "").replaceAll(control, ""),
    isCut: bytes > bodyBytesMax,
  };
}

async function asText(html: string, url: URL): Promise<string> {
  // Brings the parsers along, which few agents need.
  const { htmlToText } = await import("./html-to-text.ts");
  return htmlToText(html, url);
}

function decoded(body: Buffer, parameters: readonly string[]): string {
  const charset = parameters
    .map((one) => /^\s*charset\s*=\s*"?([\w-]+)/i.exec(one)?.[1])
    .find((one) => one !== undefined);
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    // A name nobody knows.
    return body.toString("utf8");
  }
}
