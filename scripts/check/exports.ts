import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { faults, type Gate, ROOT } from './gate.js'
import { publishable, type Workspace } from './workspaces.js'

/** What a manifest promises is there, and every entry that was built is promised. */
export const exportsGate: Gate = {
  name: 'exports match what is built',
  needsBuild: true,
  run: async () => faults(publishable().flatMap(exportFaults)),
}

function exportFaults({ folder, manifest }: Workspace): string[] {
  const promised = [
    ...Object.values(manifest.exports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    ),
    ...Object.values(manifest.bin ?? {}).flatMap((program) => [program, ...builtForProgram(folder, program)]),
  ]
  const missing = promised.filter((path) => !existsSync(`${ROOT}${folder}/${path}`))
  const undeclared = builtEntries(`${ROOT}${folder}/dist`).filter((entry) => !promised.includes(`./dist/${entry}`))
  return [
    ...missing.map((path) => `${manifest.name}: ${path} is declared and was not built`),
    ...undeclared.map((entry) => `${manifest.name}: ./dist/${entry} was built and is not declared`),
  ]
}

/** What a program starts that is not built itself: npm links it before there is a build. */
function builtForProgram(folder: string, program: string): string[] {
  const source = existsSync(`${ROOT}${folder}/${program}`) ? readFileSync(`${ROOT}${folder}/${program}`, 'utf8') : ''
  return [...source.matchAll(/^import '\.\.(\/dist\/[\w./-]+)'$/gm)].map(([, path]) => `.${path}`)
}

/** Entries are the modules with declarations of their own; chunks are named after their content and have none. */
function builtEntries(dist: string): string[] {
  if (!existsSync(dist)) return []
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => file.replace(/\.d\.ts$/, '.js'))
    .filter((file) => existsSync(`${dist}/${file}`))
}
