/**
 * What a speaker's label looks like: "MR BEER:", "THE CORONER:", "PC 1234 SURNAME:", "Dr Smith:". Only the shape of a
 * label and the words for offices and titles are known here, never a person.
 */

const titles = new Set(
  (
    'MR MRS MS MISS MX MASTER DR DOCTOR PROF PROFESSOR SIR LADY LORD DAME BARONESS BARON VISCOUNT VISCOUNTESS EARL COUNTESS ' +
    'REV REVEREND FATHER BISHOP ARCHBISHOP CANON RABBI IMAM SISTER BROTHER JUSTICE JUDGE MAGISTRATE SHERIFF RECORDER CHIEF ' +
    'DEPUTY HIS HER HHJ HON HONOURABLE HONORABLE SENATOR CONGRESSMAN CONGRESSWOMAN REPRESENTATIVE COUNCILLOR CLLR ALDERMAN ' +
    'MINISTER AMBASSADOR GOVERNOR PRESIDENT MAYOR PC WPC DC WDC DS DI DCI DSI DSU DCS PS TDC TDI ACC DAC DCC PCSO CONSTABLE ' +
    'DETECTIVE SERGEANT SGT INSPECTOR INSP SUPERINTENDENT SUPT COMMANDER COMMISSIONER OFFICER TROOPER AGENT MARSHAL CAPTAIN ' +
    'CAPT MAJOR COLONEL COL LIEUTENANT LT CORPORAL CPL PRIVATE PTE GENERAL GEN BRIGADIER ADMIRAL COMMODORE AIR FLIGHT WING ' +
    'SQUADRON SURGEON NURSE MATRON SOLDIER WITNESS JUROR SPEAKER INTERPRETER COUNSEL SOLICITOR CLERK USHER ATTORNEY SENOR ADV ADVOCATE'
  ).split(' '),
);

/** What can follow "THE" before a title: "THE RT HON LORD SMITH", "THE HONOURABLE MR JUSTICE SMITH". */
const styles = new Set('RIGHT RT HON HONOURABLE HONORABLE REV REVD REVEREND'.split(' '));

/** Who can be "THE …" or stand alone as a label. */
const offices = new Set(
  (
    'CHAIR CHAIRMAN CHAIRWOMAN CHAIRPERSON VICE-CHAIR CORONER JUDGE COURT WITNESS WITNESSES CLERK USHER INTERPRETER ' +
    'TRANSLATOR REPORTER STENOGRAPHER REGISTRAR DEFENDANT DEFENDANTS CLAIMANT PLAINTIFF APPELLANT RESPONDENT PETITIONER ' +
    'APPLICANT ACCUSED JURY JUROR JURORS FOREMAN FOREWOMAN FOREPERSON VIDEOGRAPHER ASSESSOR PRESIDENT COMMISSIONER ' +
    'INSPECTOR ARBITRATOR TRIBUNAL ASSOCIATE BAILIFF DEPUTY MARSHAL SECRETARY SOLICITOR OFFICER MANAGER TECHNICIAN ' +
    'OPERATOR RECORDER MAGISTRATE SHERIFF ADVOCATE COUNSEL PANEL MODERATOR CONVENER CONVENOR SPEAKER MEMBER PARTICIPANT ' +
    'OBSERVER APPLICANTS PROSECUTOR PROSECUTION DEFENCE DEFENSE GUARD ATTORNEY GENERAL INTERVIEWER INTERVIEWEE AUDIENCE ' +
    'ATTENDANT CALLER VOICE NARRATOR MONITOR MEDIATOR ADJUDICATOR UMPIRE DEPONENT'
  ).split(' '),
);

const chairOffices =
  /^(?:THE |MADAM |MR |MADAME |ACTING |ASSISTANT |SENIOR |DEPUTY |LEARNED |VICE[- ])*(?:CHAIR|CHAIRMAN|CHAIRWOMAN|CHAIRPERSON|CORONER|JUDGE|COURT|PRESIDENT|RECORDER|MAGISTRATE|SHERIFF|ARBITRATOR|COMMISSIONER|TRIBUNAL|INSPECTOR|CONVENER|CONVENOR)$/;
const judicialTitles =
  /^(?:CHIEF JUSTICE|JUSTICE|MR JUSTICE|MRS JUSTICE|MS JUSTICE|LORD JUSTICE|LADY JUSTICE|LORD CHIEF JUSTICE|JUDGE|HIS HONOUR|HER HONOUR|HHJ|MAGISTRATE JUDGE|SHERIFF|RECORDER|MASTER)\b/;
