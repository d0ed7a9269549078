/** Words of other languages for what people write a password behind, with the endings that they have in sentences. Compounds end in them. */
const passwords = [
  "passw[oö]rt(?:e[rs]?)?|kennw(?:ort|örter)(?:e?s)?|losungswort",
  "mots? de passe|mdp|contrase(?:ñ|n)as?|contrasenyas?|(?<!(?:const|let|var) )claves?|senhas?|palavras?[- ]passe|parola d['’]ordine",
  "wachtwoord(?:en)?|lösenord(?:et|en)?|passord(?:et)?|adgangskoden?|kodeord(?:et)?|salasana[ntks]?[a-zäö]{0,3}",
  "hasł(?:[aoeu]|em)|hesl(?:[aouy]|em)|lozink[aeou]m?|gesl[aou]|parolă|parol[ai](?:lei|mız)?|jelsz(?:ó|av)[a-zéáíóöőúüű]{0,5}|şifre(?:si|miz|niz|yi)?|slaptažod[a-zžį]{2,4}|parool[ia]?",
  "парол[а-яіїєґ]{1,4}|лозинк[а-я]{1,2}|κωδικ[όοώ][ςύυνί]{0,2}",
  "mật khẩu|kata sandi|पासवर्ड|รหัสผ่าน|كلمة (?:المرور|السر)|رمز (?:المرور|الدخول|عبور)|ה?סיסמ[הא]",
].join("|");
const others =
  "zugangs(?:daten|code)|(?:api|geheim|zugangs|zugriffs|lizenz)[- ]?schlüssel|geheimnis|jetons?|clés? (?:d['’](?:api|accès)|api|secrète|privée|wi-?fi)|identifiants|credenciales";
export const foreign = `${passwords}|${others}`;

/** What lets in who has lost the rest, or signs once. */
export const foreignCodes = String.raw`c[óo]d(?:igos?|ici|ice) d[ei] (?:recupera(?:ción|cion|ção|cao)|recupero|respaldo|backup|seguridad|segurança|sicurezza|acceso|acesso|accesso)|codes? de (?:récupération|secours|sécurité|sauvegarde|déverrouillage)|(?:wiederherstellungs|sicherungs|sicherheits|notfall|backup|einmal|freischalt|zutritts)-?codes?|(?:herstel|back-?up)codes?`;

/** These stand between no spaces. */
export const eastern =
  "密[码碼钥鑰]|口令|令牌|访问码|パス(?:ワード|コード)|暗証番号|비밀번호|비번|암호";

export const foreignLogins = String.raw`anmeld[a-zäöü]*|zugangsdaten|zugang|(?<![a-z])(?:einloggen|connexion|(?:se |te |me |vous )connecter|acceso|accesso|accedere|inloggen|zaloguj|logowani[ae]|entrar (?:al?|n[oa]s?|en))(?![a-z])`;
export const easternLogin = "登[录錄陆]|[账帐]号|ログイン";

/** What stands in front of a value: "est", "gewijzigd in", "сменили на". */
export const foreignSets =
  "ist|sind|war|laute[nt]|bleibt|heißt|jetzt|auf|est|sont|reste|devient|c['’]est|es|son|sono|è|são|é|agora|ahora|para|zijn|naar|är|er|til|till|on|to|jest|je|byl[oa]|na|van|este|e|là|adalah|είναι|на|هي|هو|היא|הוא";
