import { gives, type PackageSpec } from "../spec.ts";

export const money: PackageSpec = {
  name: "money",
  about: "Amounts of money as whole minor units: arithmetic, rounding, parsing and printing.",
  modules: [
    {
      name: "currencies",
      about: "The currencies we invoice in, with their digits and symbols.",
      body: `
export const CURRENCIES = Object.freeze({
  EUR: { digits: 2, symbol: "€" },
  CHF: { digits: 2, symbol: "Fr." },
  GBP: { digits: 2, symbol: "£" },
  JPY: { digits: 0, symbol: "¥" },
  SEK: { digits: 2, symbol: "kr" },
  USD: { digits: 2, symbol: "$" },
});

/** Minor units in one major unit: 100 for euros, 1 for yen. */
export function minorUnitsOf(currency) {
  const known = CURRENCIES[currency];
  if (known === undefined) throw new RangeError(\`unknown currency \${currency}\`);
  return 10 ** known.digits;
}`,
      cases: [
        gives("yen have no minor unit", 'minorUnitsOf("JPY")', "1"),
        gives("an unknown currency is an error", 'minorUnitsOf("XXX")', /unknown currency XXX/),
      ],
    },
    {
      name: "amount",
      about: "The amount itself: a whole number of minor units and a currency.",
      body: `
/** @typedef {{ minor: number, currency: string }} Money */

/** @returns {Money} */
export function makeMoney(minor, currency = "EUR") {
  if (!Number.isSafeInteger(minor)) throw new TypeError(\`not a whole amount: \${minor}\`);
  minorUnitsOf(currency);
  return { minor, currency };
}

export function isMoney(value) {
  return typeof value === "object" && value !== null && "minor" in value && "currency" in value;
}`,
      cases: [
        gives("fractions of a cent are refused", "makeMoney(10.5)", /not a whole amount/),
        gives("a number is no money", "isMoney(5)", "false"),
      ],
    },
    {
      name: "arithmetic",
      about: "Sums and differences; never across currencies.",
      body: `
function sameCurrency(a, b) {
  if (a.currency !== b.currency) {
    throw new RangeError(\`cannot mix \${a.currency} and \${b.currency}\`);
  }
}

export function addMoney(a, b) {
  sameCurrency(a, b);
  return makeMoney(a.minor + b.minor, a.currency);
}

export function subtractMoney(a, b) {
  sameCurrency(a, b);
  return makeMoney(a.minor - b.minor, a.currency);
}

/** Multiplies and rounds half to even, so that many small roundings do not drift. */
export function scaleMoney(amount, factor) {
  return makeMoney(roundHalfEven(amount.minor * factor), amount.currency);
}

export function sumMoney(amounts, currency = "EUR") {
  return amounts.reduce(addMoney, makeMoney(0, currency));
}`,
      cases: [
        gives("nothing sums to zero", "sumMoney([])", "makeMoney(0)"),
        gives(
          "currencies do not mix",
          'addMoney(makeMoney(1, "EUR"), makeMoney(1, "USD"))',
          /cannot mix EUR and USD/,
        ),
        gives("half cents go to the even side", "scaleMoney(makeMoney(5), 0.5)", "makeMoney(2)"),
      ],
    },
    {
      name: "rounding",
      about: "Rounding rules of the tax office and of cash.",
      body: `
export function roundHalfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Cash in Switzerland is paid in steps of five centimes. */
export function roundToStep(minor, step) {
  return Math.round(minor / step) * step;
}`,
      cases: [
        gives("ties go to the even neighbour", "[0.5, 1.5, 2.5].map(roundHalfEven)", "[0, 2, 2]"),
        gives("cash is rounded to a step", "roundToStep(1203, 5)", "1205"),
      ],
    },
    {
      name: "format",
      about: "Amounts as people read them.",
      body: `
/**
 * Prints an amount with its symbol: \`formatMoney({ minor: 129900, currency: "EUR" })\` is "€ 1,299.00".
 * For a column of amounts use formatMoneyColumn, which aligns what formatMoney gives.
 */
export function formatMoney(amount, { symbol = true } = {}) {
  const known = CURRENCIES[amount.currency];
  if (known === undefined) throw new RangeError(\`formatMoney: unknown currency \${amount.currency}\`);
  const major = Math.abs(amount.minor) / minorUnitsOf(amount.currency);
  const digits = major.toLocaleString("en-US", {
    minimumFractionDigits: known.digits,
    maximumFractionDigits: known.digits,
  });
  const sign = amount.minor < 0 ? "-" : "";
  return symbol ? \`\${sign}\${known.symbol} \${digits}\` : \`\${sign}\${digits} \${amount.currency}\`;
}

/** Right-aligned, one entry per amount. */
export function formatMoneyColumn(amounts) {
  const texts = amounts.map((amount) => formatMoney(amount));
  const width = Math.max(0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}`,
      cases: [
        gives("thousands are grouped", "formatMoney(makeMoney(129900))", '"€ 1,299.00"'),
        gives("yen have no cents", 'formatMoney(makeMoney(500, "JPY"))', '"¥ 500"'),
        gives("a debt has a sign", "formatMoney(makeMoney(-250))", '"-€ 2.50"'),
        gives(
          "the symbol can be left out",
          "formatMoney(makeMoney(100), { symbol: false })",
          '"1.00 EUR"',
        ),
        gives(
          "a column is right-aligned",
          "formatMoneyColumn([makeMoney(5), makeMoney(12345)])",
          '["  € 0.05", "€ 123.45"]',
        ),
      ],
    },
    {
      name: "parse",
      about: "Amounts as people write them; the other half of formatMoney.",
      body: `
/** Reads "1,299.00", "€ 1,299.00" or "1299"; what formatMoney prints reads back as the same amount. */
export function parseMoney(text, currency = "EUR") {
  const match = /^(-?)[^\\d-]*([\\d,]+)(?:\\.(\\d+))?$/.exec(text.trim());
  if (match === null) throw new SyntaxError(\`not an amount: \${text}\`);
  const [, sign, whole, fraction = ""] = match;
  const digits = CURRENCIES[currency].digits;
  if (fraction.length > digits) throw new SyntaxError(\`too many digits: \${text}\`);
  const minor = Number(whole.replaceAll(",", "") + fraction.padEnd(digits, "0"));
  return makeMoney(sign === "-" ? -minor : minor, currency);
}`,
      cases: [
        gives(
          "what is printed can be read back",
          "parseMoney(formatMoney(makeMoney(-129901)))",
          "makeMoney(-129901)",
        ),
        gives("too many digits are an error", 'parseMoney("1.234")', /too many digits/),
      ],
    },
    {
      name: "allocate",
      about: "Splits an amount without losing a cent.",
      body: `
/** Shares in the ratio of the weights; the first shares get the cents that do not divide. */
export function allocateMoney(amount, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.floor((amount.minor * weight) / total));
  let rest = amount.minor - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => makeMoney(share + (rest-- > 0 ? 1 : 0), amount.currency));
}`,
      cases: [
        gives(
          "no cent is lost",
          "allocateMoney(makeMoney(100), [1, 1, 1]).map((share) => share.minor)",
          "[34, 33, 33]",
        ),
      ],
    },
    {
      name: "exchange",
      about: "Amounts in another currency, at a rate somebody else decides.",
      body: `
export function exchangeMoney(amount, rate, currency) {
  const major = amount.minor / minorUnitsOf(amount.currency);
  return makeMoney(roundHalfEven(major * rate * minorUnitsOf(currency)), currency);
}`,
      cases: [
        gives(
          "euros become yen",
          'formatMoney(exchangeMoney(makeMoney(1000), 160.5, "JPY"))',
          '"¥ 1,605"',
        ),
      ],
    },
    {
      name: "tax",
      about: "Value added tax.",
      body: `
export const TAX_PERCENT = Object.freeze({ AT: 20, BE: 21, DE: 19, FR: 20, NL: 21 });

export function taxOn(net, country) {
  return scaleMoney(net, (TAX_PERCENT[country] ?? 0) / 100);
}`,
      cases: [
        gives("tax is a share of the net", 'taxOn(makeMoney(10000), "DE")', "makeMoney(1900)"),
        gives("outside the union there is none", 'taxOn(makeMoney(10000), "US").minor', "0"),
      ],
    },
    {
      name: "discount",
      about: "Discounts by volume.",
      body: `
const STEPS = [
  { from: 1_000_000, percent: 8 },
  { from: 250_000, percent: 5 },
  { from: 50_000, percent: 2 },
];

/** What is taken off a customer's month, given what it came to. */
export function discountOn(total) {
  const step = STEPS.find((one) => total.minor >= one.from);
  return scaleMoney(total, (step?.percent ?? 0) / 100);
}`,
      cases: [
        gives("small months have none", "discountOn(makeMoney(49_999)).minor", "0"),
        gives("big months earn eight percent", "discountOn(makeMoney(1_000_000)).minor", "80_000"),
      ],
    },
  ],
};