const witnessLabels = /^(?:THE )?(?:WITNESS|WITNESSES|DEPONENT|INTERVIEWEE)$/;

/** Longest label that is looked for, in UTF-16 units. */
export const longestLabel = 72;

export type LabelStrength = 'none' | 'bare' | 'weak' | 'strong';

export interface Label {
  /** As printed, without colon, outer space and what follows the name in brackets, but for the name of who holds an office. */
  readonly printed: string;
  /**
   * `strong`: it has a title or an office in it; `weak`: only its capitals speak for it; `bare`: nothing but a few words
   * before a colon, which are a label only where nothing else stands.
   */
  readonly strength: 'bare' | 'weak' | 'strong';
  /** Index after the colon. */
  readonly end: number;
}

/** The label that a line begins with, `from` being the index of its first letter; undefined when there is none. */
export function labelAt(text: string, from: number): Label | undefined {
  const colon = text.indexOf(':', from + 1);
  if (colon < 0 || colon - from > longestLabel) return undefined;
  const after = text.charCodeAt(colon + 1);
  // "10:30" and "http:" are no labels.
  if (colon + 1 < text.length && after !== 32 && after !== 9 && after !== 0xa0) return undefined;
  const head = text.slice(from, colon);
  const strength = knownStrength(withoutAside(head));
  return strength === 'none' ? undefined : { printed: withHolder(head), strength, end: colon + 1 };
}

/** Most words of a label that goes over two lines. */
const mostWrappedWords = 14;

/**
 * The label in capitals that one line begins and the next ends: "COUNSEL TO THE INQUIRY ON BEHALF OF" and "MR QUILL:".
 * A title or an office must stand at its head. `end` is the index after the colon in the second line.
 */
export function wrappedLabel(first: string, second: string): Label | undefined {
  const colon = second.indexOf(':');
  if (colon < 1 || colon > longestLabel || first.length > longestLabel || first.includes(':'))
    return undefined;
  if (colon + 1 < second.length && !/^\s/.test(second.slice(colon + 1))) return undefined;
  const between = /[-–]$/.test(first.trim()) ? '' : ' ';
  const whole = `${first.trim()}${between}${second.slice(0, colon).trim()}`;
  const office = withoutAside(whole);
  const tokens = office.split(/\s+/);
  if (tokens.length > mostWrappedWords || noSpeaker.test(office) || !tokens.every(isCapitalToken))
    return undefined;
  const [head, next] = [bareToken(tokens[0] ?? ''), bareToken(tokens[1] ?? '')];
  if (!titles.has(head) && !offices.has(head) && !offices.has(next) && !styles.has(next)) return undefined;
  return { printed: withHolder(whole), strength: 'strong', end: colon + 1 };
}

/** Labels return by the hundred: the strengths of those seen so far, as many as a long hearing has. */
const strengths = new Map<string, LabelStrength>();
const mostKept = 2_000;

function knownStrength(printed: string): LabelStrength {
  const known = strengths.get(printed);
  if (known !== undefined) return known;
  if (strengths.size >= mostKept) strengths.clear();
  const strength = labelStrength(printed);
  strengths.set(printed, strength);
  return strength;
}

/** "MR SMITH (continuing)", "THE WITNESS [via interpreter]" without what is in brackets. */
function withoutAside(head: string): string {
  const [round, square] = [head.indexOf('('), head.indexOf('[')];
  const bracket = round < 0 || (square >= 0 && square < round) ? square : round;
  return (bracket > 0 ? head.slice(0, bracket) : head).trim();
}

/** The same, but for the name of who holds the office that is printed. */
function withHolder(head: string): string {
  return nameInBrackets(head) === undefined ? withoutAside(head) : head.trim();
}

/** Titles of people: who is named by one holds no office that another might hold as well. */
const people = new Set(
  'MR MRS MS MISS MX DR DOCTOR PROF PROFESSOR SIR LADY LORD DAME BARONESS BARON'.split(' '),
);
/** Words of asides that stand in capitals: "(VIA INTERPRETER)", "(OFF MICROPHONE)". */
const asideWords = new Set(
  (
    'VIA BY THROUGH IN ON OFF FROM OF FOR TO WITH THE A AN AND NO NOT INTERPRETER INTERPRETED TRANSLATOR TRANSLATION ' +
    'TRANSLATED VIDEO AUDIO LINK VIDEOLINK TEAMS ZOOM SCREEN MIC MICROPHONE REMOTELY CONTINUED CONT'
  ).split(' '),
);

