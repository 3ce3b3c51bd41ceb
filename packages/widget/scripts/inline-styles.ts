import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Options } from 'tsup'

/** `import css from './panel.css?inline'` gives the style sheet as text, minified. Vite knows this form by itself. */
export const inlineStyles: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'inline-styles',
  setup(build) {
    build.onResolve({ filter: /\.css\?inline$/ }, ({ path, importer }) => ({
      // Still with its suffix: tsup takes every path that ends in `.css` for itself.
      path: resolve(dirname(importer), path),
      namespace: 'inline-style',
    }))
    build.onLoad({ filter: /.*/, namespace: 'inline-style' }, async ({ path }) => {
      const { code } = await build.esbuild.transform(await readFile(path.replace('?inline', ''), 'utf8'), {
        loader: 'css',
        minify: true,
        target: ['es2020', 'safari15'],
      })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}
