import { existsSync } from 'node:fs'
import { commandGate, type Gate, ROOT } from './gate.js'
import { workspaces } from './workspaces.js'

/** The compiler over each folder that has a `tsconfig.json`. */
export function typeGates(): Gate[] {
  // The server's cross-feature tests speak with the client's code, which knows a browser.
  const folders = [...workspaces().map(({ folder }) => folder), 'scripts', 'reference-server/test']
  return folders
    .filter((folder) => existsSync(`${ROOT}${folder}/tsconfig.json`))
    .map((folder) => ({
      ...commandGate(`types: ${folder}`, 'tsc', '--noEmit', '-p', folder),
      // It reads the declarations of what was built.
      needsBuild: folder === 'examples/react',
    }))
}
