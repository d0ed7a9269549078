/**
 * Tokens that say themselves what they are: the prefixes and lengths that providers document, so that scanners find
 * them. Each shape is a literal start and one run of characters (or a few with a literal between), which no regular
 * expression engine can take longer than linear time over.
 */
const shapes = [
  // Models
  String.raw`sk-ant-[\w-]{20,}`,
  String.raw`sk-(?:proj|svcacct|admin|None)-[\w-]{20,}`,
  "sk-or-v1-[0-9a-f]{40,}",
  "sk-[A-Za-z0-9]{32,}",
  "hf_[A-Za-z0-9]{30,}",
  "r8_[A-Za-z0-9]{37}",
  "gsk_[A-Za-z0-9]{40,}",
  String.raw`nvapi-[\w-]{60,}`,
  String.raw`lsv2_(?:pt|sk)_\w{40,}`,
  "pplx-[A-Za-z0-9]{40,}",
  "xai-[A-Za-z0-9]{60,}",
  // Code and its packages
  "gh[opusr]_[A-Za-z0-9]{36,}",
  String.raw`github_pat_\w{50,}`,
  String.raw`gl(?:pat|dt|rt|ptt|agent|soat|ft|imt|cbt|oas)-[\w.-]{20,}`,
  "npm_[A-Za-z0-9]{36}",
  String.raw`pypi-AgE[\w-]{50,}`,
  "rubygems_[0-9a-f]{48}",
  "cio[A-Za-z0-9]{32}",
  String.raw`dckr_(?:pat|oat)_[\w-]{27,}`,
  String.raw`ATATT3[\w=-]{60,}`,
  "ATBB[A-Za-z0-9]{28,}",
  "lin_api_[A-Za-z0-9]{40}",
  "ntn_[A-Za-z0-9]{40,}",
  "secret_[A-Za-z0-9]{43}",
  String.raw`figd_[\w-]{40,}`,
  String.raw`pat[A-Za-z0-9]{14}\.[0-9a-f]{64}`,
  "PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
  "oy2[a-z0-9]{43}",
  "CLOJARS_[a-z0-9]{60}",
  "AKCp[A-Za-z0-9]{69}",
  "sgp_(?:[0-9a-f]{16}_)?[0-9a-f]{40}",
  "rdme_[a-z0-9]{70}",
  String.raw`API-(?=[A-Z]{0,25}\d)[A-Z0-9]{26}`,
  // Clouds
  "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
  String.raw`AIza[\w-]{35}`,
  String.raw`ya29\.[\w-]{20,}`,
  String.raw`GOCSPX-[\w-]{28}`,
  String.raw`[\w~.-]{3}\dQ~[\w~.-]{31,34}`,
  "do[opr]_v1_[0-9a-f]{64}",
  "LTAI[A-Za-z0-9]{20}",
  String.raw`dt0[a-zA-Z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}`,
  String.raw`sl\.(?:u\.)?(?=[A-Za-z_-]{0,60}\d)[\w-]{130,}`,
  String.raw`sk\.eyJ[\w-]{20,}\.[\w-]{20,}`,
  "dapi[0-9a-f]{32}",
  String.raw`hv[brs]\.[\w-]{24,}`,
  String.raw`[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}`,
  "pul-[0-9a-f]{40}",
  "nfp_[A-Za-z0-9]{36}",
  "sbp_[0-9a-f]{40}",
  String.raw`sb_secret_[\w-]{20,}`,
  String.raw`pscale_(?:tkn|pw|oauth)_[\w.-]{32,}`,
  String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9.]{40,}`,
  String.raw`HRKU-[\w-]{30,}`,
  String.raw`fm[12][ar]?_[\w+/=]{60,}`,
  "AGE-SECRET-KEY-1[0-9A-Z]{58}",
  String.raw`tskey-(?:auth|api|client)-[\w-]{20,}`,
  "bkua_[0-9a-f]{40}",
  String.raw`CCIP(?:AT|RJ)_[\w-]{40,}`,
  String.raw`ops_eyJ[\w-]{60,}`,
  // Watching
  "NRAK-[A-Z0-9]{27}",
  "glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}",
  "glc_[A-Za-z0-9+/=]{32,}",
  String.raw`sntrys_[\w+/=]{50,}`,
  "sntryu_[0-9a-f]{64}",
  // Money, mail and messages
  "[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
  "whsec_[A-Za-z0-9+/=]{24,}",
  "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
  String.raw`sq0[ac][st]p-[\w-]{22,}`,
  String.raw`EAAA[\w-]{56,}`,
  String.raw`SG\.[\w-]{22}\.[\w-]{43}`,
  "key-[0-9a-f]{32}",
  "EZ[AT]K[A-Za-z0-9]{54}",
  "shippo_(?:live|test)_[0-9a-f]{40}",
  String.raw`xkeysib-[0-9a-f]{64}-\w{16}`,
  String.raw`re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}`,
  String.raw`[0-9a-f]{32}-us\d{1,2}`,
  "SK[0-9a-f]{32}",
  "xox[abeoprs]-[A-Za-z0-9-]{10,}",
  String.raw`xapp-\d-[A-Za-z0-9-]{20,}`,
  String.raw`(?:bot)?\d{8,10}:AA[\w-]{33}`,
  String.raw`[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}`,
  // A signed claim of any issuer
  String.raw`eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}`,
];

/**
 * A token begins where a word does. Text within text hides that: an escaped line break, an encoded byte and a colour
 * each end in what looks like a letter.
 */
const wordStart = String.raw`(?:(?<![\w-])|(?<=\\[bfnrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\[[\d;]{0,12}m))`;

export const tokenShapes = new RegExp(`${wordStart}(?:${shapes.join("|")})(?![A-Za-z0-9])`, "g");

/** Addresses that are a secret by themselves: who knows them may post. The group is what stays. */
export const secretAddresses =
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,24}\/|webhook\.office\.com\/webhookb2\/|hooks\.zapier\.com\/hooks\/catch\/\d{1,12}\/)[\w/@-]{6,}/g;
