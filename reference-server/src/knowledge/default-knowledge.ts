import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { insertEntries } from './insert-entries.js'

/**
 * What every team is asked, with answers that promise nothing that a team does not keep by answering at all. They are
 * there to be rewritten.
 */
const ENTRIES = [
  {
    question: 'How can I talk to a person?',
    phrasings: ['Is anybody there?', 'Can I speak to somebody?', 'I want to talk to a human'],
    answer: 'Write your question here. Somebody from the team reads it and answers in this chat.',
    category: 'Contact',
    keywords: ['human', 'person', 'agent', 'team', 'contact'],
  },
  {
    question: 'What are your hours?',
    phrasings: ['When are you open?', 'When do you answer?', 'How long does an answer take?'],
    answer: 'You can write at any time. When nobody is here, the team answers as soon as somebody is back.',
    category: 'Contact',
    keywords: ['hours', 'open', 'closed', 'time', 'weekend'],
  },
  {
    question: 'What do you offer?',
    phrasings: ['What services do you have?', 'What can you do for me?'],
    answer: 'Tell us what you are looking for, and the team will say how it can help.',
    category: 'Services',
    keywords: ['services', 'offer', 'products', 'help'],
  },
  {
    question: 'What does it cost?',
    phrasings: ['How much is it?', 'Where can I find your prices?'],
    answer: 'That depends on what you need. Tell us a little about it, and the team will get back to you with a price.',
    category: 'Services',
    keywords: ['price', 'prices', 'cost', 'fee', 'quote'],
  },
  {
    question: 'How do I book an appointment?',
    phrasings: ['Can we meet?', 'Can somebody call me?'],
    answer: 'Tell us here what it is about and which days suit you. The team will confirm a time.',
    category: 'Appointments',
    keywords: ['appointment', 'book', 'meeting', 'call'],
  },
  {
    question: 'What happens to what I write here?',
    phrasings: ['Who can read this?', 'Is this private?'],
    answer: 'The team reads it in order to answer you. Please leave out passwords and card numbers.',
    category: 'Privacy',
    keywords: ['privacy', 'private', 'data'],
  },
]

/** Gives a new widget its first entries, in the transaction that makes it. */
export async function addDefaultKnowledge(
  transaction: Transaction<Tables>,
  widget: { organizationId: string; widgetId: string; at: Date },
  generateId: () => string,
): Promise<void> {
  const entries = ENTRIES.map((entry) => ({ ...entry, id: generateId() }))
  await insertEntries(transaction, { ...widget, createdBy: null }, entries)
}
