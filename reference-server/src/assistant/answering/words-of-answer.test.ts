import { expect, it } from 'vitest'
import { wordsOfAnswer } from './words-of-answer.js'

it('says what stands in an entry without the marks that it is written with', () => {
  expect(wordsOfAnswer('Open **Settings**, then _Billing_ and press `Save`.')).toBe(
    'Open Settings, then Billing and press Save.',
  )
  expect(wordsOfAnswer('1. **Open** the app\n2. Press *Pay*')).toBe('1. Open the app\n2. Press Pay')
})

it('keeps where a link leads, once', () => {
  expect(wordsOfAnswer('Do it [here](https://shop.example/reset).')).toBe('Do it here (https://shop.example/reset).')
  expect(wordsOfAnswer('[Write to us](mailto:help@shop.example)')).toBe('Write to us (help@shop.example)')
  for (const bare of ['See https://shop.example/a?b=1.', 'help@shop.example', 'www.shop.example'])
    expect(wordsOfAnswer(bare)).toBe(bare)
  expect(wordsOfAnswer('[https://shop.example/a](https://shop.example/a)')).toBe('https://shop.example/a')
})

it('leaves alone what only looks like a mark', () => {
  for (const text of ['5 * 3 * 2 = 30', 'the field order_id_2', 'a [note] in brackets', '~ 20 %'])
    expect(wordsOfAnswer(text)).toBe(text)
})
