import type { Allowance } from "../../model/request-end.ts";
import { shareLeft } from "./allowance.ts";

/**
 * Why a request that nobody waits for is not sent: it is to leave others a share of what the API lets us send. What is not known
 * keeps it back only when the API has answered and should have told (`isTold`): then nobody can say what is left.
 */
export function whyNoRequest(
  allowance: Allowance | undefined,
  of: { readonly least: number; readonly now: number; readonly isTold: boolean },
): string | undefined {
  const { least, now, isTold } = of;
  if (least === 0) return undefined;
  if (allowance === undefined)
    return isTold ? "the API did not say what is left of its limits" : undefined;
  return shareLeft(allowance, now) < least
    ? `less than ${Math.round(least * 100)}% of the API's limits is left`
    : undefined;
}
