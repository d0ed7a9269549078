import type { Contract } from "../model/contract.ts";

/** What a model can take, as its server says; a cautious guess when it does not. Never rejects. */
export type FindModelWindow = (model: string) => Promise<Contract["window"]>;
