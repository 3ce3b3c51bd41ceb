import type { ImportedEntry } from '@chatdesk/protocol'
import { DEMO_DOCUMENTS } from './demo-documents.js'

/** Questions of every new widget that the demo's company has answers of its own to, by the document that has them. */
const REWRITTEN: Readonly<Record<string, string>> = {
  pricing: 'What does it cost?',
  'support-hours': 'What are your hours?',
}

const OFFER: ImportedEntry = {
  question: 'What do you offer?',
  answer:
    'We register private limited companies, one person companies and LLPs, GST and trademarks, and file what comes afterwards every year.',
  category: 'Companies',
}

/** What the demo's widget knows. */
export const DEMO_KNOWLEDGE: readonly ImportedEntry[] = [
  OFFER,
  ...DEMO_DOCUMENTS.map(({ id, category, title, body }): ImportedEntry => {
    const question = REWRITTEN[id]
    return question
      ? { question, phrasings: [title], answer: body, category }
      : { question: title, answer: body, category }
  }),
]
