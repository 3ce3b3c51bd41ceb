import type { Options } from 'tsup'

/** Takes Preact from the panel, which every chunk is a part of: a copy of its own could not draw into the panel's tree. */
export const panelRuntime: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'panel-runtime',
  setup(build) {
    build.onResolve({ filter: /^preact$/ }, () => ({ path: './panel.js', external: true }))
  },
}
