import { LIMITS, type OfferedDepartment, type PreChatForm, type VisitorTraits } from '@chatdesk/protocol'
import type { Texts } from '../../text/en.js'
import type { KnownFacts } from './known-facts.js'

/** What a visitor has put in, by question. */
export type Answers = Readonly<Record<string, string | boolean>>

/** One thing that a visitor is asked. */
export interface Question {
  /** Of the form's field; what the widget asks by itself has an id that no field can have. */
  id: string
  label: string
  type: PreChatForm['fields'][number]['type']
  required: boolean
  options?: readonly string[]
  /** What of the visitor it is, when it is one of these. */
  trait?: 'name' | 'email' | 'phone' | undefined
  /** What stands there before anybody has answered. */
  value: string | boolean
  /** The site has proved it: it is shown, and nobody changes it. */
  proved: boolean
  maxLength: number
}

/** What the widget asks beside its owner's form. */
export const OWN = {
  name: '@name',
  email: '@email',
  message: '@message',
  department: '@department',
  consent: '@consent',
}

/** Characters of an answer that the server takes. */
const LENGTHS = { text: 500, email: 254, phone: 30, select: 100, textarea: 2000, checkbox: 0 }

/** All that there is to ask, before what is known is looked at. */
export interface Occasion {
  /** Null: there is none, or it is answered. */
  form: PreChatForm | null
  /** Those to choose from; none: nothing to choose. */
  departments: readonly OfferedDepartment[]
  /** Nobody is there to answer now: an answer needs an address, and a question to answer. */
  away: boolean
  /** An address has been given before. */
  hasEmail: boolean
  known: KnownFacts
  texts: Pick<Texts, 'formName' | 'formEmail' | 'formDepartment' | 'composerLabel'>
}

/** What a visitor is asked, from top to bottom; nothing: nothing. */
export function questionsOf({ form, departments, away, hasEmail, known, texts }: Occasion): Question[] {
  const { traits, proved } = known
  const taken = new Set<string>()
  const ask = (
    of: Omit<Question, 'value' | 'proved' | 'maxLength' | 'trait'>,
    wanted?: Question['trait'],
  ): Question => {
    // Of two fields for an address the first one is theirs.
    const trait = wanted && !taken.has(wanted) ? wanted : undefined
    if (trait) taken.add(trait)
    const fact = trait ? ((proved as VisitorTraits)[trait] ?? traits[trait]) : traits.custom?.[of.id]
    const fits =
      of.type === 'checkbox' ? fact === true : fact !== undefined && (!of.options || of.options.includes(`${fact}`))
    const value = of.type === 'checkbox' ? fits : fits ? `${fact}` : ''
    const maxLength = trait === 'name' ? 100 : LENGTHS[of.type]
    return { ...of, trait, value, proved: trait !== undefined && trait in proved, maxLength }
  }
  const asked = (form?.fields ?? []).map(({ options, ...field }) =>
    ask({ ...field, ...(options && { options }) }, traitOf(field)),
  )
  const lacksEmail = away && !hasEmail && !known.proved.email && !known.traits.email && !taken.has('email')
  if (lacksEmail) {
    const own = { type: 'text', required: false } as const
    if (!taken.has('name')) asked.push(ask({ ...own, id: OWN.name, label: texts.formName }, 'name'))
    asked.push(ask({ id: OWN.email, label: texts.formEmail, type: 'email', required: true }, 'email'))
  }
  if (departments.length > 0)
    asked.push(
      ask({
        ...{ id: OWN.department, label: texts.formDepartment, type: 'select', required: true },
        options: departments.map(({ name }) => name),
      }),
    )
  if (away && asked.length > 0)
    asked.push({
      ...ask({ id: OWN.message, label: texts.composerLabel, type: 'textarea', required: true }),
      maxLength: LIMITS.textLength,
    })
  if (form?.consent)
    asked.push(ask({ id: OWN.consent, label: form.consent.text, type: 'checkbox', required: form.consent.required }))
  return asked
}

function traitOf({ id, type }: Pick<Question, 'id' | 'type'>): Question['trait'] {
  if (type === 'email' || type === 'phone') return type
  return type === 'text' && id === 'name' ? 'name' : undefined
}
