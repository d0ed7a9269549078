/** Programs with the flags by which a secret is told to them, where the flag is no word for it. What stands between is bounded. */
const flags: readonly (readonly [string, string])[] = [
  [String.raw`(?:mysql|mariadb)[\w-]*`, "-p"],
  ["(?:7z[ar]?|rar|unrar)", "-p"],
  ["(?:redis|valkey)-cli", String.raw`(?:-a|--pass)\s{1,4}`],
  ["sshpass", String.raw`-p\s{0,4}`],
  [
    String.raw`(?:docker|podman|helm|buildah|skopeo|oras|az|oc|cf|nuget)\b[^\n|;&]{0,40}\blogin`,
    String.raw`-p\s{1,4}`,
  ],
  ["mongo(?:sh|dump|restore|import|export|stat|top)?", String.raw`-p\s{1,4}`],
  [String.raw`ldap[a-z]{3,10}`, String.raw`-w\s{0,4}`],
  ["(?:keytool|jarsigner)", String.raw`-(?:storepass|keypass|srcstorepass|deststorepass)\s{1,4}`],
  ["openssl", String.raw`-(?:k|pass(?:in|out)?)\s{1,4}(?:pass:)?`],
  ["ssh-keygen", String.raw`-[NP]\s{1,4}`],
  ["(?:un)?zip", String.raw`-P\s{0,4}`],
  ["(?:sqlcmd|bcp)", String.raw`-P\s{0,4}`],
  ["mosquitto_(?:sub|pub|rr)", String.raw`(?:-P|--pw)\s{0,4}`],
  [String.raw`snmp[a-z]{2,10}`, String.raw`-[AX]\s{1,4}`],
  ["xfreerdp", "/p:"],
  ["net use", String.raw`/user:\S{1,80}\s{1,4}`],
  ["(?:smbclient|rpcclient|smbmap)", String.raw`-U\s{0,4}["']?[^\s%]{1,80}%`],
  ["(?:https?|xh)", String.raw`(?:-a|--auth)\s{1,4}["']?[^\s:"']{1,80}:`],
  ["lftp", String.raw`-u\s{1,4}[^\s,]{1,80},`],
  ["htpasswd", String.raw`-[a-zA-Z]{0,4}b[a-zA-Z]{0,4}\s{1,4}\S{1,200}\s{1,4}\S{1,80}\s{1,4}`],
  ["rabbitmqctl", String.raw`(?:add_user|change_password)\s{1,4}\S{1,80}\s{1,4}`],
  ["(?:useradd|usermod)", String.raw`-p\s{1,4}`],
  ["rclone", String.raw`obscure\s{1,4}`],
  ["gh secret set", String.raw`(?:-b|--body)[ =]{1,4}`],
  ["sudo", String.raw`-S\b[^\n|;&]{0,60}<<<\s{0,4}`],
];
/** It stands for a secret that is somewhere else. */
const elsewhere = String.raw`\$|<|\{|%[A-Za-z_]+%|\[redacted|\*+(?!\S)|\.{3}|(?:file|env|fd|stdin|stdout|prompt)\b`;
const quote = String.raw`\\{0,4}["']`;
/** Ends the group of what stands before it, and is the next one. */
const value = String.raw`(?:${quote})?)(?!${elsewhere})((?<=")[^"\\\n]{3,256}(?=\\{0,4}")|(?<=')[^'\\\n]{3,256}(?=\\{0,4}')|[^\s"'\x60|;&\\]{3,256})`;
/** In text that was escaped, the letter of a line break stands in front of a word and is none of it. */
const start = String.raw`(?:(?<![\w.-])(?!(?<=\\)[bfnrt])|(?<=\\[bfnrt]))`;
const programs = flags
  .map(([program, flag]) => String.raw`${program}\b(?:[^\n|;&]{0,200}?\s)${flag}`)
  .join("|");
const told = new RegExp(`(${start}(?:${programs})${value}`, "g");

/** What is handed to a program that reads a secret, and what configuration and SQL have behind a word of their own. */
const handed = [
  new RegExp(
    String.raw`(${start}(?:echo|printf)\s{1,4}(?:-n\s{1,4})?${value}(?=(?:${quote})?\s{0,4}\|[^\n|]{0,120}(?:--password-stdin|\bsudo\s{1,4}-\w*S|\bchpasswd\b|\bpasswd\b))`,
    "g",
  ),
  new RegExp(String.raw`(${start}(?:requirepass|masterauth|masterpass)\s{1,4}${value}`, "g"),
  new RegExp(
    String.raw`(${start}net use\s[^\n|;&]{0,20}\\{2,8}\S{1,200}\s{1,4}${value}(?=\s{1,4}/user:)`,
    "gi",
  ),
  new RegExp(
    String.raw`(\bidentified\s{1,4}by\s{1,4}(?:password\s{1,4})?(?=${quote})${value}`,
    "gi",
  ),
  new RegExp(
    String.raw`(\b(?:user|role|login)\s{1,4}\S{1,80}\s{1,4}(?:with\s{1,4})?(?:encrypted\s{1,4})?password\s{1,4}${value}`,
    "gi",
  ),
];

/** Takes the passwords out of command lines: `mysql -pS3cret`, `redis-cli -a S3cret`, `echo S3cret | docker login --password-stdin`. */
export function withoutCommandSecrets(text: string, mark: string): string {
  // One line may have two of them.
  return [told, told, ...handed].reduce(
    (left, pattern) => left.replaceAll(pattern, (_, before: string) => `${before}${mark}`),
    text,
  );
}
