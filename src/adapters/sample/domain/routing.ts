import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";

interface Carrier {
  readonly name: string;
  /** Minor units a booking costs, and a kilometre and kilogram of it. */
  readonly fixed: number;
  readonly rate: number;
  readonly kmh: number;
  readonly about: string;
}

const carriers: readonly Carrier[] = [
  { name: "road", fixed: 1900, rate: 0.02, kmh: 65, about: "Lorries: the default." },
  { name: "rail", fixed: 4200, rate: 0.011, kmh: 48, about: "Trains, for heavy cargo." },
  {
    name: "air",
    fixed: 9500,
    rate: 0.21,
    kmh: 740,
    about: "Planes, when it must be there tomorrow.",
  },
  { name: "sea", fixed: 12_000, rate: 0.002, kmh: 30, about: "Ships, when it need not." },
];

export const routing: PackageSpec = {
  name: "routing",
  about: "Depots, the way between them, how long it takes and which carrier is cheapest.",
  modules: [
    {
      name: "depots",
      about: "Our depots and where they are.",
      body: `
export const DEPOTS = Object.freeze({
  ANR: { city: "Antwerp", country: "BE", lat: 51.22, lon: 4.4 },
  BRE: { city: "Bremen", country: "DE", lat: 53.08, lon: 8.8 },
  GRZ: { city: "Graz", country: "AT", lat: 47.07, lon: 15.44 },
  LYS: { city: "Lyon", country: "FR", lat: 45.76, lon: 4.84 },
  MUC: { city: "Munich", country: "DE", lat: 48.14, lon: 11.58 },
  RTM: { city: "Rotterdam", country: "NL", lat: 51.92, lon: 4.48 },
});

export function depotOf(code) {
  const depot = DEPOTS[code];
  if (depot === undefined) throw new RangeError(\`no depot \${code}\`);
  return depot;
}`,
      cases: [
        gives("a depot has a country", 'depotOf("GRZ").country', '"AT"'),
        gives("others are refused", 'depotOf("NYC")', /no depot NYC/),
      ],
    },
    {
      name: "great-circle",
      about: "Distance as the goose flies.",
      body: `
const EARTH_KM = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;

export function greatCircle(from, to) {
  const a =
    Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
    Math.cos(radians(from.lat)) *
      Math.cos(radians(to.lat)) *
      Math.sin(radians(to.lon - from.lon) / 2) ** 2;
  return makeDistance(2 * EARTH_KM * Math.asin(Math.sqrt(a)));
}`,
      cases: [
        gives(
          "Graz is about 300 km from Munich",
          'formatDistance(greatCircle(depotOf("GRZ"), depotOf("MUC")), 0)',
          '"313 km"',
        ),
      ],
    },
    {
      name: "network",
      about: "Which depots have a direct line.",
      body: `
const LINES = [
  ["ANR", "RTM"],
  ["ANR", "LYS"],
  ["BRE", "RTM"],
  ["BRE", "MUC"],
  ["MUC", "GRZ"],
  ["MUC", "LYS"],
];

/** Neighbours of a depot with their distance in kilometres. */
export function linesFrom(code) {
  return LINES.filter((line) => line.includes(code)).map(([a, b]) => {
    const to = a === code ? b : a;
    return { to, km: greatCircle(depotOf(code), depotOf(to)).value };
  });
}`,
      cases: [gives("lines go both ways", 'linesFrom("GRZ").map((line) => line.to)', '["MUC"]')],
    },
    {
      name: "shortest-path",
      about: "The shortest way through the network.",
      body: `
/** Depot codes from start to goal, and the kilometres; undefined when no way leads there. */
export function shortestPath(from, to) {
  const best = new Map([[from, { km: 0, via: [from] }]]);
  const open = new Set([from]);
  while (open.size > 0) {
    const at = [...open].reduce((a, b) => (best.get(a).km <= best.get(b).km ? a : b));
    if (at === to) return best.get(at);
    open.delete(at);
    for (const line of linesFrom(at)) {
      const km = best.get(at).km + line.km;
      if (km < (best.get(line.to)?.km ?? Infinity)) {
        best.set(line.to, { km, via: [...best.get(at).via, line.to] });
        open.add(line.to);
      }
    }
  }
  return undefined;
}`,
      cases: [
        gives(
          "the way to Graz leads over Munich",
          'shortestPath("BRE", "GRZ").via',
          '["BRE", "MUC", "GRZ"]',
        ),
        gives("staying costs nothing", 'shortestPath("ANR", "ANR").km', "0"),
      ],
    },
    {
      name: "zones",
      about: "Price zones by distance.",
      body: `
const LIMITS_KM = [150, 400, 900, 1600];

/** 1 is near, 5 is far. */
export function zoneOf(km) {
  const zone = LIMITS_KM.findIndex((limit) => km <= limit);
  return zone === -1 ? LIMITS_KM.length + 1 : zone + 1;
}`,
      cases: [gives("zones grow with distance", "[100, 400, 5000].map(zoneOf)", "[1, 2, 5]")],
    },
    ...carriers.map(carrierModule),
    {
      name: "quotes",
      about: "Offers of all carriers for one shipment.",
      body: `
const CARRIERS = [quoteRoad, quoteRail, quoteAir, quoteSea];

/** Offers, the cheapest first. */
export function quoteAll(shipment) {
  const { km } = shortestPath(shipment.from, shipment.to);
  return CARRIERS.map((quote) => quote(shipment, km)).toSorted(
    (a, b) => a.price.minor - b.price.minor,
  );
}

/** One line per offer: "road € 34.20 in 7 h". */
export function describeQuotes(quotes) {
  return quotes.map(
    (quote) => \`\${quote.carrier} \${formatMoney(quote.price)} in \${formatSpan(quote.span, 0)}\`,
  );
}`,
      cases: [
        gives(
          "light cargo goes by road",
          'quoteAll({ from: "MUC", to: "GRZ", weight: makeWeight(10) })[0].carrier',
          '"road"',
        ),
        gives(
          "an offer says price and time",
          'describeQuotes(quoteAll({ from: "MUC", to: "GRZ", weight: makeWeight(10) }))[0]',
          '"road € 19.63 in 5 h"',
        ),
      ],
    },
    {
      name: "arrival",
      about: "The working day on which a shipment is there.",
      body: `
/** Hours become days; a depot takes nothing in on weekends and holidays. */
export function arrivalDay(sent, span, code) {
  const day = sent + Math.ceil(convertSpan(span, "d").value);
  const { country } = depotOf(code);
  return isBusinessDay(day, country) ? day : addBusinessDays(day, 1, country);
}`,
      cases: [
        gives(
          "nothing arrives on a Sunday",
          'formatDay(arrivalDay(parseDay("2026-11-20"), makeSpan(40), "BRE"))',
          '"2026-11-23"',
        ),
      ],
    },
    {
      name: "labels",
      about: "What is printed on a parcel.",
      body: `
export function labelOf(shipment) {
  const from = depotOf(shipment.from);
  const to = depotOf(shipment.to);
  return [
    \`\${from.city} > \${to.city}\`,
    \`weight \${formatWeight(shipment.weight)}\`,
    // The customs office wants formatMoney's symbol left out here.
    \`value \${formatMoney(shipment.value, { symbol: false })}\`,
  ].join("\\n");
}

/** What the scanner reads: the same for the same label. */
export function barcodeOf(shipment) {
  return createHash("sha1").update(labelOf(shipment)).digest("hex").slice(0, 12);
}`,
      cases: [
        gives(
          "a label has three lines",
          'labelOf({ from: "GRZ", to: "BRE", weight: makeWeight(2), value: makeMoney(500) })',
          '"Graz > Bremen\\nweight 2.0 kg\\nvalue 5.00 EUR"',
        ),
      ],
    },
  ],
};

function carrierModule({ name, fixed, rate, kmh, about }: Carrier): ModuleSpec {
  const Name = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return {
    name: `carrier-${name}`,
    about,
    body: `
const FIXED = makeMoney(${fixed});
/** Minor units for one kilometre and kilogram. */
const RATE = ${rate};
const KMH = ${kmh};

export function quote${Name}(shipment, km) {
  const kilos = convertWeight(shipment.weight, "kg").value;
  const price = addMoney(FIXED, makeMoney(Math.ceil(km * kilos * RATE)));
  return { carrier: "${name}", price, span: makeSpan(km / KMH) };
}`,
  };
}
