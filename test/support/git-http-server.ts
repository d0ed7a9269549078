import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A git server over HTTP, as hosts run it: git's own `http-backend` behind a small door. */
export interface GitHttpServer extends AsyncDisposable {
  readonly url: string;
  /** `METHOD /path?query`, in order; those of faults too. */
  readonly requests: readonly string[];
  /** Most requests that were open at one moment. */
  mostAtOnce(): number;
  /** What the next requests get, one each: a status, a connection that breaks in the middle of the answer, or what is due. */
  fail(...faults: readonly Fault[]): void;
}

export type Fault = number | "cut" | "none";

/** Serves the bare repositories below a folder; pushing is open to everybody. */
export async function gitHttpServer(root: string): Promise<GitHttpServer> {
  const requests: string[] = [];
  const faults: Fault[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on("close", () => (open -= 1));
    requests.push(`${request.method} ${request.url}`);
    const fault = faults.shift();
    if (typeof fault === "number") {
      response.writeHead(fault, { "retry-after": "1" }).end("not now");
      return;
    }
    serve({ root, request, response, isCut: fault === "cut" });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    mostAtOnce: () => most,
    fail: (...more) => void faults.push(...more),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function serve(at: {
  readonly root: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly isCut: boolean;
}): void {
  const { request, response } = at;
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const backend = spawn("git", ["-c", "http.receivepack=true", "http-backend"], {
    env: {
      PATH: process.env["PATH"] ?? "",
      GIT_PROJECT_ROOT: at.root,
      GIT_HTTP_EXPORT_ALL: "1",
      REMOTE_ADDR: "127.0.0.1",
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => undefined);
  const chunks: Buffer[] = [];
  backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  backend.on("close", () => answer(response, Buffer.concat(chunks), at.isCut));
}

/** A CGI answer: header lines, an empty one, the body. */
function answer(response: ServerResponse, output: Buffer, isCut: boolean): void {
  const end = output.indexOf("\r\n\r\n");
  const body = output.subarray(end + 4);
  let status = 200;
  for (const line of output.subarray(0, Math.max(0, end)).toString().split("\r\n")) {
    const [name = "", value = ""] = line.split(": ");
    if (name === "Status") status = Number.parseInt(value, 10);
    else if (name !== "") response.setHeader(name, value);
  }
  response.writeHead(status, { "content-length": String(body.length) });
  if (!isCut) return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)));
  response.socket?.destroySoon();
}
