import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, type Gate, type GateResult } from './gate.js'
import { publishable, type Workspace } from './workspaces.js'

/** Packs each published package as npm would, and looks at the tarball with publint and arethetypeswrong. */
export function packageGates(): Gate[] {
  return publishable().map((workspace) => ({
    name: `package: ${workspace.manifest.name}`,
    needsBuild: true,
    run: () => checkTarball(workspace),
  }))
}

async function checkTarball({ folder }: Workspace): Promise<GateResult> {
  const destination = mkdtempSync(join(tmpdir(), 'chatdesk-pack-'))
  try {
    const packed = await command('npm', [
      'pack',
      `./${folder}`,
      '--json',
      '--silent',
      '--pack-destination',
      destination,
    ])
    if (!packed.ok) return packed
    const tarball = join(destination, tarballName(packed.output))
    const results = [
      await command('publint', ['run', tarball, '--strict']),
      // ESM only, so CommonJS may not find it; and no look-up of types elsewhere.
      await command('attw', [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--no-emoji']),
    ]
    return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('\n') }
  } finally {
    rmSync(destination, { recursive: true, force: true })
  }
}

/** npm answers with a list or, from version 12 on, with an object by package name. */
function tarballName(output: string): string {
  const answer: unknown = JSON.parse(output.slice(output.search(/^[[{]/m)))
  const [first] = Object.values(answer as Record<string, { filename: string }>)
  if (!first) throw new Error('npm packed nothing')
  return first.filename
}
