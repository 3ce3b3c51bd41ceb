import type { PreChatForm } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { englishTexts as texts } from '../../text/en.js'
import { factsOf } from './facts-of.js'
import { faultOf } from './fault-of.js'
import { knownFacts } from './known-facts.js'
import { type Occasion, questionsOf } from './questions.js'

const FORM: PreChatForm = {
  fields: [
    { id: 'name', label: 'Name', type: 'text', required: true },
    { id: 'work', label: 'Work email', type: 'email', required: true },
    { id: 'home', label: 'Other email', type: 'email', required: false },
    { id: 'size', label: 'Size', type: 'select', required: false, options: ['1', '2'] },
  ],
  consent: { text: 'Yes.', required: false },
}
const SALES = { id: 'd1', name: 'Sales', description: '' }
const SUPPORT = { id: 'd2', name: 'Support', description: '' }

const NOTHING: Occasion = { form: null, departments: [], away: false, hasEmail: false, known: knownFacts(), texts }
const ask = (occasion: Partial<Occasion>) => questionsOf({ ...NOTHING, ...occasion })
const ids = (occasion: Partial<Occasion>) => ask(occasion).map(({ id }) => id)

describe('what a visitor is asked', () => {
  it('is nothing where there is nothing to ask', () => {
    expect(ids({})).toEqual([])
    expect(ids({ away: true, hasEmail: true })).toEqual([])
    expect(ids({ away: true, known: knownFacts({ email: 'a@b.example' }) })).toEqual([])
    expect(ids({ away: true, known: knownFacts({}, { id: '7', hash: 'x', email: 'a@b.example' }) })).toEqual([])
  })

  it('is the form, a department, and while nobody is there a message; an address is asked for once', () => {
    expect(ids({ form: FORM, departments: [SALES, SUPPORT] })).toEqual([
      ...['name', 'work', 'home', 'size'],
      ...['@department', '@consent'],
    ])
    expect(ids({ form: FORM, away: true })).toEqual(['name', 'work', 'home', 'size', '@message', '@consent'])
    expect(ids({ away: true })).toEqual(['@name', '@email', '@message'])
    expect(ids({ form: { fields: FORM.fields.slice(0, 1), consent: null }, away: true })).toEqual([
      ...['name', '@email', '@message'],
    ])
  })

  it('holds what is known: what is proved before what is said, and no choice that is none', () => {
    const known = knownFacts(
      { name: 'Said', email: 'said@b.example', custom: { size: 3 } },
      { id: '7', hash: 'x', name: 'Proved' },
    )
    expect(ask({ form: FORM, known }).map(({ value, proved }) => [value, proved])).toEqual([
      ['Proved', true],
      ['said@b.example', false],
      ['', false],
      ['', false],
      [false, false],
    ])
    const fits = knownFacts({ custom: { size: 2 } })
    expect(ask({ form: FORM, known: fits })[3]?.value).toBe('2')
  })
})

describe('what answers say', () => {
  it('is trimmed, claims nothing that is proved, and names the department by its id', () => {
    const known = knownFacts({}, { id: '7', hash: 'x', name: 'Proved' })
    const questions = ask({ form: FORM, departments: [SALES, SUPPORT], away: true, known })
    const answers = {
      ...{ name: 'Proved', work: ' a@b.example ', size: '2', '@consent': true },
      ...{ '@department': 'Support', '@message': ' What does it cost?\n' },
    }
    expect(factsOf(FORM, [SALES, SUPPORT], questions, answers)).toEqual({
      facts: {
        traits: { email: 'a@b.example' },
        form: { answers: { name: 'Proved', work: 'a@b.example', home: '', size: '2' }, consent: 'Yes.' },
        departmentId: 'd2',
      },
      message: 'What does it cost?',
    })
  })

  it('is no consent where the box is not ticked', () => {
    expect(factsOf(FORM, [], ask({ form: FORM }), { '@consent': false }).facts.form).not.toHaveProperty('consent')
  })
})

describe('what is wrong with an answer', () => {
  const [name, email, , size, consent] = ask({ form: FORM })
  it.each([
    [name, '', 'formNeeded'],
    [name, ' \u200b', 'formNeeded'],
    [name, 'Asha', undefined],
    [email, 'a@b', 'formNoEmail'],
    [email, ' a@b.example ', undefined],
    [size, '', undefined],
    [size, '9', 'formNeeded'],
    [consent, false, undefined],
  ])('%#: %s', (question, answer, fault) => {
    expect(question && faultOf(question, answer as string)).toBe(fault)
  })
})

describe('what a page has said', () => {
  it('is read of a JWT, in whatever letters, and of one that is none nothing', () => {
    const claims = Buffer.from(JSON.stringify({ name: 'आशा', email: 7 })).toString('base64url')
    expect(knownFacts({}, { token: `x.${claims}.y` }).proved).toEqual({ name: 'आशा' })
    for (const token of ['', 'x', 'x.!.y', `x.${Buffer.from('null').toString('base64url')}.y`])
      expect(knownFacts({}, { token }).proved).toEqual({})
  })
})
