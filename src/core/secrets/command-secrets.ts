/** Programs with the flags by which a secret is told to them, where the flag is no word for it. What stands between is bounded. */
const flags: readonly (readonly [string, string])[] = [
  [String.raw`(?:mysql|mariadb)[\w-]*`, "-p"],
  ["(?:7z[ar]?|rar|unrar)", "-h?p"],
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
  // Databases
  ["(?:cypher-shell|beeline|cqlsh|impala-shell|trino|presto)", String.raw`-p\s{1,4}`],
  ["(?:isql|tsql|osql|sqsh)", String.raw`-P\s{0,4}`],
  ["vsql", String.raw`-w\s{1,4}`],
  [
    "(?:sqlplus|sqlldr|expdp?|impdp?|rman|tnsping|sql)",
    String.raw`(?:-\w{1,2}\s{1,4}){0,2}(?:userid=|target\s)?["']?[A-Za-z]\w{1,40}\/(?=[^\s/@]{3,64}@)`,
  ],
  ["db2 connect to", String.raw`user\s{1,4}\S{1,80}\s{1,4}using\s{1,4}`],
  // Machines, and what is between them
  ["ipmi(?:tool|console|power)", String.raw`-[PE]\s{1,4}`],
  ["mosquitto_(?:pub|sub|rr)", String.raw`-P\s{1,4}`],
  ["(?:plink|pscp|psftp|putty|winscp|kitty)", String.raw`-pw\s{1,4}`],
  [
    "(?:psexec|paexec|schtasks|wmic|cmdkey|runas|vpncmd|signtool)[.\\w]*",
    String.raw`[-/](?:rp|p|pass|password)[ :]\s{0,4}`,
  ],
  [
    "(?:evil-winrm|crackmapexec|nxc|netexec|smbmap|rdesktop|vncdo|hydra|medusa|ncftp(?:get|put)?)",
    String.raw`-p\s{1,4}`,
  ],
  ["(?:vncviewer|xtightvncviewer|x11vnc|vncpasswd)", String.raw`-passwd?\s{1,4}`],
  ["nmcli", String.raw`(?:password|wifi-sec\.psk|802-11-wireless-security\.psk)\s{1,4}`],
  [
    "(?:iwconfig|iwctl|wpa_passphrase)",
    String.raw`(?:key s:|--passphrase[ =]|wpa_passphrase\s{1,4}["']?[\w -]{1,40}["']?\s{1,4})`,
  ],
  ["(?:ds(?:conf|ctl|idm)|net ads|wbinfo)", String.raw`-w\s{1,4}`],
  ["samba-tool user", String.raw`(?:create|add|setpassword)\s{1,4}\S{1,80}\s{1,4}`],
  // Files, keys and images
  ["pdf(?:totext|images|info|tohtml|tocairo|toppm|fonts|detach)", String.raw`-[uo]pw\s{1,4}`],
  ["(?:pdftk|qpdf|mutool)", String.raw`(?:input_pw|user_pw|owner_pw|-p)\s{1,4}`],
  ["hdiutil", String.raw`-passphrase\s{1,4}`],
  [
    String.raw`security (?:unlock-keychain|create-keychain|set-key-partition-list|import|export|add-\w{1,10}-password|set-keychain-password)`,
    String.raw`-[pPwk]\s{1,4}`,
  ],
  ["(?:pk12util|certutil)", String.raw`-[WKp]\s{1,4}`],
  ["(?:apksigner|jarsigner)", String.raw`--(?:ks|key)-pass\s{1,4}(?:pass:)?`],
  ["(?:altool|notarytool)", String.raw`-p\s{1,4}`],
  ["(?:mc|mcli)", String.raw`alias set\s{1,4}\S{1,60}\s{1,4}\S{1,120}\s{1,4}\S{1,80}\s{1,4}`],
  [
    "(?:npm|pnpm|yarn)",
    String.raw`config set\s{1,4}["']?\S{0,120}(?:_authToken|_auth|_password)["']?[ =]{1,4}`,
  ],
  ["aws configure", String.raw`set\s{1,4}\S{0,80}secret_access_key\s{1,4}`],
  ["git config", String.raw`\S{1,80}(?:password|token|passwd)\s{1,4}`],
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
  new RegExp(
    String.raw`(${start}(?:spawn|expect)\b[^\n]{0,300}\bsend\s{1,4}(?:--\s)?\\{0,4}["'])(?!y(?:es)?\b|no?\b|\\|exit|quit|\$|\[)([^"'\s\\]{4,256})(?=\\{1,2}[rn])`,
    "g",
  ),
  // What asks for a password is told it on its standard input, or in a file that is none.
  new RegExp(
    String.raw`(${start}(?:kinit|cryptsetup|veracrypt|su|passwd|smbpasswd|chpasswd|ssh-add|gpg2?|sshfs|ecryptfs\S{0,20}|zfs|luks\w{0,10})\b[^\n|;&]{0,120}<<<\s{0,4}${value}`,
    "g",
  ),
  new RegExp(
    String.raw`((?:pass|pw|secret|token|key)[\w-]{0,20}[ =]<\((?:echo|printf)\s{1,4}(?:-n\s{1,4})?["']?)([^\s"')$]{4,256})`,
    "g",
  ),
  /((?<![\w.-])snmp\S{0,20}\s{1,4}community\s{1,4}|(?<![\w.-])[rw]ocommunity6?\s{1,4})(?!public(?!\w)|private(?!\w))([^\s"'<$]{4,64})/g,
  // Where one is read twice, it is said twice.
  new RegExp(
    String.raw`(\(?\s?echo\s{1,4}(?:-e\s{1,4})?["']?)([^\s"';|&\\$]{4,64})(?=["']?\s?(?:;|&&|\\n)[^\n|]{0,100}\|\s{0,4}(?:sudo\s)?(?:smbpasswd|passwd|chpasswd|cryptsetup|pw|htpasswd|openssl|gpg|kinit|ssh-add))`,
    "g",
  ),
  new RegExp(
    String.raw`(;\s?echo\s{1,4}["']?)([^\s"';|&\\$]{4,64})(?=["']?\s?\)\s?\|\s{0,4}(?:sudo\s)?(?:smbpasswd|passwd))`,
    "g",
  ),
  new RegExp(String.raw`(${start}(?:requirepass|masterauth|masterpass)\s{1,4}${value}`, "g"),
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
