/** What is wired has pins as well, and the post has numbers of that name. */
const wired =
  /(?<![a-z])(?:gpio|connectors?|plugs?|headers?|sockets?|schematics?|solder\w*|relays?|wire[sd]?|wiring|jumpers?|boards?|chips?|mcu|ics?|pull-?(?:up|down)s?|footprints?|netlists?|gnd|leds?|volts?|pinout|breadboard|multimeter)(?![a-z])|(?<![\w-])(?:[UJ]|TP|GPIO)\d{1,4}(?!\w)|\d\s?V(?!\w)/i;
const address =
  /(?<![a-z])(?:road|rd|street|st|marg|nagar|lane|avenue|colony|sector|district|taluk|ship(?:ped|ping)? to|deliver(?:y|ed)?|address|postal|post office|po box|india|shop|flat|plot|floor|city|village)(?![a-z])/i;
const place = /\p{Lu}\p{Ll}{2,},?\s(?:[-–—]\s)?["'`(]?$/u;
const placeBehind = /^(?:, | \()\p{Lu}\p{Ll}{2,}/u;
/** Of tests, and of what is gone over several times. */
const counted =
  /(?<![a-z])(?:fail(?:ed|ures?|s)?|skip(?:ped|s)?|warn(?:ings?|s)?|errors?|todo|tests?|suites?|assertions?|blocks?|rows|rounds?|iterations?|samples|frames|items|bytes|vertices|steps|epochs|lines|files|records|m|km|ms)(?![a-z])|^pass \d+ of/i;
const around = 80;

/** Whether a number behind "pin" or "pass" is that of a contact or a place, or counts: nobody gets in with it. */
export function isOtherNumber(
  text: string,
  { at, said, value }: { readonly at: number; readonly said: string; readonly value: string },
): boolean {
  // "pin the image to 22.4.1"
  if (/^pin(?:s|ned|ning)? /i.test(said) && /\d\.\d|==|@/.test(value)) return true;
  const end = at + said.length + value.length;
  const near = `${text.slice(Math.max(0, at - around), at)}${said} ${text.slice(end, end + around)}`;
  const isPin = /^[^\w]*pins?(?![a-z])|[ -]pin\s/i.test(said);
  if (isPin && /^[A-Z]{0,3}\d+[.)]*$/.test(value) && wired.test(near)) return true;
  if (/^pin(?:[ -]?code)?\W/i.test(said) && /^[1-9]\d{5}[.)]*$/.test(value)) {
    const before = text.slice(Math.max(0, at - around), at);
    return address.test(near) || place.test(before) || placeBehind.test(text.slice(end, end + 20));
  }
  return /^pass(?:es|ed)?(?![a-z])/i.test(said) && /^\d+[.)]*$/.test(value) && counted.test(near);
}
