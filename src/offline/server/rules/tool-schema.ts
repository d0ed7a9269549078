const types: ReadonlySet<unknown> = new Set([
  "object",
  "array",
  "string",
  "number",
  "integer",
  "boolean",
  "null",
]);
const propertyName = /^[a-zA-Z0-9_.-]{1,64}$/;

type Json = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a tool's input schema, as a path and a sentence to append to the schema's own path; undefined
 * when nothing is. Checks the keywords a schema is mostly made of, not the whole of JSON Schema.
 */
export function checkToolSchema(schema: Json, strict: boolean): string | undefined {
  if (schema["type"] !== "object") return ".type: Input should be 'object'";
  const combiner = ["oneOf", "allOf", "anyOf"].find((keyword) => keyword in schema);
  if (combiner !== undefined) {
    return ": input_schema does not support oneOf, allOf, or anyOf at the top level";
  }
  const wrongName = Object.keys(objectAt(schema, "properties") ?? {}).find(
    (name) => !propertyName.test(name),
  );
  if (wrongName !== undefined) {
    return `.properties: Property keys should match pattern '${propertyName.source}'`;
  }
  return checkNode(schema, "", strict);
}

function checkNode(node: unknown, where: string, strict: boolean): string | undefined {
  if (typeof node === "boolean") return undefined;
  if (!isJson(node)) return `${where}: JSON schema is invalid: a schema is an object or a boolean`;
  const wrong = checkKeywords(node);
  if (wrong !== undefined) return `${where}: JSON schema is invalid: ${wrong}`;
  if (strict && node["type"] === "object" && node["additionalProperties"] !== false) {
    return `${where}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  }
  for (const [key, child] of childrenOf(node)) {
    const problem = checkNode(child, `${where}.${key}`, strict);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkKeywords(node: Json): string | undefined {
  if ("type" in node && ![node["type"]].flat().every((type) => types.has(type))) {
    return "unknown type";
  }
  const required = node["required"];
  if (
    required != null &&
    !(Array.isArray(required) && required.every((name) => typeof name === "string"))
  ) {
    return "required must be a list of names";
  }
  if ("enum" in node && !(Array.isArray(node["enum"]) && node["enum"].length > 0)) {
    return "enum must be a list with at least one value";
  }
  if (node["properties"] != null && !isJson(node["properties"]))
    return "properties must be an object";
  return undefined;
}

function childrenOf(node: Json): readonly (readonly [string, unknown])[] {
  const named = ["properties", "$defs", "definitions"].flatMap((keyword) =>
    Object.entries(objectAt(node, keyword) ?? {}).map(
      ([name, child]) => [`${keyword}.${name}`, child] as const,
    ),
  );
  const listed = ["oneOf", "anyOf", "allOf", "prefixItems"].flatMap((keyword) => {
    const list = node[keyword];
    return Array.isArray(list)
      ? list.map((child: unknown, index) => [`${keyword}.${index}`, child] as const)
      : [];
  });
  const single = ["items", "additionalProperties", "not"].flatMap((keyword) =>
    keyword in node ? [[keyword, node[keyword]] as const] : [],
  );
  return [...named, ...listed, ...single];
}

function objectAt(node: Json, keyword: string): Json | undefined {
  const value = node[keyword];
  return isJson(value) ? value : undefined;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
