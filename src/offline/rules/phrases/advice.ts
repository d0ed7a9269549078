import type { Quoted } from "../quoted.ts";
import { placesOf } from "../task-paths.ts";

/** A sentence that asks for nothing by itself. */
export interface Advice {
  /** Paths the whole task is held to. */
  readonly limits?: readonly string[];
  readonly mentions?: boolean;
}

const things =
  "(?:(?:all|every|each|any|the|its|their|affected|related|existing|other|exported|code|call|of|in|and|or|both|tests?|checks?|suite|imports?|exports?|usages?|uses|references?|callers?|call sites?|sites?|mentions?|comments?|jsdoc|docs?|documentation|read ?mes?|markdown|types?|typings|examples?|declarations?|definitions?|places?|files?|packages?|modules?|it|them|this|that|everywhere)[\\s,]*)+";
const harmless: readonly RegExp[] = [
  /^(?:keep|make sure|ensure|verify|check|confirm)\b[^,]*\b(?:tests?|checks?|build|builds|lint|suite|types?|type-?check|everything|it|code|project)\b.*\b(?:green|pass|passes|passing|works?|working|succeeds?|builds?|compiles?|happy|ok)$/i,
  /^run\s+(?:(?:the|all|its|their|npm|repository's|project's|own|unit)\s+)*(?:tests?|checks?|test suite|suite|lint|build)(?:\s+(?:afterwards|after|at the end|when done|to verify|again))?$/i,
  /^(?:the\s+)?(?:tests?|test suite|build|checks?)\s+(?:must|should|have to|need to)\s+(?:still\s+|keep\s+)?(?:pass|passing|be green|stay green|work|succeed)(?:\s+afterwards)?$/i,
  new RegExp(
    `^(?:update|adjust|fix|include|rename|change|cover)\\s+${things}(?:accordingly|too|as well|to match)?$`,
    "i",
  ),
  new RegExp(`^(?:this|that|it)\\s+(?:includes|covers|concerns)\\s+${things}$`, "i"),
  new RegExp(`^(?:including|everywhere|also in|in)\\s+${things}$`, "i"),
  /^everywhere(?:\s+it is used)?$/i,
  /^(?:do not|don't|never)\s+(?:change|touch|edit|modify|do|rename)\s+(?:anything|nothing)\s+else$/i,
  /^(?:change|touch|edit|do)\s+nothing\s+else$/i,
  /^leave\s+(?:everything|all)\s+else\s+(?:alone|as it is|as is|unchanged|untouched)$/i,
  /^(?:the\s+)?behaviou?r\s+(?:must|should|may|has to)\s+(?:not\s+change|stay the same|be preserved|be unchanged)$/i,
  /^(?:do not|don't|never)\s+(?:change|alter)\s+(?:the\s+)?behaviou?r$/i,
  /^(?:keep|preserve)\s+(?:the\s+)?(?:existing\s+)?(?:behaviou?r|formatting|style|code style)(?:\s+(?:the same|unchanged|as it is))?$/i,
  /^(?:do not|don't|never)\s+(?:change|touch|edit|modify)\s+(?:(?:the|any|generated|files?|node_modules|dist|lock|lock-?files?|folder|or|and|in|,)\s*)+$/i,
  /^(?:thanks?|thank you)(?:\s+you)?$/i,
];
const codeOnly =
  /^(?:(?:do not|don't|never)\s+(?:change|touch|edit|rename|update)|leave)\s+(?:(?:it|them|the|any|in|and|or|,|comments?|docs?|documentation|markdown|alone)\s*)+$/i;
const limit =
  /^(?:only|just)\s+(?:(?:change|touch|edit|modify|look at|do this|this|do it)\s+)?(?:in\s+|within\s+|under\s+)?(.+)$|^(?:limit|restrict|confine)\s+(?:the\s+|this\s+|it\s+|yourself\s+)?(?:changes?\s+|work\s+|edits?\s+)?to\s+(.+)$/i;

/** Reads a sentence that changes nothing by itself, or only narrows the rest; undefined: it is not advice. */
export function readAdvice(clause: string, quoted: Quoted): Advice | undefined {
  if (harmless.some((pattern) => pattern.test(clause))) return {};
  if (codeOnly.test(clause) && /comments?|docs?|documentation|markdown/i.test(clause))
    return { mentions: false };
  const narrowed = limit.exec(clause);
  const limits = narrowed === null ? undefined : placesOf(narrowed[1] ?? narrowed[2] ?? "", quoted);
  return limits === undefined ? undefined : { limits };
}
