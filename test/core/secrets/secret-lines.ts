/** A secret, and the text it stands in (at @@). Made here, so that no scanner takes this file for a leak. */
export interface SecretLine {
  readonly around: string;
  readonly secret: string;
}

const letters = "a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ";
const hexes = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const capitals = "A2B3C4D5E6F7GHIJKLMNOPQRSTUVWXYZ";

function run(alphabet: string, length: number): string {
  return alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
}
const mixed = (length: number): string => run(letters, length);
const hex = (length: number): string => run(hexes, length);

const tokens = [
  `sk-ant-api03-${mixed(90)}`,
  `sk-ant-oat01-${mixed(60)}-AA`,
  `sk-proj-${mixed(60)}_x-${mixed(20)}`,
  `sk-svcacct-${mixed(40)}`,
  `sk-${mixed(48)}`,
  `sk-or-v1-${hex(64)}`,
  `hf_${mixed(34)}`,
  `r8_${mixed(37)}`,
  `gsk_${mixed(52)}`,
  `pplx-${mixed(48)}`,
  `ghp_${mixed(36)}`,
  `gho_${mixed(36)}`,
  `ghs_${mixed(36)}`,
  `github_pat_${mixed(22)}_${mixed(59)}`,
  `glpat-${mixed(20)}`,
  `gldt-${mixed(20)}`,
  `npm_${mixed(36)}`,
  `pypi-AgEIcHlwaS5vcmc${mixed(80)}`,
  `rubygems_${hex(48)}`,
  `dckr_pat_${mixed(27)}`,
  `ATATT3xFfGF0${mixed(120)}`,
  `lin_api_${mixed(40)}`,
  `secret_${mixed(43)}`,
  `figd_${mixed(40)}`,
  `pat${mixed(14)}.${hex(64)}`,
  `PMAK-${hex(24)}-${hex(34)}`,
  `oy2${mixed(43).toLowerCase()}`,
  `CLOJARS_${mixed(60).toLowerCase()}`,
  `AKCp${mixed(69)}`,
  `sgp_${hex(16)}_${hex(40)}`,
  `rdme_${mixed(70).toLowerCase()}`,
  `API-${run(capitals, 26)}`,
  `LTAI${mixed(20)}`,
  `dt0c01.${run(capitals, 24)}.${run(capitals, 64)}`,
  `sl.u.${mixed(140)}`,
  `sk.eyJ${mixed(60)}.${mixed(22)}`,
  `EZAK${mixed(54)}`,
  `shippo_live_${hex(40)}`,
  `AKIA${run(capitals, 16)}`,
  `ASIA${run(capitals, 16)}`,
  `AIza${mixed(35)}`,
  `ya29.${mixed(60)}`,
  `GOCSPX-${mixed(28)}`,
  `abc8Q~${mixed(34)}`,
  `dop_v1_${hex(64)}`,
  `dapi${hex(32)}`,
  `hvs.${mixed(90)}`,
  `${mixed(14)}.atlasv1.${mixed(67)}`,
  `pul-${hex(40)}`,
  `sbp_${hex(40)}`,
  `pscale_pw_${mixed(43)}`,
  `dp.pt.${mixed(43)}`,
  `AGE-SECRET-KEY-1${run(capitals, 58)}`,
  `NRAK-${run(capitals, 27)}`,
  `glsa_${mixed(32)}_${hex(8)}`,
  `sntryu_${hex(64)}`,
  `sk_live_${mixed(24)}`,
  `rk_test_${mixed(24)}`,
  `whsec_${mixed(32)}`,
  `shpat_${hex(32)}`,
  `SG.${mixed(22)}.${mixed(43)}`,
  `key-${hex(32)}`,
  `${hex(32)}-us14`,
  `xoxb-123456789012-${mixed(24)}`,
  `xapp-1-${mixed(40)}`,
  `123456789:AA${mixed(33)}`,
  `M${mixed(23)}.${mixed(6)}.${mixed(27)}`,
  `eyJ${mixed(20)}.eyJ${mixed(60)}.${mixed(43)}`,
];

const password = "tr0ub4dor";
const chance = mixed(32);

