import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandGroups } from '../../src/cli/commands/groups.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { cellsOf, fencesOf, pages, readTracked, root } from './markdown.ts';
import { Stage, truthfulSession } from './sessions.ts';

/**
 * Every `console` block of a page is run against the sample case, every query of a table with the columns `example`
 * and `hits` is asked, and the table of commands is compared with the program's own. What differs is shown;
 * `npx vitest run test/docs --update` writes what is true into the pages, to be read before it is committed.
 */
describe.each(pages.filter(hasExamples))('the examples of %s', (name) => {
  const page = readTracked(name);
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.set(firstCommand(page) === 'pincite init');
  });
  afterAll(() => stage.remove());

  it('print what the page says', async () => {
    const sessions = await withTrueSessions(page, stage);
    const truth = await withTrueHits(sessions, stage);
    await expect(withTrueCommands(truth).join('\n')).toMatchFileSnapshot(join(root, name));
  }, 120_000);
});

function hasExamples(name: string): boolean {
  const page = readTracked(name);
  return /^```console$|^\| .*\| example +\| hits +\|$|^<!-- commands -->$/m.test(page);
}

function firstCommand(page: string): string | undefined {
  const first = fencesOf(page).find(({ language }) => language === 'console');
  return first?.lines[0]?.replace(/^\$ /, '');
}

async function withTrueSessions(page: string, stage: Stage): Promise<string[]> {
  const lines = page.split('\n');
  const truth: string[] = [];
  let copied = 0;
  for (const { language, lines: session, at } of fencesOf(page)) {
    if (language !== 'console') continue;
    truth.push(...lines.slice(copied, at), ...(await truthfulSession(session, stage)));
    copied = at + session.length;
  }
  return [...truth, ...lines.slice(copied)];
}

/** Fills the last column of tables whose last two are `example` and `hits`. */
async function withTrueHits(lines: readonly string[], stage: Stage): Promise<string[]> {
  const truth: string[] = [];
  let inTable = false;
  for (const line of lines) {
    const cells = cellsOf(line);
    const query = cells
      ?.at(-2)
      ?.match(/^`(.*)`$/)?.[1]
      ?.replaceAll('\\|', '|');
    if (cells === undefined) inTable = false;
    else if (cells.at(-2) === 'example' && cells.at(-1) === 'hits') inTable = true;
    const asked = inTable && query !== undefined;
    truth.push(asked ? line.replace(/[^|]*\|$/, ` ${await stage.totals(query)} |`) : line);
  }
  return truth;
}

/** The table between the two marks, from the program's own table of commands; the last column is the page's. */
function withTrueCommands(lines: readonly string[]): readonly string[] {
  const [from, to] = [lines.indexOf('<!-- commands -->'), lines.indexOf('<!-- /commands -->')];
  if (from < 0 || to < 0) return lines;
  const more = new Map(lines.slice(from, to).map((line) => [cellsOf(line)?.[0], cellsOf(line)?.at(-1)]));
  const rows = commandGroups.flatMap(({ names }) =>
    names.map((name) => {
      const summary = commands.find((command) => command.name === name)?.summary;
      return `| \`pincite ${name}\` | ${summary} | ${more.get(`\`pincite ${name}\``) ?? ''} |`;
    }),
  );
  const head = ['| command | what it does | more |', '| --- | --- | --- |'];
  return [...lines.slice(0, from + 1), ...head, ...rows, ...lines.slice(to)];
}
