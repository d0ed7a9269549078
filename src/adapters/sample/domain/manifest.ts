import { gives, type PackageSpec } from "../spec.ts";

export const manifest: PackageSpec = {
  name: "manifest",
  about: "Reads what customers send: CSV, key-value text and JSON lines into rows we can price.",
  namedAssertions: true,
  modules: [
    {
      name: "csv",
      about: "Comma-separated text with quotes.",
      body: `
/** Rows of fields; a quoted field may hold commas and doubled quotes. */
export function parseCsv(text) {
  return text
    .split(/\\r?\\n/)
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
}

export function toCsv(rows) {
  return rows.map((row) => row.map(quote).join(",")).join("\\n");
}

function quote(field) {
  const text = String(field);
  return /[",\\n]/.test(text) ? \`"\${text.replaceAll('"', '""')}"\` : text;
}`,
      cases: [
        gives("quoted commas stay", "parseCsv('a,\"b,c\"')", '[["a", "b,c"]]'),
        gives("what is written can be read", "parseCsv(toCsv([['x\"y', 'z']]))", "[['x\"y', 'z']]"),
      ],
    },
    {
      name: "records",
      about: "Rows with named fields.",
      body: `
/** The first row names the fields. */
export function toRecords([names = [], ...rows]) {
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
}`,
      cases: [
        gives("the header names the fields", 'toRecords([["id"], ["7"]])', '[{ id: "7" }]'),
        gives("missing fields are empty", 'toRecords([["id", "to"], ["7"]])[0].to', '""'),
      ],
    },
    {
      name: "key-values",
      about: "Key: value text, as in e-mails of small customers.",
      body: `
export function parseKeyValues(text) {
  return Object.fromEntries(
    text
      .split("\\n")
      .map((line) => /^\\s*([\\w-]+)\\s*:\\s*(.*?)\\s*$/.exec(line))
      .filter((match) => match !== null)
      .map(([, key, value]) => [key.toLowerCase(), value]),
  );
}`,
      cases: [
        gives("keys are lower case", 'parseKeyValues("To: Graz")', '{ to: "Graz" }'),
        gives("other lines are left out", 'parseKeyValues("Hello there")', "{}"),
      ],
    },
    {
      name: "json-lines",
      about: "One JSON object a line.",
      body: `
export function parseJsonLines(text) {
  return text.split("\\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line)];
    } catch {
      throw new SyntaxError(\`line \${at + 1} is not JSON\`);
    }
  });
}`,
      cases: [
        gives("empty lines do not count", 'parseJsonLines("{}\\n\\n{}").length', "2"),
        gives("the bad line is named", 'parseJsonLines("{}\\noops")', /line 2/),
      ],
    },
    {
      name: "shipment-row",
      about: "A row as a shipment.",
      body: `
/** Fields: id, from, to, weight ("12.5 kg"), value ("1,200.00"). */
export function toShipment(record) {
  return {
    id: record.id,
    from: record.from,
    to: record.to,
    weight: parseWeight(record.weight),
    value: parseMoney(record.value),
  };
}

/** The row again, in the words toShipment reads: formatMoney and parseMoney are inverse. */
export function fromShipment(shipment) {
  return {
    ...shipment,
    weight: formatWeight(shipment.weight),
    value: formatMoney(shipment.value),
  };
}`,
      cases: [
        gives(
          "a row survives the round trip",
          'fromShipment(toShipment({ id: "7", from: "GRZ", to: "BRE", weight: "12.5 kg", value: "€ 1,200.00" }))',
          '{ id: "7", from: "GRZ", to: "BRE", weight: "12.5 kg", value: "€ 1,200.00" }',
        ),
      ],
    },
    {
      name: "rate-row",
      about: "A row of a carrier's price list.",
      body: `
export function toRate(record) {
  return { zone: Number(record.zone), upTo: parseWeight(record.upto), price: parseMoney(record.price) };
}

export function describeRate(rate) {
  return \`zone \${rate.zone} up to \${formatWeight(rate.upTo)}: \${formatMoney(rate.price)}\`;
}`,
      cases: [
        gives(
          "a rate reads like the price list",
          'describeRate(toRate({ zone: "2", upto: "30 kg", price: "18.50" }))',
          '"zone 2 up to 30.0 kg: € 18.50"',
        ),
      ],
    },
    {
      name: "checksum",
      about: "Recognises a file that was sent twice.",
      body: `
export function checksumOf(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}`,
      cases: [
        gives("the same text has the same sum", 'checksumOf("a") === checksumOf("a")', "true"),
        gives("another text has another", 'checksumOf("a") === checksumOf("b")', "false"),
      ],
    },
    {
      name: "read-file",
      about: "Rows of a file, by its ending.",
      body: `
const READERS = {
  ".csv": (text) => toRecords(parseCsv(text)),
  ".jsonl": parseJsonLines,
  ".txt": (text) => [parseKeyValues(text)],
};

export async function readRecords(file) {
  const read = READERS[extname(file)];
  if (read === undefined) throw new RangeError(\`cannot read \${file}\`);
  return read(await readFile(file, "utf8"));
}

/** Where a customer's file is kept until it is priced. */
export async function writeRecords(folder, name, rows) {
  const file = join(folder, \`\${name}.csv\`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, toCsv(rows));
  return file;
}`,
      cases: [
        gives(
          "what was kept can be read",
          'await readRecords(await writeRecords(await mkdtemp(join(tmpdir(), "gander-")), "in", [["id"], ["7"]]))',
          '[{ id: "7" }]',
        ),
      ],
    },
  ],
};
