import { expect, it } from 'vitest'
import { quotesIn, rulesIn } from './spec-rules.js'

it('reads the rules of a specification', () => {
  expect(rulesIn('# Rules\n\n- **F1** A frame.\n- **F12** Another, see **F1**.\n')).toEqual(['F1', 'F12'])
  expect(() => rulesIn('# No rules')).toThrow()
})

it('reads the rules that tests and contract suites quote', () => {
  const quote = (...ids: string[]) => `[${ids.join(', ')}]`
  expect(quotesIn(`it('${quote('F1')} …'); it('threat 46 ${quote('F5', 'F7')}: …')`)).toEqual(['F1', 'F5', 'F7'])
  expect(quotesIn(`${'rule'}('T3', 'gives up', …)`)).toEqual(['T3'])
  expect(quotesIn('list[index]')).toEqual([])
})
