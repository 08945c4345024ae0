/**
 * The environment for children that are Node themselves. No child asks a network for anything, but Node reads the
 * certificates that an environment names at each start, which may take longer than all the rest of its start.
 */
export function childEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...others } = own;
  return others;
}
