import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Options } from 'tsup'

/** Gives the chunk of socket.io-client a name that sizes and caches can be told by, and keeps only what the driver uses of it. */
export const nameSocketIoChunk: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'name-socket-io-chunk',
  setup(build) {
    build.onResolve({ filter: /^socket\.io-client$/ }, ({ namespace }) =>
      namespace === 'socket-io-chunk' ? undefined : { path: 'socket-io', namespace: 'socket-io-chunk' },
    )
    build.onLoad({ filter: /.*/, namespace: 'socket-io-chunk' }, () => ({
      contents: `export { io } from 'socket.io-client'`,
      resolveDir: dirname(fileURLToPath(import.meta.url)),
    }))
  },
}
