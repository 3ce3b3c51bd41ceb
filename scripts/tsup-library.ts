import { defineConfig, type Options } from 'tsup'

/** The one build of every published library: ESM and declarations, dependencies left outside. */
export function defineLibrary(entry: string[], options: Options = {}) {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'es2022',
    clean: true,
    sourcemap: true,
    splitting: true,
    // TypeScript 6 deprecates `baseUrl`, which tsup 8 still sets for declarations (egoist/tsup#1388).
    dts: { compilerOptions: { ignoreDeprecations: '6.0', customConditions: [] } },
    ...options,
  })
}
