import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";
import { capital, entities, type Entity, exampleOf } from "./entities.ts";

export const http: PackageSpec = {
  name: "http",
  about: "The service that other offices call: lists and records as JSON.",
  namedAssertions: true,
  modules: [
    {
      name: "router",
      about: "Finds the handler of a request.",
      body: `
/** Routes are [method, pattern, handler]; ":id" in a pattern matches one segment. */
export function matchRoute(routes, method, path) {
  const parts = path.split("/").filter(Boolean);
  for (const [wanted, pattern, handler] of routes) {
    const names = pattern.split("/").filter(Boolean);
    const fits = names.every((name, at) => name.startsWith(":") || name === parts[at]);
    if (wanted === method && names.length === parts.length && fits) {
      const pairs = names.flatMap((name, at) => (name.startsWith(":") ? [[name.slice(1), parts[at]]] : []));
      return { handler, params: Object.fromEntries(pairs) };
    }
  }
  return undefined;
}`,
      cases: [
        gives(
          "segments can be named",
          'matchRoute([["GET", "/invoices/:id", "h"]], "GET", "/invoices/7")',
          '{ handler: "h", params: { id: "7" } }',
        ),
        gives(
          "other methods do not match",
          'matchRoute([["GET", "/", "h"]], "POST", "/")',
          "undefined",
        ),
      ],
    },
    {
      name: "answers",
      about: "Answers of the service.",
      body: `
export const okAnswer = (body) => ({ status: 200, body });
export const createdAnswer = (body) => ({ status: 201, body });
export const missingAnswer = (what) => ({ status: 404, body: { error: \`no \${what}\` } });
export const refusedAnswer = (why) => ({ status: 422, body: { error: why } });`,
      cases: [gives("what is missing is named", 'missingAnswer("invoice x").status', "404")],
    },
    {
      name: "presenters",
      about: "How values look in answers.",
      body: `
/** One printer per kind of field; a caller may hand in others. */
export const presenters = { formatMoney, formatWeight, formatDay };

/** Every field as people read it; what has no printer stays as it is. */
export function present(record, { formatMoney, formatWeight, formatDay } = presenters) {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      if (isMoney(value)) return [name, formatMoney(value)];
      if (value?.unit !== undefined) return [name, formatWeight(value)];
      return [name, Number.isInteger(value) ? formatDay(value) : value];
    }),
  );
}`,
      cases: [
        gives(
          "amounts, weights and days are texts",
          'present({ id: "s", value: makeMoney(100), weight: makeWeight(2), sent: 0 })',
          '{ id: "s", value: "€ 1.00", weight: "2.0 kg", sent: "1970-01-01" }',
        ),
        gives(
          "a caller may bring another printer",
          'present({ value: makeMoney(100) }, { ...presenters, formatMoney: () => "?" })',
          '{ value: "?" }',
        ),
      ],
    },
    ...entities.map(handlerModule),
    {
      name: "app",
      about: "All routes of the service.",
      body: `
export function createApp(store) {
  const routes = [
${entities.map((one) => `    ...${one.one}Routes(store.${one.many}),`).join("\n")}
    ["GET", "/health", async () => okAnswer({ ok: true })],
  ];
  return async function answer(method, path, body) {
    const route = matchRoute(routes, method, path);
    return route === undefined ? missingAnswer(path) : route.handler(route.params, body);
  };
}`,
      cases: [
        gives(
          "the service says that it lives",
          'await createApp(openStore())("GET", "/health")',
          "{ status: 200, body: { ok: true } }",
        ),
        gives(
          "other paths are not there",
          '(await createApp(openStore())("GET", "/nothing")).status',
          "404",
        ),
      ],
    },
    {
      name: "server",
      about: "The service on a port.",
      body: `
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** Listens on the loopback interface; port 0 takes a free one. */
export async function serve(answer, port = 0) {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request.method, request.url, await bodyOf(request));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}`,
    },
  ],
};

function handlerModule(entity: Entity): ModuleSpec {
  const One = capital(entity.one);
  const record = exampleOf(entity);
  return {
    name: `${entity.one}-routes`,
    about: `Routes of ${entity.many}.`,
    body: `
export function ${entity.one}Routes(table) {
  return [
    ["GET", "/${entity.many}", async () => okAnswer((await table.all()).map((one) => present(one)))],
    [
      "GET",
      "/${entity.many}/:id",
      async ({ id }) => {
        const found = await table.get(id);
        return found === undefined ? missingAnswer(\`${entity.one} \${id}\`) : okAnswer(present(found));
      },
    ],
    [
      "POST",
      "/${entity.many}",
      async (_, record) => {
        const problems = check${One}(record);
        if (problems.length > 0) return refusedAnswer(problems.join(", "));
        return createdAnswer(present(await table.add(record)));
      },
    ],
  ];
}`,
    cases: [
      gives(
        "a bad record is refused",
        `(await createApp(openStore())("POST", "/${entity.many}", {})).status`,
        "422",
      ),
      gives(
        "a good one is kept",
        `(await createApp(openStore())("POST", "/${entity.many}", ${record})).body.id`,
        `"${entity.one}-1"`,
      ),
    ],
  };
}
