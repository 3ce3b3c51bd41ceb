import { readFileSync } from 'node:fs'
import { faults, type Gate, ROOT } from './gate.js'
import { testFiles } from './test-files.js'

const SPECIFICATIONS = ['packages/protocol/SPEC.md', 'packages/transports/SPEC.md']
const SEARCHED = ['packages', 'reference-server', 'e2e', 'examples']

/** Every numbered rule of a specification is quoted by the name of a test, and no test quotes a rule that is not there. */
export const specRulesGate: Gate = {
  name: 'every rule has a test',
  run: async () => {
    const rules = new Set(SPECIFICATIONS.flatMap((path) => rulesIn(readFileSync(ROOT + path, 'utf8'))))
    // Other lists of rules have letters of their own, and other keepers.
    const letters = new Set([...rules].map(([letter]) => letter))
    const quoted = new Map<string, string>()
    for (const file of SEARCHED.flatMap(testFiles))
      for (const rule of quotesIn(readFileSync(ROOT + file, 'utf8'))) quoted.set(rule, file)
    return faults([
      ...[...rules].filter((rule) => !quoted.has(rule)).map((rule) => `${rule} is quoted by no test`),
      ...[...quoted]
        .filter(([rule]) => letters.has(rule[0]) && !rules.has(rule))
        .map(([rule, file]) => `${file} quotes ${rule}: no such rule`),
    ])
  },
}

/** Ids of the rules that a specification lays down. */
export function rulesIn(specification: string): string[] {
  const ids = [...specification.matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id]) => id as string)
  if (ids.length === 0) throw new Error('this specification holds no rule that the gate can read')
  return ids
}

/** Ids of the rules that a test quotes: in brackets in a title, or handed to the `rule` of a contract suite. */
export function quotesIn(source: string): string[] {
  const quotes = /\[([A-Z]\d+(?:[, ]+[A-Z]\d+)*)\]|\brule\('([A-Z]\d+)'/g
  return [...source.matchAll(quotes)].flatMap(([, list, id]) => (list ?? id ?? '').split(/[, ]+/))
}