/** Asides of one word: what somebody does, how they are heard, what they are. */
const asidesAlone = new Set(
  (
    'CONTINUING INTERPOSING INTERRUPTING INTERJECTING INTERVENING SPEAKING READING REPLYING ANSWERING NODDING LAUGHING CRYING ' +
    'WEEPING WHISPERING SHOUTING POINTING INDICATING TRANSLATING INTERPRETING PRESIDING ASSISTING SITTING STANDING RISING ' +
    'SWORN UNSWORN AFFIRMED RECALLED RESUMED RESUMING RETIRED ABSENT PRESENT INAUDIBLE INDISTINCT UNINTELLIGIBLE REDACTED ' +
    'REMOTE ACTING DESIGNATE RTD SIC PAUSE LAUGHTER OVERSPEAKING TELEPHONE PHONE'
  ).split(' '),
);

/** Whether a word in capitals that stands in brackets behind an office can be a name. */
function isSurname(word: string): boolean {
  if (!/^\p{Lu}[\p{Lu}'’‘-]+$/u.test(word) || asidesAlone.has(word) || asideWords.has(word)) return false;
  return !titles.has(word) && !offices.has(word) && !postNominals.test(word);
}

const postNominals = /^(?:KC|QC|SC|ESQ|JP|CBE|OBE|MBE|QPM)$/;

/**
 * Who holds the office that is printed, where brackets name them: "COUNSEL TO THE INQUIRY (MS HALE)". Undefined for all
 * other words, also for those with an aside in brackets: "MS HALE (continuing)".
 */
export function nameInBrackets(printed: string): string | undefined {
  if (printed.indexOf('(') < 1 && printed.indexOf('[') < 1) return undefined;
  const [, office = '', name = ''] = /^([^([]+)[([]([^()[\]]+)[)\]]\s*$/.exec(printed) ?? [];
  const holder = office.trim().split(/\s+/).map(bareToken);
  if (people.has(holder[0] ?? '') || !holder.some((token) => offices.has(token))) return undefined;
  const tokens = name.trim().split(/\s+/);
  if (tokens.length > 7 || !tokens.every(isCapitalised)) return undefined;
  const words = tokens.map(bareToken);
  if (words.length === 1) return isSurname(words[0] ?? '') ? name.trim() : undefined;
  const untitled = words.some((word) => asideWords.has(word)) || /ING$/.test(words[0] ?? '');
  return titles.has(words[0] ?? '') || !untitled ? name.trim() : undefined;
}

/** What is printed before the colon may be quoted: “ROSIE” hides another name. */
export function labelStrength(printed: string): LabelStrength {
  const shaped = shapedStrength(printed.replace(/^["“‘']|["”’']$/g, ''));
  if (shaped === 'none' && loneChair.test(printed)) return 'weak';
  return shaped === 'none' && isFewWords(printed) ? 'bare' : shaped;
}

/** Who sits, as committees print it. */
const loneChair = /^(?:Chair(?:man|woman|person)?|Convenor|Convener|Coroner|Judge)$/;
const mostBareWords = 5;

/**
 * Capitalised words, with those between them that names and offices have: "Nick Griffin", "Member of the Public".
 * Most of what stands before a colon in running text is told by a small letter, without a class of Unicode.
 */
function isFewWords(printed: string): boolean {
  if (/[!?;]|[.,]\s+[a-z]|^["“‘']?[a-z\d]/.test(printed)) return false;
  const tokens = printed.replace(/^["“‘']/, '').split(/\s+/);
  if (tokens.length > mostBareWords) return false;
  const others = tokens.filter(
    (token) => !/^(?:[A-Z]|(?:of|to|the|for|from|in|on|by|a|an|and)$)/.test(token),
  );
  return others.every((token) => isCapitalised(token)) && /\p{L}/u.test(printed);
}

const noSpeaker =
  /\b(?:examination|examined|questioned|sworn|affirmed|follows|appeared|resumed|adjourned)\b/i;

/** "Lead Counsel to the Inquiry", "Solicitor for the Police". */
const actingFor =
  /^(?:[A-Z][a-z]+ ){0,2}(?:Counsel|Solicitor|Attorney|Clerk|Secretary) (?:to|for) (?:the )?[A-Z]\S*(?: (?:[A-Z]\S*|of|the|and)){0,4}$/;

function shapedStrength(printed: string): LabelStrength {
  if (printed.length < 2 || /[.!?,;"“”]\s+\p{Ll}/u.test(printed)) return 'none';
  const tokens = printed.split(/\s+/);
  if (noSpeaker.test(printed)) return 'none';
  if (tokens.length > 9 || !/^[\p{Lu}\p{N}]/u.test(printed) || !/\p{Lu}/u.test(printed)) return 'none';
  const upper = tokens.every(isCapitalToken);
  if (!upper && !isMixedName(tokens)) return actingFor.test(printed) ? 'strong' : 'none';
  return hasTitleOrOffice(tokens) ? 'strong' : upper && tokens.length <= 5 ? 'weak' : 'none';
}

function bareToken(token: string): string {
  return token.replace(/[.,]/g, '').toUpperCase();
}

export const capitalToken =
  /^(?:[\p{Lu}\p{N}&.,'’‘`/\-–]+|(?:Mc|Mac|O['’]|Fitz|De|Di|Le|La|Van)\p{Lu}[\p{Lu}'’-]*[.,]?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|St\.?|de|la|van|der|von|du|of|and|the|to|for)$/u;
/** The same for ASCII: classes of Unicode take longer to compile than a whole hearing's labels take to read. */
export const asciiCapitalToken =
  /^(?:[A-Z0-9&.,'`/-]+|(?:Mc|Mac|O'|Fitz|De|Di|Le|La|Van)[A-Z][A-Z'-]*[.,]?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|St\.?|de|la|van|der|von|du|of|and|the|to|for)$/;

function isCapitalToken(token: string): boolean {
  if (isAscii(token)) return asciiCapitalToken.test(token) && !/^[0-9]+[.,]/.test(token);
  return capitalToken.test(token) && !/^\p{N}+[.,]/u.test(token);
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** "Mr Beer", "The Chair", "Lord Justice Smith": a title or "The" with an office, then capitalised words only. */
function isMixedName(tokens: readonly string[]): boolean {
  const first = bareToken(tokens[0] ?? '');
  if (tokens.length > 6) return false;
  if (first === 'THE' && styles.has(bareToken(tokens[1] ?? ''))) return tokens.every(isCapitalised);
  if (first === 'THE' || first === 'A' || first === 'AN') {
    const last = bareToken(tokens.at(-1) ?? '');
    return tokens.length <= 4 && offices.has(last) && tokens.slice(1).every(isCapitalised);
  }
  return tokens.length > 1 && titles.has(first) && tokens.every(isCapitalised);
}

function isCapitalised(token: string): boolean {
  return /^[\p{Lu}\p{N}]/u.test(token) || /^(?:de|la|van|der|von|du|of|and|bin|al)$/.test(token);
}

function hasTitleOrOffice(tokens: readonly string[]): boolean {
  const first = bareToken(tokens[0] ?? '');
  if (first === 'THE' || first === 'A' || first === 'AN' || first === 'UNIDENTIFIED' || first === 'UNKNOWN') {
    const second = bareToken(tokens[1] ?? '');
    return styles.has(second) || tokens.some((token) => offices.has(bareToken(token)));
  }
  if (titles.has(first)) return tokens.length > 1 || offices.has(first);
  const last = bareToken(tokens.at(-1) ?? '').replace(/\d+$/, '');
  return tokens.length <= 4 && (offices.has(last) || offices.has(first) || /^(?:KC|QC|ESQ)$/.test(last));
}

/** Whether the label names the judge, coroner or chair by office or judicial title. */
export function isChairLabel(printed: string): boolean {
  const plain = withoutAside(printed).replace(/\./g, '').toUpperCase();
  return chairOffices.test(plain) || judicialTitles.test(plain);
}

export function isWitnessLabel(printed: string): boolean {
  return witnessLabels.test(withoutAside(printed).toUpperCase());
}

/** Whether the words begin with a title that people carry: "MR …", "DR …", "PC …". */
export function beginsWithTitle(words: string): boolean {
  return titles.has(bareToken(/^\S+/.exec(words)?.[0] ?? ''));
}

/** Whether the person carries a title that sits rather than asks: a chair named instead of called "THE CHAIR". */
export function hasHonour(printed: string): boolean {
  return (
    /^(?:LADY|LORD|SIR|DAME|BARONESS|BARON|HIS HONOUR|HER HONOUR|THE RIGHT|THE RT|THE HON|HON)\b/i.test(
      printed,
    ) && !/\b(?:KC|QC|SC)$/i.test(printed)
  );
}

/** A label without the rest of a line's number, "2 MR QUILL" or "12MR QUILL". */
export function withoutNumber(printed: string): string {
  return printed.replace(/^\d{1,2}\.?\s*(?=\p{L}{2})/u, '');
}
