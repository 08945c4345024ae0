// A plugin for esbuild: modules that take a few milliseconds to load, and that most runs have no use for, are loaded when
// the first of their functions is called or of their classes made. Nothing else can be had from them so.
const ofNode = /^(?:node:)?(child_process|crypto|fs\/promises|os|readline|stream\/consumers|worker_threads)$/;
/** Its build for Node looks for threads when it is loaded, and nothing here unpacks in a thread. */
const packages = { fflate: 'fflate/browser' };
const namespace = 'lazy-module';

export const lazyModules = {
  name: namespace,
  setup(build) {
    build.onResolve({ filter: ofNode }, ({ path, namespace: from }) =>
      from === namespace
        ? { path, external: true }
        : { path: `node:${ofNode.exec(path)[1]}`, namespace, sideEffects: false },
    );
    const named = new RegExp(`^(?:${Object.keys(packages).join('|')})$`);
    build.onResolve({ filter: named }, ({ path, resolveDir }) => ({
      path: packages[path],
      namespace,
      sideEffects: false,
      pluginData: { resolveDir },
    }));
    build.onLoad({ filter: /.*/, namespace }, async ({ path, pluginData }) => {
      const names = Object.entries(await import(path))
        .filter(([name, value]) => name !== 'default' && typeof value === 'function')
        .map(([name]) => name);
      return { contents: standIn(path, names), loader: 'js', resolveDir: pluginData?.resolveDir };
    });
  },
};

function standIn(path, names) {
  const wrapped = names.map(
    (name) => `export function ${name}(...given) {
      return new.target ? Reflect.construct(whole().${name}, given) : whole().${name}(...given);
    }`,
  );
  return [
    'let loaded;',
    `const whole = () => (loaded ??= require('${path}'));`,
    ...wrapped,
    `export default { ${names.join(', ')} };`,
  ].join('\n');
}
