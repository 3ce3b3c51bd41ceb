import { expect, it } from 'vitest'
import { threatsIn, threatsQuotedIn } from './threats.js'

/** Apart, so that these lines quote nothing themselves. */
const quote = (numbers: string, word = 'threat') => `${word} ${numbers}`

it('reads the rows of a list', () => {
  expect(threatsIn('| threat | by |\n| --- | --- |\n| 7 | a |\n| 12 | b, see 9 |\n')).toEqual(['7', '12'])
  expect(() => threatsIn('# No rows')).toThrow()
})

it('reads the threats that titles quote, one or several, anywhere in them', () => {
  expect(threatsQuotedIn(`it('${quote('7')}: the door stays shut', …)`)).toEqual(['7'])
  expect(threatsQuotedIn(`describe("[S4] ${quote('7, 8 and 12', 'threats')}: …", …)`)).toEqual(['7', '8', '12'])
  expect(threatsQuotedIn(`it(\`the door stays shut (${quote('7')})\`, …)`)).toEqual(['7'])
})

it('reads none that comments or code speak of', () => {
  expect(
    threatsQuotedIn(`// ${quote('7')}: 'why'\n/** ${quote('8')} */\n * '${quote('9')}'\nconst threat = 10`),
  ).toEqual([])
})
