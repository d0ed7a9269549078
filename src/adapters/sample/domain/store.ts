import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";
import { capital, entities, type Entity, exampleOf, type Field } from "./entities.ts";

export const store: PackageSpec = {
  name: "store",
  about: "Keeps records: in memory, in files, with an audit trail.",
  modules: [
    {
      name: "memory-table",
      about: "A table in memory; every other table has the same four methods.",
      body: `
export function createMemoryTable(prefix) {
  const rows = new Map();
  return {
    async add(record) {
      const id = \`\${prefix}-\${rows.size + 1}\`;
      rows.set(id, { id, ...record });
      return rows.get(id);
    },
    async get(id) {
      return rows.get(id);
    },
    async all() {
      return [...rows.values()];
    },
    async size() {
      return rows.size;
    },
  };
}`,
      cases: [
        gives("ids count up", '(await createMemoryTable("x").add({})).id', '"x-1"'),
        gives("unknown ids give nothing", 'await createMemoryTable("x").get("x-9")', "undefined"),
      ],
    },
    {
      name: "file-table",
      about: "A table in a file of JSON lines.",
      body: `
async function readRows(file) {
  try {
    return parseJsonLines(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

export function createFileTable(folder, prefix) {
  const file = join(folder, \`\${prefix}.jsonl\`);
  return {
    async add(record) {
      const row = { id: \`\${prefix}-\${randomUUID()}\`, ...record };
      await appendFile(file, \`\${JSON.stringify(row)}\\n\`);
      return row;
    },
    async get(id) {
      return (await readRows(file)).find((row) => row.id === id);
    },
    all: () => readRows(file),
    async size() {
      return (await readRows(file)).length;
    },
  };
}

/** Replaces a file in one step, so that a reader never sees half of it. */
export async function replaceFile(file, text) {
  await writeFile(\`\${file}.new\`, text);
  await rename(\`\${file}.new\`, file);
}`,
      cases: [
        gives(
          "a table that was never written is empty",
          'await createFileTable(await mkdtemp(join(tmpdir(), "gander-")), "x").all()',
          "[]",
        ),
        gives(
          "records have an id of their table",
          '(await createFileTable(await mkdtemp(join(tmpdir(), "gander-")), "x").add({})).id.slice(0, 2)',
          '"x-"',
        ),
      ],
    },
    {
      name: "audit",
      about: "Who printed what: the trail the tax office may ask for.",
      body: `
/**
 * Names of audit events are part of stored files: a name stays as it is for ever, also when the function it was
 * called after gets a better one.
 */
export const AUDIT_EVENTS = Object.freeze({ priced: "price:priceShipment", printed: "print:formatMoney" });

export function isAuditEvent(name) {
  return Object.values(AUDIT_EVENTS).includes(name);
}

export function createAudit(clock) {
  const entries = [];
  const events = new EventEmitter();
  return {
    events,
    entries,
    /** Notes that an amount was shown; the text is what formatMoney gave at that time. */
    shown(amount) {
      const entry = { at: clock(), event: AUDIT_EVENTS.printed, text: formatMoney(amount) };
      entries.push(entry);
      events.emit("entry", entry);
      return entry;
    },
  };
}`,
      cases: [
        gives(
          "the trail keeps the text that was shown",
          "createAudit(() => 7).shown(makeMoney(250))",
          '{ at: 7, event: AUDIT_EVENTS.printed, text: "€ 2.50" }',
        ),
        gives(
          "last year's trail can still be read",
          'parseJsonLines(await readFile(new URL("../../../fixtures/audit.jsonl", import.meta.url), "utf8")).every((entry) => isAuditEvent(entry.event))',
          "true",
        ),
      ],
    },
    ...entities.map(repositoryModule),
    {
      name: "store",
      about: "All tables of the business, opened at once.",
      body: `
/** \`open(prefix)\` makes a table; in tests they live in memory. */
export function openStore(open = createMemoryTable) {
  return {
${entities
  .map((one) => `    ${one.many}: create${capital(one.many)}(open("${one.one}")),`)
  .join("\n")}
  };
}`,
      cases: [
        gives(
          "every entity has a table",
          "Object.keys(openStore())",
          `[${entities.map((one) => `"${one.many}"`).join(", ")}]`,
        ),
      ],
    },
  ],
};

function repositoryModule(entity: Entity): ModuleSpec {
  const Many = capital(entity.many);
  const One = capital(entity.one);
  return {
    name: entity.many,
    about: entity.about,
    body: `
/** What is wrong with a record, in words; empty when it may be kept. */
export function check${One}(record) {
  const problems = [];
${entity.fields.map(checkLine).join("\n")}
  return problems;
}

export function create${Many}(table) {
  return {
    ...table,
    async add(record) {
      const problems = check${One}(record);
      if (problems.length > 0) throw new TypeError(\`${entity.one}: \${problems.join(", ")}\`);
      return table.add(record);
    },
  };
}

/** One line for lists and logs. */
export function describe${One}(record) {
  return [
    record.id,
${entity.fields.map((one) => `    ${shown(one)},`).join("\n")}
  ].join(" | ");
}`,
    cases: [
      gives(`a whole ${entity.one} is fine`, `check${One}(${exampleOf(entity)})`, "[]"),
      gives(`an empty ${entity.one} is not`, `check${One}({}).length`, `${entity.fields.length}`),
      gives(
        "its line starts with its id",
        `describe${One}({ id: "${entity.one}-1", ...${exampleOf(entity)} }).split(" | ").length`,
        `${entity.fields.length + 1}`,
      ),
    ],
  };
}

function checkLine({ name, kind }: Field): string {
  const test = {
    text: `typeof record.${name} !== "string"`,
    money: `!isMoney(record.${name})`,
    weight: `record.${name}?.unit === undefined`,
    day: `!Number.isInteger(record.${name})`,
  }[kind];
  return `  if (${test}) problems.push("${name} is no ${kind}");`;
}

/** Source text that prints a field. */
function shown({ name, kind }: Field): string {
  return {
    text: `record.${name}`,
    money: `formatMoney(record.${name})`,
    weight: `formatWeight(record.${name})`,
    day: `formatDay(record.${name})`,
  }[kind];
}
