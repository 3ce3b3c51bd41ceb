import { readdirSync, readFileSync } from 'node:fs'
import { faults, type Gate, ROOT } from './gate.js'

/** Each specification, and the rule ids that it may use. */
const SPECIFICATIONS = ['packages/protocol/SPEC.md', 'packages/transports/SPEC.md']
const SEARCHED = ['packages', 'reference-server', 'e2e', 'examples']

/** Every numbered rule of a specification is quoted by the name of a test, and no test quotes a rule that is not there. */
export const specRulesGate: Gate = {
  name: 'every rule has a test',
  run: async () => {
    const rules = new Set(SPECIFICATIONS.flatMap(ruleIds))
    const quoted = quotedRules()
    return faults([
      ...[...rules].filter((rule) => !quoted.has(rule)).map((rule) => `${rule} is quoted by no test`),
      ...[...quoted].filter(([rule]) => !rules.has(rule)).map(([rule, file]) => `${file} quotes ${rule}: no such rule`),
    ])
  },
}

function ruleIds(path: string): string[] {
  const ids = [...readFileSync(ROOT + path, 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id]) => id as string)
  if (ids.length === 0) throw new Error(`${path} holds no rule that this gate can read`)
  return ids
}

/** A list of rule ids in brackets in a title, or the id that a contract suite hands to its `rule`. */
const QUOTE = /\[([A-Z]\d+(?:[, ]+[A-Z]\d+)*)\]|\brule\('([A-Z]\d+)'/g

/** Every rule id that a test quotes, each with a file that does. */
function quotedRules(): Map<string, string> {
  const quoted = new Map<string, string>()
  for (const file of SEARCHED.flatMap(testFiles))
    for (const [, list, id] of readFileSync(ROOT + file, 'utf8').matchAll(QUOTE))
      for (const rule of (list ?? id ?? '').split(/[, ]+/)) quoted.set(rule, file)
  return quoted
}

/** Tests, and contract suites, which tests call with their own subject. */
function testFiles(folder: string): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : testFiles(path)
    return /\.(test|e2e)\.tsx?$/.test(path) || /\/testing\/test-[\w-]+\.ts$/.test(path) ? [path] : []
  })
}
