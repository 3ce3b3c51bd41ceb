import { availableParallelism } from 'node:os'
import { exportsGate } from './check/exports.js'
import { commandGate, type Gate } from './check/gate.js'
import { lockFileGate } from './check/lock-file.js'
import { packageGates } from './check/packages.js'
import { sizeGate } from './check/sizes.js'
import { specRulesGate } from './check/spec-rules.js'
import { threatsGate } from './check/threats.js'
import { typeGates } from './check/types.js'

const CRUISED = ['packages', 'reference-server', 'stories', 'examples', 'e2e', 'scripts']

const buildGate = commandGate('build', 'node', 'scripts/build.js', '--quiet')
const gates: Gate[] = [
  commandGate('format and lint', 'biome', 'ci', '--error-on-warnings', '--colors=off', '.'),
  lockFileGate,
  specRulesGate,
  threatsGate,
  commandGate('boundaries and cycles', 'depcruise', '--config', '.dependency-cruiser.cjs', ...CRUISED),
  ...typeGates(),
  commandGate('dead code', 'knip', '--no-progress'),
  exportsGate,
  sizeGate,
  ...packageGates(),
]

const failed: string[] = []

async function run(gate: Gate): Promise<boolean> {
  const startedAt = performance.now()
  const { ok, output } = await gate.run().catch((error: unknown) => ({ ok: false, output: String(error) }))
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${gate.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
  if (ok) return true
  failed.push(gate.name)
  console.log(output.replace(/^/gm, '     '))
  return false
}

/** Runs the gates of one list, as many at a time as the machine has cores. */
async function runAll(list: readonly Gate[]): Promise<void> {
  const waiting = [...list]
  const lane = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) await run(gate)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
}

await runAll(gates.filter((gate) => !gate.needsBuild))
const built = await run(buildGate)
const afterBuild = gates.filter((gate) => gate.needsBuild)
if (built) await runAll(afterBuild)
else failed.push(...afterBuild.map((gate) => `${gate.name} (not run: the build failed)`))

console.log(failed.length === 0 ? '\nEvery gate passed.' : `\nFailed: ${failed.join('; ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
