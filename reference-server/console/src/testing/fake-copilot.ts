import type { CopilotDraft, CopilotSummary } from '@chatdesk/protocol'
import type { CopilotApi } from '../api/copilot-api.js'
import { sampleId } from './sample-data.js'

const DELIVERY = {
  id: sampleId(3001),
  question: 'How long does delivery take?',
  url: 'https://northwind.example/delivery',
}
const NO_DRAFT: CopilotDraft = {
  ...{ band: null, question: null, text: null, writtenBy: null, sources: [], suggestions: [] },
}

/** A draft of each kind, by its band; `none`: nothing was asked. */
export const SAMPLE_DRAFTS = {
  high: {
    ...{ ...NO_DRAFT, band: 'high', question: 'When is my parcel here?', writtenBy: 'knowledge' },
    ...{ text: 'A delivery takes two to four working days.', sources: [DELIVERY] },
  },
  middle: {
    ...{ ...NO_DRAFT, band: 'middle', question: 'Is it quicker by air?' },
    suggestions: [
      { ...DELIVERY, answer: 'A delivery takes two to four working days.' },
      {
        ...DELIVERY,
        id: sampleId(3002),
        question: 'What does express cost?',
        url: null,
        answer: 'Express costs ₹ 499.',
      },
    ],
  },
  low: { ...NO_DRAFT, band: 'low', question: 'Do you ship to the moon?' },
  none: NO_DRAFT,
} as const satisfies Record<string, CopilotDraft>

/** A summary with everything in it. */
export function sampleSummary(given: Partial<CopilotSummary> = {}): CopilotSummary {
  return {
    words: null,
    ...{ status: 'assigned', messages: 9 },
    firstQuestion: 'What does the registration cost?',
    lastQuestion: 'And how long does delivery take?',
    answers: [{ by: 'agent', name: 'Jonas Weber', text: 'The registration costs ₹ 7,499, all fees included.' }],
    open: ['And how long does delivery take?'],
    handedOver: { rule: 'E1', reason: 'a person was asked for' },
    sources: [DELIVERY],
    facts: [
      { label: 'Name', value: 'Anaya Deshmukh' },
      { label: 'E-mail', value: 'anaya@example.com' },
    ],
    ...given,
  }
}

/** Drafts and summaries as a server without a model makes them. */
export function createFakeCopilot(note: (what: string) => void): CopilotApi {
  return {
    async draft() {
      note('draft')
      return SAMPLE_DRAFTS.high
    },
    async summarise() {
      note('summarise')
      return sampleSummary()
    },
  }
}
