import { fileURLToPath } from 'node:url'
import type { Options } from 'tsup'

/** Stands in for Preact in a chunk of function components: the JSX runtime asks for no more of it. */
export const functionComponents: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'function-components',
  setup(build) {
    build.onResolve({ filter: /^preact$/ }, () => ({
      path: fileURLToPath(new URL('runtime-needs.ts', import.meta.url)),
    }))
  },
}
