import { isPublicOfJwk } from "../../secrets/jwk-secrets.ts";
import { secretWord } from "./secret-sayings.ts";

/** Nouns whose value everybody may see, unless they only say of what a secret is: "the token of that commit". */
const publicNoun =
  /(?<!\b(?:in|of|for|at|from|on|with)\s+(?:(?:the|this|that|our|an?)\s+)?)(?<![a-z])(?:commit|sha-?\d*|md5|blake\w*|digest|checksum|integrity|fingerprint|thumbprint|serial(?: number)?|(?:\w+ )?(?:public|pub)[ _-]?key(?: \w{1,16})?|(?:data-)?site[ _-]?key|revision|e-?tag)["'`]?(?:\s+(?:is|was)(?![a-z])|\s*[:=@])?[\s"'`(]*$/i;
/** What has its value right behind it. */
const label =
  /(?<![a-z])(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|v=dkim1;.*p|h1|rev|uu?id|guid|trace|span|request|build|image|asset|layer|tx|transaction|block)["'`]?\s*[:=/]?[\s"'`(]*$/is;
/** An id is one of many; who has that of a session, or of a secret, is let in. */
const id =
  /(?:(?<![a-z])ids?|[a-z]I[Dd]s?|-I[Dd]|_ID)["'`]?(?:\s+(?:is|was)(?![a-z])|\s*[:=])?[\s"'`(]*$/;
const opensById = /(?:sess(?:ion)?|secret)[ _-]?ids?\W*(?:is|was)?\W*$/i;
/** "using EDDSA key 83E5…": keys are called by what they hash to. */
const keyCalled =
  /(?<![a-z])(?:rsa|dsa|eddsa|ecdsa|ed25519|gpg|pgp|signing|subkey)\s+key["'`:]*\s+$/i;
const keyHash = /^(?:0x)?(?:[\dA-F]{8}|[\dA-F]{16}|[\dA-F]{32}|[\dA-F]{40})$/;
/** A key for encrypting to, or for checking a signature, says so in its first bytes. */
const publicKey =
  /^(?:AAAA[BCE][23]Nz|AAAAE2Vj|MII[\w+/]{3}ANBgkqhki|MIGfMA0|MFkwEw|MCowBQ)|^(?:age|npub)1[\da-z]{50,}$/;
/** Who finds a hole gives it a number. */
const advisory =
  /^(?:GHSA(?:-[\da-z]{4}){3}|(?:CVE|RUSTSEC|PYSEC|GO|DSA|DLA|USN|RH[SBE]A|GMS|OSV)-\d{4}[-:]\d{1,10}|SNYK(?:-[A-Z\d]{2,40}){2,3})$/;
/** What a tool calls a style. */
const styleName =
  /^(?:css|sc|jss|jsx|tss|svelte|emotion|styled|makeStyles|astro)-[\dA-Za-z]{4,12}(?:-[A-Za-z]\w{0,40}){0,4}$/;
/** A certificate has less. */
const blockMax = 8000;
const digest = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const range = /^[\da-f]{7,40}\.{2,3}[\da-f]{7,40}$/;
const file = /^[\w.~-]+\.[a-z]{2,4}\d?$|^[a-z\d.~-]+\.[a-z]{2,8}$/;
/** `Linux-pnpm-store-…`: words say what it is a hash of. */
const ofWords = /^(?:[A-Za-z]{2,}[-_]){3,}[\da-f]{40,64}$/;

/**
 * Whether what looks drawn by chance is known to all in its place: the noun in front names it ("commit", "public key is"), a file is behind
 * its sum, or it is built like an id, a range of commits, a file.
 */
export function isPublic(text: string, at: number, piece: string): boolean {
  const [, name = "", value = piece] = /^(\w{1,40}=)([\s\S]{6,})$/.exec(piece) ?? [];
  if (
    [uuid, range, file, ofWords, publicKey, advisory, styleName].some((shape) => shape.test(value))
  )
    return true;
  const before = text.slice(Math.max(0, at - 120), at) + name;
  if (isCalledPublic(before, value)) return true;
  if (label.test(before) && isNoSecretOf(before, value)) return true;
  if (isPublicOfJwk(text, at) || isInPublicBlock(text, at)) return true;
  return digest.test(value) && /^ [ *](?:\S*[./]|-(?!.))/.test(text.slice(at + piece.length));
}

/** Between the markers of a public key, a certificate, or a request for one. */
function isInPublicBlock(text: string, at: number): boolean {
  const front = text.slice(Math.max(0, at - blockMax), at);
  const begin = front.lastIndexOf("-----BEGIN ");
  return (
    begin >= 0 &&
    !front.includes("-----END ", begin) &&
    /^-----BEGIN [A-Z\d ]{0,30}(?:PUBLIC KEY|CERTIFICATE|CRL)/.test(front.slice(begin, begin + 60))
  );
}

/** Whether what ends a text calls the value behind it something that is no secret. */
export function isCalledPublic(before: string, value: string): boolean {
  return (
    publicNoun.test(before) ||
    (id.test(before) && !opensById.test(before) && isNoSecretOf(before, value)) ||
    (keyHash.test(value) && keyCalled.test(before))
  );
}

/** "token block …", "auth cookie, see image: …": a word for one of many says nothing where a secret is spoken of, unless a sum is behind it. */
function isNoSecretOf(before: string, value: string): boolean {
  return /^(?:0x|I)?[\da-f-]+$/i.test(value) || !secretWord.test(before.slice(-40));
}
