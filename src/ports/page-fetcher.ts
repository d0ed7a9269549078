/** Fetches one page for an agent. Never rejects: what the network does comes back as data. */
export type PageFetcher = (url: URL, signal: AbortSignal) => Promise<FetchedPage>;

export type FetchedPage =
  | {
      readonly kind: "page";
      /** Where it came from in the end: redirects on the same host are followed. */
      readonly url: string;
      readonly status: number;
      readonly contentType: string;
      /** Plain text; of HTML what a reader sees, with the addresses of links. */
      readonly text: string;
      /** The page was longer than what is read of one. */
      readonly isCut: boolean;
    }
  /** The page is on another host, which is to be asked for by itself. */
  | { readonly kind: "elsewhere"; readonly url: string }
  /** `reason` is a clause for the model: what is wrong with the address or the answer. */
  | { readonly kind: "refused"; readonly reason: string };
