import { createContext, Script } from 'node:vm';
import { UserError } from '../model/diagnostic.ts';
import type { QueryNode } from '../query/ast.ts';
import type { PositionRanges } from './filtering.ts';
import { stretchRanges } from './filtering.ts';
import type { OpenedDocument } from './opened-document.ts';

type RegexNode = Extract<QueryNode, { type: 'regex' }>;

/** How long a regular expression may take over one passage. */
const passageMilliseconds = 500;

/** Every regular expression of a query. */
export function regexesOf(root: QueryNode): readonly RegexNode[] {
  const found: RegexNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'regex') found.push(node);
    else if (node.type === 'and' || node.type === 'or') pending.push(...node.operands);
    else if (node.type === 'not') pending.push(node.right, ...(node.left ? [node.left] : []));
    else if (node.type === 'near' || node.type === 'andany') pending.push(node.left, node.right);
  }
  return found;
}

/** Where the regular expressions of a query match in a document, in whole words; to be asked by node. */
export async function findRegexes(
  root: QueryNode,
  document: OpenedDocument | undefined,
): Promise<(node: RegexNode) => PositionRanges> {
  const found = new Map<string, PositionRanges>();
  for (const node of regexesOf(root)) {
    if (document !== undefined) found.set(keyOf(node), await matchesIn(document, node));
  }
  return (node) => found.get(keyOf(node)) ?? { starts: new Uint32Array(0), ends: new Uint32Array(0) };
}

function keyOf({ source, flags }: RegexNode): string {
  return `${flags}/${source}`;
}

async function matchesIn(document: OpenedDocument, node: RegexNode): Promise<PositionRanges> {
  await document.keepText();
  const run = boundedRegex(node);
  const stretches: { start: number; end: number }[] = [];
  for (let index = 0; index < document.outline.passages.length; index++) {
    const passage = await document.passageText(index);
    for (const [start, end] of run(passage.text)) stretches.push(passage.unfold(start, end));
  }
  return stretchRanges(document, stretches);
}

/**
 * All matches of a regular expression in a text, as offsets. V8 cannot be asked for a limit; its `vm` module can stop
 * a script, a match under way included.
 * @throws UserError when a passage takes too long.
 */
function boundedRegex(node: RegexNode): (text: string) => readonly (readonly [number, number])[] {
  const flags = [...new Set(`${node.flags}gu`)].join('');
  const sandbox = createContext({ text: '', pattern: new RegExp(node.source, flags), found: [] });
  const script = new Script(
    'found = Array.from(text.matchAll(pattern), (m) => [m.index, m.index + m[0].length])',
  );
  return (text) => {
    sandbox['text'] = text;
    try {
      const found: unknown = script.runInContext(sandbox, { timeout: passageMilliseconds });
      return asPairs(found);
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw error;
      throw new UserError(`The regular expression /${node.source}/ takes too long.`, {
        hint: 'Avoid repeats within repeats, such as (a+)+; or search for words with * and ? instead.',
        cause: error,
      });
    }
  };
}

function asPairs(found: unknown): readonly (readonly [number, number])[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((pair: unknown) => {
    const [start, end]: unknown[] = Array.isArray(pair) ? pair : [];
    return typeof start === 'number' && typeof end === 'number' && end > start ? [[start, end] as const] : [];
  });
}
