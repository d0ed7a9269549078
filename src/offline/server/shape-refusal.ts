import type * as z from "zod";

import { invalid } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

type Issue = z.core.$ZodIssue;

/** Turns the first problem zod found into the API's form: `messages.0.content.1.text: Field required`. */
export function shapeRefusal(error: z.ZodError): Refusal {
  const [first] = error.issues;
  if (first === undefined) throw new Error("Internal error: a zod error without an issue");
  const { path, message } = describe(first);
  return invalid(path.length === 0 ? message : `${path.join(".")}: ${message}`);
}

interface Described {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function describe(issue: Issue): Described {
  if (issue.code === "unrecognized_keys") {
    return {
      path: [...issue.path, ...issue.keys.slice(0, 1)],
      message: "Extra inputs are not permitted",
    };
  }
  if (issue.code === "invalid_union") return describeUnion(issue);
  if (issue.code === "invalid_type" && issue.message.endsWith(" undefined")) {
    return { path: issue.path, message: "Field required" };
  }
  return { path: issue.path, message: issue.message };
}

/** Of the alternatives of a union, the one that went deepest is the one the sender meant. */
function describeUnion(issue: Extract<Issue, { code: "invalid_union" }>): Described {
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .map((candidate) => describe(candidate))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (inner === undefined || inner.path.length === 0) {
    return { path: issue.path, message: "Input does not match any of the expected forms" };
  }
  return { path: [...issue.path, ...inner.path], message: inner.message };
}
