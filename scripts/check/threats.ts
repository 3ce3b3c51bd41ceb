import { readFileSync } from 'node:fs'
import { faults, type Gate, ROOT } from './gate.js'
import { testFiles } from './test-files.js'

const LIST = 'docs/threats.md'
const SEARCHED = ['packages', 'reference-server', 'e2e', 'examples', 'scripts']

/** Every threat that the list says is met is quoted by the title of a test, and no title quotes one that is not listed. */
export const threatsGate: Gate = {
  name: 'every threat has a test',
  run: async () => {
    const listed = threatsIn(readFileSync(ROOT + LIST, 'utf8'))
    const quoted = new Map<string, string>()
    for (const file of SEARCHED.flatMap(testFiles))
      for (const threat of threatsQuotedIn(readFileSync(ROOT + file, 'utf8'))) quoted.set(threat, file)
    return faults([
      ...listed.filter((threat, index) => listed.indexOf(threat) !== index).map((twice) => `${twice} is listed twice`),
      ...listed.filter((threat) => !quoted.has(threat)).map((threat) => `threat ${threat} is quoted by no test`),
      ...[...quoted]
        .filter(([threat]) => !listed.includes(threat))
        .map(([threat, file]) => `${file} quotes threat ${threat}: ${LIST} has no such row`),
    ])
  },
}

/** Numbers of the threats in a list: the first cells of its tables. */
export function threatsIn(list: string): string[] {
  const numbers = [...list.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => number as string)
  if (numbers.length === 0) throw new Error('this list holds no threat that the gate can read')
  return numbers
}

/** Numbers of the threats that a test quotes in a string, as its titles are: one, or several after one another. */
export function threatsQuotedIn(source: string): string[] {
  const quotes = /(['"`])(?:(?!\1).)*?\bthreats? (\d+(?:(?:, | and )\d+)*)/gi
  return source
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .flatMap((line) => [...line.matchAll(quotes)].flatMap(([, , numbers]) => numbers?.match(/\d+/g) ?? []))
}
