import { ruleScopes, type TagRule, tagLevels } from '../model/tag-rule.ts';

/** Whether a value that was stored has the shape of a rule. */
export function isTagRule(value: unknown): value is TagRule {
  if (typeof value !== 'object' || value === null) return false;
  const rule: Readonly<Record<string, unknown>> = { ...value };
  return (
    typeof rule['name'] === 'string' &&
    typeof rule['query'] === 'string' &&
    ruleScopes.some((scope) => scope === rule['scope']) &&
    typeof rule['any'] === 'boolean' &&
    typeof rule['stem'] === 'boolean' &&
    tagLevels.some((level) => level === rule['level']) &&
    areTexts(rule['tags']) &&
    areExclusions(rule['exclude']) &&
    typeof rule['priority'] === 'number' &&
    (rule['note'] === undefined || typeof rule['note'] === 'string')
  );
}

function areExclusions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const exclude: Readonly<Record<string, unknown>> = { ...value };
  return [exclude['queries'], exclude['references'], exclude['documents']].every(areTexts);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
