// Shows pincite at work on the sample papers: every command that it runs, with its real output. Makes ./demo-case
// anew, and leaves it there to go on with. Needs `npm run build` before; `npm run demo` does both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(project, 'bin', 'pincite.js');
const folder = join(project, 'demo-case');
const seals = 'A114072 OR A114027';

makeFolder();

say(
  'The papers are in fixtures/case: an invented inquest, the trial before it,',
  'statements, police records, letters. Among them are a copy, a broken, a locked',
  'and an empty file.',
);
pincite(['init']);
pincite(['ingest', '../fixtures/case', '--manifest', '../fixtures/case/manifest.csv'], 3);
say(
  'That ended with exit code 3, on purpose: three files cannot be read, and none',
  'of them was passed over in silence. All the others are in. The full account:',
);
pincite(['status']);

say('A phone was handed in. On which day? A phrase, near a day, in every source:');
pincite(['search', '"handed in" w/12 (Saturday OR Sunday)']);
say('And in a bag with which seal? The papers give two numbers:');
pincite(['search', seals, '--context', '12']);
say('What one witness said of it on oath, and nobody else:');
pincite(['search', 'witness:renshaw seal']);

say('Each hit carries a short reference that opens again at exactly those words:');
pincite(['show', '555ba2713461@2:3.w3']);
say('So does a citation as people write it:');
pincite(['show', 'Day 1 6:20', '--context', '0']);

say('Tag what matters. First see what would be done:');
pincite(['tag', 'add', 'seal', '--query', seals, '--dry-run']);
pincite(['tag', 'add', 'seal', '--query', seals, '--why', 'which seal was it?']);
pincite(['tag', 'list']);

say('Hand it over: one hit a row, for a spreadsheet, with a manifest beside it.');
pincite(['export', 'hits', seals, '--output', 'seals.csv']);
showFile('seals.csv', 3);

say('Is the case whole? Every text is read again and compared with its hash:');
pincite(['verify']);

const here = relative(process.cwd(), folder) || '.';
say(
  'Now you. The case stays where it is until the next demo:',
  '',
  `  cd ${here}`,
  `  alias pincite='node "${program}"'`,
  "  pincite search 'officer w/5 notebook'",
  '  pincite docs hallam',
  '  pincite --help',
  '',
  'To have pincite everywhere, run "npm link" once in the project’s folder.',
);

/** Makes an empty demo-case; removes one that an earlier demo left. */
function makeFolder() {
  if (!existsSync(program) || !existsSync(join(project, 'dist', 'start.cjs'))) {
    fail('The program is not built yet: run "npm run demo", or "npm run build" first.');
  }
  if (existsSync(folder) && !existsSync(join(folder, '.pincite'))) {
    fail(`${folder} is in the way: it is no case of an earlier demo. Move it, and run the demo again.`);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  write(`\nThis happens in ${relative(process.cwd(), folder) || '.'}/, a new folder.\n`);
}

/** Shows a command as it would be typed, runs it, and stops the demo when it does not end as it should. */
function pincite(words, expected = 0) {
  write(`\n$ pincite ${words.map(quoted).join(' ')}\n`);
  const { status, error } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  if (status !== expected) fail(`That ended with exit code ${status}; ${expected} was expected.`);
}

/** A word as a shell takes it. */
function quoted(word) {
  return /^[\w@:.,/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The first lines of a file of the demo, cut to the width of the screen. */
function showFile(name, lines) {
  const width = Math.min(process.stdout.columns ?? 80, 120) - 1;
  write(`\nThe first lines of ${name}, cut to the width of the screen:\n`);
  for (const line of readFileSync(join(folder, name), 'utf8').split('\r\n').slice(0, lines)) {
    write(`${line.length > width ? `${line.slice(0, width - 1)}…` : line}\n`);
  }
}

function say(...lines) {
  write(`\n${lines.join('\n')}\n`);
}

/** At once, so that it stands in order between what the commands write. */
function write(text) {
  writeSync(process.stdout.fd, text);
}

function fail(sentence) {
  process.stderr.write(`demo: ${sentence}\n`);
  process.exit(1);
}
