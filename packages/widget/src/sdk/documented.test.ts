import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { commandTable } from '../panel/commands.js'
import { OPTION_SHAPES } from '../panel/invalid-options.js'
import { ALIASES, APP_COMMANDS } from './command-names.js'
import { MORE_EVENTS, SHORT_EVENTS } from './event-types.js'

const text = readFileSync(new URL('../../../../docs/sdk.md', import.meta.url), 'utf8')

/** What stands in backticks in the first cell of each row of a section's tables. */
function rows(section: string): string[][] {
  const part = text.split(/^## /m).find((one) => one.startsWith(`${section}\n`)) ?? ''
  return [...part.matchAll(/^\| (`.*?`)[^|]*\|/gm)].map((row) =>
    [...row[0].matchAll(/`([\w:*]+)/g)].map(([, name = '']) => name),
  )
}

const sorted = (names: Iterable<string>) => [...names].sort()

it('documents each option, and none that there is not', () => {
  expect(sorted(rows('Options').map(([name = '']) => name))).toEqual(sorted(Object.keys(OPTION_SHAPES)))
})

it('documents each command and each other name of it', () => {
  const documented = rows('Commands')
  const isAlias = ([name = '']: string[]) => Object.hasOwn(ALIASES, name)
  const commands = documented.filter((row) => !isAlias(row)).map(([name = '']) => name)
  const client = { $settings: {}, port: {} }
  const panel = { client, launcher: { root: { host: {} } }, events: {}, options: {} }
  const done = Object.keys(commandTable({ panel } as never))
  expect(sorted(done)).toEqual(sorted([...APP_COMMANDS, 'init', 'ready', 'on', 'once', 'off']))
  expect(sorted(commands)).toEqual(sorted([...done, 'destroy']))
  expect(sorted(documented.filter(isAlias).flat())).toEqual(sorted(Object.keys(ALIASES)))
  const meant = [...text.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| `(\w+)` \|$/gm)].flatMap(([, names = '', command = '']) =>
    names.split(', ').map((name) => [name.replaceAll('`', ''), command]),
  )
  expect(Object.fromEntries(meant)).toEqual(ALIASES)
})

it('documents each event and each interceptor', () => {
  expect(sorted(rows('Events').map(([name = '']) => name))).toEqual(sorted([...SHORT_EVENTS, ...MORE_EVENTS]))
  expect(sorted(rows('Interceptors').map(([name = '']) => name))).toEqual([
    'beforeDisplay',
    'beforeOpen',
    'beforeSend',
    'beforeTrack',
    'beforeUpload',
  ])
})
