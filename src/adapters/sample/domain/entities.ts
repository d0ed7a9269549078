/** Things the business keeps: each becomes a repository in store, a resource in http and a command in cli. */
export interface Entity {
  readonly one: string;
  readonly many: string;
  readonly about: string;
  readonly fields: readonly Field[];
  /** A record that passes its checks, as source text of the values in field order. */
  readonly example: readonly string[];
}

export interface Field {
  readonly name: string;
  readonly kind: "text" | "money" | "weight" | "day";
}

export const entities: readonly Entity[] = [
  {
    one: "customer",
    many: "customers",
    about: "Who sends, and pays.",
    fields: [field("name", "text"), field("country", "text"), field("limit", "money")],
    example: ['"Anser & Co"', '"DE"', "makeMoney(500_000)"],
  },
  {
    one: "shipment",
    many: "shipments",
    about: "Cargo on its way from one depot to another.",
    fields: [
      field("from", "text"),
      field("to", "text"),
      field("weight", "weight"),
      field("value", "money"),
      field("sent", "day"),
    ],
    example: ['"MUC"', '"GRZ"', "makeWeight(12)", "makeMoney(80_000)", 'parseDay("2026-11-20")'],
  },
  {
    one: "invoice",
    many: "invoices",
    about: "What a customer owes for a month.",
    fields: [field("customer", "text"), field("total", "money"), field("due", "day")],
    example: ['"customer-1"', "makeMoney(129_900)", 'parseDay("2026-12-23")'],
  },
  {
    one: "payment",
    many: "payments",
    about: "Money that came in.",
    fields: [field("invoice", "text"), field("received", "money"), field("on", "day")],
    example: ['"invoice-1"', "makeMoney(60_000)", 'parseDay("2026-12-01")'],
  },
  {
    one: "tariff",
    many: "tariffs",
    about: "Prices agreed with a customer.",
    fields: [field("zone", "text"), field("perKilo", "money"), field("minimum", "money")],
    example: ['"2"', "makeMoney(45)", "makeMoney(1500)"],
  },
];

export function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

export function exampleOf(entity: Entity): string {
  const values = entity.fields.map((one, at) => `${one.name}: ${entity.example[at] ?? "null"}`);
  return `{ ${values.join(", ")} }`;
}

function field(name: string, kind: Field["kind"]): Field {
  return { name, kind };
}
