import type { Options } from 'tsup'

/**
 * Leaves socket.io's client out of the panel: it is a file of its own beside it, fetched on use. esbuild's own
 * splitting would put its helpers into a third file, which every panel would have to wait for.
 */
export const splitSocketIo: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'split-socket-io',
  setup(build) {
    build.onResolve({ filter: /^socket\.io-client$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './socket-io.js', external: true } : undefined,
    )
  },
}
