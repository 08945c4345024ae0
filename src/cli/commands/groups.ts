/** The order in which help lists them: by what a person wants to do. */
export const commandGroups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'Take papers in', names: ['init', 'ingest', 'ocr', 'status', 'set'] },
  {
    title: 'Find and read',
    names: ['search', 'ask', 'explain', 'facets', 'save', 'searches', 'show', 'docs', 'witnesses'],
  },
  {
    title: 'Mark',
    names: [
      ...['tag add', 'tag remove', 'tag list', 'tag why', 'tag note', 'tag import'],
      ...['tag apply', 'tag diff', 'tag rules', 'tag history', 'tag undo'],
      ...['tag rename', 'tag merge', 'tag exclusive'],
    ],
  },
  {
    title: 'Name',
    names: ['alias add', 'alias remove', 'alias list', 'synonyms add', 'synonyms remove', 'synonyms list'],
  },
  {
    title: 'Hand over',
    names: ['terms', 'export hits', 'export documents', 'export tags', 'report completeness'],
  },
  { title: 'Look after the case', names: ['verify', 'log', 'remove', 'relocate', 'settings', 'completion'] },
];
