import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";

interface Surcharge {
  readonly name: string;
  readonly percent: number;
  /** When it is due, as an expression over `shipment`. */
  readonly when: string;
  readonly about: string;
  readonly hits: string;
}

const surcharges: readonly Surcharge[] = [
  {
    name: "fuel",
    percent: 7,
    when: 'shipment.carrier === "road"',
    about: "Diesel, on lorries only.",
    hits: '{ carrier: "road" }',
  },
  {
    name: "weekend",
    percent: 25,
    when: "isWeekend(shipment.sent)",
    about: "Pick-up on a Saturday or Sunday.",
    hits: '{ sent: parseDay("2026-11-22") }',
  },
  {
    name: "heavy",
    percent: 12,
    when: 'convertWeight(shipment.weight, "kg").value > 500',
    about: "Cargo that needs a crane.",
    hits: '{ weight: makeWeight(2, "t") }',
  },
  {
    name: "remote",
    percent: 15,
    when: "shipment.zone >= 4",
    about: "The far zones.",
    hits: "{ zone: 5 }",
  },
];

const sample = '{ carrier: "rail", sent: parseDay("2026-11-20"), weight: makeWeight(10), zone: 1 }';

export const billing: PackageSpec = {
  name: "billing",
  about: "Prices of shipments, invoices, statements and reminders.",
  modules: [
    ...surcharges.map(surchargeModule),
    {
      name: "price",
      about: "What one shipment costs.",
      body: `
const SURCHARGES = [
${surcharges.map((one) => `  ${one.name}Surcharge,`).join("\n")}
];

/** Base price by weight and zone with the surcharges that apply; never below the tariff's minimum. */
export function priceShipment(shipment, tariff) {
  const kilos = convertWeight(shipment.weight, "kg").value;
  const base = scaleMoney(tariff.perKilo, kilos * shipment.zone);
  const extras = SURCHARGES.map((surcharge) => surcharge(shipment, base)).filter(Boolean);
  const total = sumMoney([base, ...extras.map((extra) => extra.price)]);
  return { base, extras, total: total.minor < tariff.minimum.minor ? tariff.minimum : total };
}`,
      cases: [
        gives(
          "a tariff has a minimum",
          `priceShipment(${sample}, { perKilo: makeMoney(10), minimum: makeMoney(1500) }).total`,
          "makeMoney(1500)",
        ),
        gives(
          "surcharges add up",
          `priceShipment({ ...${sample}, zone: 5 }, { perKilo: makeMoney(100), minimum: makeMoney(0) }).total`,
          "makeMoney(5750)",
        ),
      ],
    },
    {
      name: "lines",
      about: "Lines of an invoice.",
      body: `
export function makeLine(text, price, count = 1) {
  return { text, price, count, total: scaleMoney(price, count) };
}

/** "2 x pallet at € 18.50: € 37.00" */
export function describeLine(line) {
  const each = formatMoney(line.price);
  return \`\${line.count} x \${line.text} at \${each}: \${formatMoney(line.total)}\`;
}`,
      cases: [
        gives(
          "a line shows its sum",
          'describeLine(makeLine("pallet", makeMoney(1850), 2))',
          '"2 x pallet at € 18.50: € 37.00"',
        ),
      ],
    },
    {
      name: "invoice",
      about: "The invoice of a month.",
      body: `
export function makeInvoice({ customer, lines, issued, terms = 30 }) {
  const gross = sumMoney(lines.map((line) => line.total));
  const discount = discountOn(gross);
  const net = subtractMoney(gross, discount);
  const tax = taxOn(net, customer.country);
  return {
    customer: customer.id,
    lines,
    discount,
    net,
    tax,
    total: addMoney(net, tax),
    issued,
    due: dueDay(issued, terms, customer.country),
  };
}

/** The text that is mailed; formatMoney decides how amounts look. */
export function printInvoice(invoice, { formatMoney: print = formatMoney } = {}) {
  return [
    ...invoice.lines.map((line) => describeLine(line)),
    \`net \${print(invoice.net)}\`,
    \`tax \${print(invoice.tax)}\`,
    \`total \${print(invoice.total)}, due \${formatDay(invoice.due)}\`,
  ];
}`,
      cases: [
        gives(
          "tax comes on top",
          'makeInvoice({ customer: { id: "c", country: "DE" }, lines: [makeLine("box", makeMoney(1000))], issued: parseDay("2026-11-02") }).total',
          "makeMoney(1190)",
        ),
        gives(
          "a mailed invoice ends with what is due when",
          'printInvoice(makeInvoice({ customer: { id: "c", country: "AT" }, lines: [makeLine("box", makeMoney(1000))], issued: parseDay("2026-11-02") })).at(-1)',
          '"total € 12.00, due 2026-12-02"',
        ),
      ],
    },
    {
      name: "credit-note",
      about: "Takes an invoice back, in whole or in part.",
      body: `
export function makeCreditNote(invoice, share = 1) {
  return { of: invoice.customer, amount: scaleMoney(invoice.total, -share) };
}

export function describeCreditNote(note) {
  return \`credit of \${formatMoney(scaleMoney(note.amount, -1))} to \${note.of}\`;
}`,
      cases: [
        gives(
          "half an invoice can be taken back",
          'describeCreditNote(makeCreditNote({ customer: "c", total: makeMoney(900) }, 0.5))',
          '"credit of € 4.50 to c"',
        ),
      ],
    },
    {
      name: "statement",
      about: "Invoices and payments of a customer, with the balance.",
      imports: ['import * as money from "../../money/src/index.js";'],
      body: `
/** A column of amounts, the balance last. */
export function statementOf(invoices, payments) {
  const amounts = [
    ...invoices.map((invoice) => invoice.total),
    ...payments.map((payment) => money.scaleMoney(payment.received, -1)),
  ];
  const balance = money.sumMoney(amounts);
  const column = money.formatMoneyColumn([...amounts, balance]);
  return [...column.slice(0, -1), \`balance \${money.formatMoney(balance)}\`];
}`,
      cases: [
        gives(
          "payments lower the balance",
          "statementOf([{ total: makeMoney(1000) }], [{ received: makeMoney(400) }])",
          '["€ 10.00", "-€ 4.00", "balance € 6.00"]',
        ),
      ],
    },
    {
      name: "reminder",
      about: "Reminders for what is overdue.",
      body: `
const TONES = ["We may have missed your payment", "Please pay now", "This is our last letter"];

/** The letter, or undefined while there is time left. */
export function reminderFor(invoice, today, sentBefore = 0) {
  if (!isOverdue(invoice.due, today)) return undefined;
  const tone = TONES[Math.min(sentBefore, TONES.length - 1)];
  const late = daysBetween(invoice.due, today);
  return \`\${tone}: \${formatMoney(invoice.total)}, \${late} days late.\`;
}`,
      cases: [
        gives("in time there is none", "reminderFor({ due: 10 }, 9)", "undefined"),
        gives(
          "a late one says how much and how late",
          "reminderFor({ due: 10, total: makeMoney(500) }, 15, 1)",
          '"Please pay now: € 5.00, 5 days late."',
        ),
      ],
    },
    {
      name: "archive",
      about: "Mailed invoices, kept as text.",
      body: `
export async function archiveInvoice(folder, invoice) {
  const file = join(folder, \`\${invoice.customer}-\${invoice.issued}.txt\`);
  await writeFile(file, printInvoice(invoice).join("\\n"));
  return \`\${basename(file)}: \${formatMoney(invoice.total)}\`;
}`,
      cases: [
        gives(
          "an archived invoice is named after customer and day",
          'await archiveInvoice(await mkdtemp(join(tmpdir(), "gander-")), { customer: "c", issued: 9, due: 9, lines: [], net: makeMoney(1), tax: makeMoney(0), total: makeMoney(1) })',
          '"c-9.txt: € 0.01"',
        ),
      ],
    },
    {
      name: "revenue",
      about: "Sums for the accountant.",
      body: `
/** Net amounts by quarter: [["2026-Q4", Money], …]. */
export function revenueByQuarter(invoices) {
  const sums = new Map();
  for (const { issued, net } of invoices) {
    const quarter = quarterOf(issued);
    sums.set(quarter, addMoney(sums.get(quarter) ?? makeMoney(0), net));
  }
  return [...sums];
}

export function printRevenue(invoices) {
  return revenueByQuarter(invoices).map(([quarter, net]) => \`\${quarter}  \${formatMoney(net)}\`);
}`,
      cases: [
        gives(
          "quarters are summed",
          'printRevenue([{ issued: parseDay("2026-10-01"), net: makeMoney(100) }, { issued: parseDay("2026-12-31"), net: makeMoney(50) }])',
          '["2026-Q4  € 1.50"]',
        ),
      ],
    },
  ],
};

function surchargeModule({ name, percent, when, about, hits }: Surcharge): ModuleSpec {
  return {
    name: `surcharge-${name}`,
    about,
    body: `
const PERCENT = ${percent};

/** The surcharge with its text for the invoice; undefined when it does not apply. */
export function ${name}Surcharge(shipment, base) {
  if (!(${when})) return undefined;
  const price = scaleMoney(base, PERCENT / 100);
  return { price, text: \`${name} surcharge of \${PERCENT}%: \${formatMoney(price)}\` };
}`,
    cases: [
      gives(
        "it is a share of the base",
        `${name}Surcharge({ ...${sample}, ...${hits} }, makeMoney(10000)).text`,
        `"${name} surcharge of ${percent}%: € ${percent}.00"`,
      ),
      gives("others do not pay it", `${name}Surcharge(${sample}, makeMoney(10000))`, "undefined"),
    ],
  };
}
