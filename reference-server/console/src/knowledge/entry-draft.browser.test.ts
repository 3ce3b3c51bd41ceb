import { expect, it } from 'vitest'
import { sampleEntry } from '../testing/sample-knowledge.js'
import { changedFieldsText, changesOf, contentOf, draftOf, emptyDraft, isDirty } from './entry-draft.js'

it('tidies what is typed as the server keeps it', () => {
  const typed = emptyDraft({
    ...{ question: '  When  do you open? ', phrasings: 'Opening hours?\n\n opening hours? \nOpening hours?' },
    ...{ answer: ' At nine.\n', category: ' About  us ', keywords: 'Hours, ,open,HOURS', url: ' ' },
  })
  expect(contentOf(typed)).toEqual({
    ...{ question: 'When do you open?', phrasings: ['Opening hours?', 'opening hours?'], answer: 'At nine.' },
    ...{ category: 'About us', keywords: ['hours', 'open'], language: 'en', enabled: true, url: null },
  })
})

it('opens with what an entry is to become', () => {
  const entry = sampleEntry(1, { phrasings: ['A?', 'B?'], keywords: ['a', 'b'], draft: { answer: 'No.', url: null } })
  expect(draftOf(entry)).toMatchObject({ answer: 'No.', phrasings: 'A?\nB?', keywords: 'a, b', url: '' })
  // Spaces alone are no change.
  expect(isDirty({ ...draftOf(entry), question: `${entry.question} ` }, draftOf(entry))).toBe(false)
  expect(isDirty({ ...draftOf(entry), answer: 'Perhaps.' }, draftOf(entry))).toBe(true)
})

it('keeps of a draft only what differs from what is published', () => {
  const entry = sampleEntry(1, { draft: { answer: 'No.' } })
  expect(changesOf(entry, { ...draftOf(entry), enabled: false })).toEqual({ answer: 'No.', enabled: false })
  expect(changesOf(entry, { ...draftOf(entry), answer: entry.answer })).toEqual({})
})

it.each([
  [{ answer: 'No.' }, 'the answer'],
  [{ question: 'Q?', answer: 'No.', keywords: ['k'] }, 'the question, the answer and the keywords'],
  [{ answer: 'Yes.', url: undefined }, ''],
])('names what is changed by %j', (draft, words) => {
  expect(changedFieldsText(sampleEntry(1), draft)).toBe(words)
})
