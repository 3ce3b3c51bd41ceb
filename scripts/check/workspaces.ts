import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { ROOT } from './gate.js'

/** The parts of a `package.json` that the gates read. */
export interface Manifest {
  name: string
  private?: boolean
  workspaces?: string[]
  exports?: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** A workspace: its folder relative to the root, and its manifest. */
export interface Workspace {
  folder: string
  manifest: Manifest
}

/** Reads a JSON file by its path from the root. */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(ROOT + path, 'utf8')) as T
}

/** Every workspace, in the order of the root manifest. */
export function workspaces(): Workspace[] {
  const patterns = readJson<Manifest>('package.json').workspaces ?? []
  return patterns
    .flatMap((pattern) =>
      pattern.endsWith('/*')
        ? readdirSync(ROOT + pattern.slice(0, -1)).map((name) => pattern.slice(0, -1) + name)
        : [pattern],
    )
    .filter((folder) => existsSync(`${ROOT}${folder}/package.json`))
    .map((folder) => ({ folder, manifest: readJson<Manifest>(`${folder}/package.json`) }))
}

/** Those that npm would publish. */
export function publishable(): Workspace[] {
  return workspaces().filter(({ manifest }) => !manifest.private)
}
