import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../src/standalone.ts', import.meta.url))

/** Runs a command of the program to its end, from its source, as `chatdesk-server` runs it built. */
export function runProgram(
  variables: Record<string, string>,
  ...words: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, ...variables }
  const args = ['--conditions=@chatdesk/source', '--import=tsx', ENTRY, ...words]
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}
