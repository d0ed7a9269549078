import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";

interface Dimension {
  readonly name: string;
  /** What one of each unit is in the first one. */
  readonly factors: Readonly<Record<string, number>>;
  readonly about: string;
}

const dimensions: readonly Dimension[] = [
  {
    name: "weight",
    factors: { kg: 1, g: 0.001, t: 1000, lb: 0.45359237 },
    about: "What cargo weighs.",
  },
  {
    name: "volume",
    factors: { m3: 1, l: 0.001, ft3: 0.028316846592 },
    about: "Room that cargo takes.",
  },
  {
    name: "length",
    factors: { m: 1, cm: 0.01, mm: 0.001, in: 0.0254 },
    about: "Sizes of a piece.",
  },
  {
    name: "distance",
    factors: { km: 1, m: 0.001, mi: 1.609344, nmi: 1.852 },
    about: "How far it goes.",
  },
  { name: "speed", factors: { kmh: 1, kn: 1.852, mph: 1.609344 }, about: "How fast a carrier is." },
  { name: "span", factors: { h: 1, d: 24, w: 168 }, about: "How long it takes." },
];

export const units: PackageSpec = {
  name: "units",
  about: "Physical quantities with their unit: conversion, sums, printing, parsing.",
  modules: dimensions.map(dimensionModule),
};

function dimensionModule({ name, factors, about }: Dimension): ModuleSpec {
  const upper = name.toUpperCase();
  const Name = `${upper.slice(0, 1)}${name.slice(1)}`;
  const [base = "", other = ""] = Object.keys(factors);
  const one = 1 / (factors[other] ?? 1);
  return {
    name,
    about,
    body: `
/** One of each unit, in ${base}. */
export const ${upper}_UNITS = Object.freeze(${literal(factors)});

/** @returns {{ value: number, unit: string }} */
export function make${Name}(value, unit = "${base}") {
  if (!(unit in ${upper}_UNITS)) throw new RangeError(\`not a unit of ${name}: \${unit}\`);
  return { value, unit };
}

export function convert${Name}(${name}, unit) {
  return make${Name}((${name}.value * ${upper}_UNITS[${name}.unit]) / ${upper}_UNITS[unit], unit);
}

/** The sum, in the unit asked for. */
export function sum${Name}(list, unit = "${base}") {
  return make${Name}(
    list.reduce((total, one) => total + convert${Name}(one, unit).value, 0),
    unit,
  );
}

export function format${Name}(${name}, digits = 1) {
  return \`\${${name}.value.toFixed(digits)} \${${name}.unit}\`;
}

/** Reads what format${Name} prints. */
export function parse${Name}(text) {
  const match = /^(\\d+(?:\\.\\d+)?) ?([a-z]+[0-9]?)$/.exec(text.trim());
  if (match === null) throw new SyntaxError(\`not a ${name}: \${text}\`);
  return make${Name}(Number(match[1]), match[2]);
}`,
    cases: [
      gives(
        `1 ${base} in ${other}`,
        `convert${Name}(make${Name}(1), "${other}").value.toFixed(3)`,
        `"${one.toFixed(3)}"`,
      ),
      gives(
        `a ${name} that is printed can be read back`,
        `parse${Name}(format${Name}(make${Name}(12.5, "${other}")))`,
        `make${Name}(12.5, "${other}")`,
      ),
      gives(
        "sums are in one unit",
        `sum${Name}([make${Name}(2), make${Name}(3)])`,
        `make${Name}(5)`,
      ),
      gives("unknown units are refused", `make${Name}(1, "furlong")`, /furlong/),
    ],
  };
}

function literal(factors: Readonly<Record<string, number>>): string {
  const entries = Object.entries(factors).map(([unit, factor]) => `${unit}: ${factor}`);
  return `{ ${entries.join(", ")} }`;
}
