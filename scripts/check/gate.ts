import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The repository's root, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a gate found: `output` is shown when it fails. */
export interface GateResult {
  ok: boolean
  output: string
}

/** One thing that must hold before a change may land. */
export interface Gate {
  name: string
  run(): Promise<GateResult>
  /** It looks at built files, so it waits for the build. */
  needsBuild?: boolean
}

/** Passes when nothing is wrong; else shows each fault on its own line. */
export function faults(found: readonly string[]): GateResult {
  return { ok: found.length === 0, output: found.join('\n') }
}

/** Runs a program in the root without a shell and gathers what it says. */
export function command(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<GateResult> {
  return new Promise((resolve) => {
    const path = `${ROOT}node_modules/.bin:${process.env.PATH}`
    // Colour codes make a log unreadable where it is kept.
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    child.once('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}` }))
    child.once('close', (code) => resolve({ ok: code === 0, output: output.trim() }))
  })
}

/** A gate that is a program and passes when the program does. */
export function commandGate(name: string, program: string, ...args: string[]): Gate {
  return { name, run: () => command(program, args) }
}
