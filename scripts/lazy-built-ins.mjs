// A plugin for esbuild: modules of Node that take a few milliseconds to load, and that most commands have no use for, are
// loaded when the first of their functions is called. Only functions can be had from them so.
const slowToLoad = /^(?:node:)?(child_process|crypto|fs\/promises|os|readline|stream\/consumers)$/;
const namespace = 'lazy-built-in';

export const lazyBuiltIns = {
  name: namespace,
  setup(build) {
    build.onResolve({ filter: slowToLoad }, ({ path, namespace: from }) =>
      from === namespace
        ? { path, external: true }
        : { path: `node:${slowToLoad.exec(path)[1]}`, namespace, sideEffects: false },
    );
    build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
      const functions = Object.entries(await import(path))
        .filter(([name, value]) => name !== 'default' && typeof value === 'function')
        .map(([name]) => name);
      return { contents: standIn(path, functions), loader: 'js' };
    });
  },
};

function standIn(path, functions) {
  const wrapped = functions.map((name) => `export const ${name} = (...given) => whole().${name}(...given);`);
  return [
    'let loaded;',
    `const whole = () => (loaded ??= require('${path}'));`,
    ...wrapped,
    `export default { ${functions.join(', ')} };`,
  ].join('\n');
}
