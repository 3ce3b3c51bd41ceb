import type { KnowledgeEntry, KnowledgeGap, KnowledgeImport, KnowledgeVersion, SiteImport } from '@chatdesk/protocol'
import type { AskedGoldenQuestion } from '../api/knowledge-api.js'
import { minutesAgo, sampleId } from './sample-data.js'

const PRIYA = { id: sampleId(900), name: 'Priya Raman' }

/** An entry; what is not given is usual. */
export function sampleEntry(number: number, given: Partial<KnowledgeEntry> = {}): KnowledgeEntry {
  return {
    ...{ id: sampleId(3000 + number), widgetId: sampleId(1001), question: `Question ${number}?`, answer: 'Yes.' },
    ...{ phrasings: [], category: '', keywords: [], language: 'en', enabled: true, url: null },
    ...{ published: true, draft: null, version: 1, timesUsed: 0, helpful: 0, notHelpful: 0 },
    ...{ createdAt: minutesAgo(60_000), updatedAt: minutesAgo(20_000), createdBy: PRIYA, ...given },
  }
}

/** What a small shop can answer, the oldest first. */
export function sampleKnowledge(): KnowledgeEntry[] {
  return [
    sampleEntry(1, {
      ...{ question: 'How long does a refund take?', category: 'Payments', version: 3 },
      answer: 'The money is back within ten working days. A card has it after five, a bank account after ten.',
      phrasings: ['When do I get my money back?', 'Where is my refund?', 'Refund not received yet'],
      keywords: ['refund', 'money back'],
      url: 'https://northwind.example/help/refunds',
      ...{ timesUsed: 1241, helpful: 312, notHelpful: 18 },
    }),
    sampleEntry(2, {
      ...{ question: 'When are you open?', answer: 'Monday to Friday, from nine to five.', category: 'About us' },
      ...{ timesUsed: 84, helpful: 12, draft: { answer: 'Monday to Saturday, from nine to five.' } },
    }),
    sampleEntry(3, {
      ...{ question: 'Wie lange dauert der Versand?', answer: 'Zwei bis drei Werktage.', category: 'Shipping' },
      ...{ language: 'de', timesUsed: 7, notHelpful: 2 },
    }),
    sampleEntry(4, {
      ...{ question: 'Do you deliver to islands?', answer: 'Not yet.', category: 'Shipping', published: false },
    }),
    sampleEntry(5, {
      ...{ question: 'What did the summer sale of last year include, and until when did its prices hold?' },
      ...{ answer: 'It is over.', category: 'Payments', enabled: false, timesUsed: 3, createdBy: null },
    }),
  ]
}

export function sampleVersions(): KnowledgeVersion[] {
  const [entry] = sampleKnowledge()
  if (!entry) throw new Error('no sample')
  const { question, phrasings, answer, category, keywords, language, enabled, url, published } = entry
  const content = { question, phrasings, answer, category, keywords, language, enabled, url, published }
  const changedBy = PRIYA
  return [
    { version: 3, changedAt: minutesAgo(20_000), changedBy, content },
    {
      ...{ version: 2, changedAt: minutesAgo(40_000), changedBy },
      content: { ...content, answer: 'The money is back within fourteen days.' },
    },
    {
      ...{ version: 1, changedAt: minutesAgo(60_000), changedBy: null },
      content: { ...content, answer: 'The money is back within fourteen days.', phrasings: [], url: null },
    },
  ]
}

/** Those asked most first. */
export function sampleGaps(): KnowledgeGap[] {
  const gap = (number: number, question: string, times: number, given: Partial<KnowledgeGap> = {}): KnowledgeGap => ({
    ...{ id: sampleId(3100 + number), question, language: 'en', times, status: 'open', entryId: null },
    ...{ firstAt: minutesAgo(12_000), lastAt: minutesAgo(90), ...given },
  })
  return [
    gap(1, 'Can I pay in two instalments?', 23),
    gap(2, 'do u ship to iceland', 9),
    gap(3, 'Gibt es einen Mengenrabatt?', 2, { language: 'de' }),
    gap(4, 'Are you a robot?', 31, { status: 'dismissed' }),
    gap(5, 'How do I get my money back?', 14, { status: 'answered', entryId: sampleId(3001) }),
  ]
}

export function sampleGolden(): AskedGoldenQuestion[] {
  const golden = (number: number, question: string, entry: number, place: number | null): AskedGoldenQuestion => ({
    ...{ id: sampleId(3200 + number), question, entryId: sampleId(3000 + entry), createdBy: PRIYA, place },
  })
  return [
    golden(1, 'my refund is not here yet', 1, 1),
    golden(2, 'are you open on saturdays', 2, 3),
    golden(3, 'can you send it to an island', 4, null),
  ]
}

/** What a file would do: one row of each kind. */
export function sampleImport(): KnowledgeImport {
  const entry = (question: string) => ({ question, answer: 'Yes.' })
  const skip = { action: 'skip', entryId: null, entry: null } as const
  return {
    decisions: [
      {
        ...{ action: 'add', reason: null, place: 1, entryId: null },
        ...{ question: 'Is there a warranty?', entry: entry('Is there a warranty?') },
      },
      {
        ...{ action: 'change', reason: null, place: 2, question: 'When are you open?', entryId: sampleId(3002) },
        entry: entry('When are you open?'),
      },
      { ...skip, reason: 'same', place: 3, question: 'How long does a refund take?', entryId: sampleId(3001) },
      { ...skip, reason: 'twice', place: 4, question: 'Is there a warranty?' },
      { ...skip, reason: 'invalid', place: 5, question: '' },
      { ...skip, reason: 'full', place: 6, question: 'One too many?' },
    ],
    ...{ added: 1, changed: 1, skipped: 4 },
  }
}

/** The same of a site, two pages of which were left out. */
export function sampleSite(): SiteImport {
  return {
    ...sampleImport(),
    pages: {
      ...{ listed: 14, read: 12 },
      skipped: [
        { url: 'https://northwind.example/cart', reason: 'noindex' },
        {
          url: 'https://northwind.example/a-very-long-address/of-a-page/that-answers-slowly?page=2',
          reason: 'timeout',
        },
      ],
    },
  }
}