const named: readonly SecretLine[] = [
  "PASSWORD=@@",
  "export DB_PASSWORD=@@",
  "DB_PASSWORD_2='@@'",
  'API_KEY="@@"',
  "STRIPE_WEBHOOK_SECRET=@@ npm start",
  "set -x; TOKEN=@@",
  "+ MYSQL_ROOT_PASSWORD=@@",
  "NPM_TOKEN: @@",
  "  password: '@@'",
  '  "password": "@@",',
  "  db_password: @@",
  '{"clientSecret":"@@"}',
  'const apiKey = "@@";',
  "let authToken = `@@`;",
  "secret_key := '@@'",
  ":password => '@@',",
  "app.secret-key=@@",
  "spring.datasource.password=@@",
  "--password @@ --host db",
  "--api-key=@@",
  "mysql --password=@@ -u root",
  "<password>@@</password>",
  "https://example.com/cb?access_token=@@&state=1",
  "https://example.com/x?a=1&api_key=@@",
  "//registry.example.com/:_authToken=@@",
  '{\\"token\\": \\"@@\\"}',
  "Server=db;User Id=sa;Password=@@;Encrypt=true",
  "requirepass=1 passphrase='@@'",
  "postgres://app:@@@db.internal:5432/app",
  "mongodb+srv://app:@@@cluster0.example.net",
  "redis://:@@@cache:6379",
  "git clone https://bob:@@@git.example.com/x.git",
  "amqp://guest:@@@mq//vhost",
  "machine example.com login bob password @@",
  "curl -u bob:@@ https://example.com",
  "curl --user 'bob:@@' https://example.com",
  "AssertionError: expected { password: '@@' } to equal {}",
  "::add-mask:: secret: @@",
  "mysql -h db -uroot -p@@ main",
  "mysqldump -u root -p'@@' main > dump.sql",
  "redis-cli -h cache -a @@ ping",
  "sshpass -p @@ ssh deploy@10.0.0.1",
  "docker login -u ci -p @@ registry.example.com",
  "ldapsearch -x -D cn=admin -w @@ -b dc=example",
  "keytool -genkey -storepass $STORE -keypass @@",
  "openssl pkcs12 -passin pass:@@ -in c.p12",
  "zip -P @@ out.zip file",
  "snmpwalk -v3 -u ops -A $AUTH -X @@ host",
  "smbclient //srv/share -U bob%@@",
  "echo @@ | docker login -u ci --password-stdin",
  "sudo -S <<< '@@' apt update",
  "CREATE USER app IDENTIFIED BY '@@'",
  "requirepass @@",
  "export PGPASSWORD=@@; psql -h db",
  "MYSQL_PWD=@@ mysqldump app",
  "- name: API_TOKEN\n  value: @@",
].map((around) => ({ around, secret: password }));

const drawn: readonly SecretLine[] = [
  "AWS_SECRET_ACCESS_KEY=@@",
  "aws_secret_access_key = @@",
  "AccountName=x;AccountKey=@@;EndpointSuffix=y",
  "Authorization: Bearer @@",
  "authorization: bearer @@",
  "-H 'Authorization: Basic @@'",
  "Authorization: token @@",
  "X-Api-Key: @@",
  '"x-auth-token": "@@"',
  "Cookie: theme=dark; session=@@; lang=en",
  "Set-Cookie: JSESSIONID=@@; Path=/; HttpOnly",
  "SECRET_KEY_BASE=@@",
  "TOKEN_GITHUB=@@",
  "X-Amz-Signature=@@",
  "https://@@@github.com/skein/skein.git",
  "https://hooks.slack.com/services/@@",
  "https://discord.com/api/webhooks/123456789/@@",
  "encryptionKey: @@",
  "private_key = @@",
  "session_secret: @@",
].map((around) => ({ around, secret: chance }));

const places = [
  "@@",
  "key is @@.",
  "export X=@@",
  '{"a":"@@"}',
  "\u001B[32m@@\u001B[0m",
  "line\\n@@\\nline",
];

const plain = "vFOHAgpEZUmjmqj";
const ofLetters: readonly SecretLine[] = [
  "POSTGRES_PASSWORD: @@",
  "  SMTP_PASSWORD: @@\n  PORT: 25",
].map((around) => ({ around, secret: plain }));

const privateMembers: readonly SecretLine[] = [
  '{"kty":"EC","crv":"P-256","x":"A2PCInAT33RUjuVZSTY6","d":"@@"}',
  '{"k":"@@","kty":"oct"}',
  String.raw`{\"kty\":\"RSA\",\"n\":\"A2PCInAT33RU\",\"dp\":\"@@\"`,
  "{ kty: 'OKP', d: '@@' }",
].map((around) => ({ around, secret: "Mz1enjOVilHTFAhD6usyzbEb34Fe1lhAZOl3x-6jod9" }));

export const secretLines: readonly SecretLine[] = [
  ...tokens.map((secret, at) => ({ around: places[at % places.length] ?? "@@", secret })),
  ...named,
  ...drawn,
  ...ofLetters,
  ...privateMembers,
];
