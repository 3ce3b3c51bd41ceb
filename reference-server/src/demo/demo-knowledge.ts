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

/** Other ways to ask, as an editor adds them: a heading alone is seldom how somebody asks. By document. */
const PHRASINGS: Readonly<Record<string, readonly string[]>> = {
  'private-limited': [
    'How do I register a private limited company?',
    'How long does company registration take?',
    'How long does it take to register a company?',
    'How many directors does a company need?',
  ],
  pricing: [
    'How much does it cost to register a company?',
    'What is your fee for GST registration?',
    'What is the price of a trademark?',
    'How much is an LLP?',
    'Which prices do you have?',
  ],
  documents: ['Which documents do I need?', 'What papers do you need from the directors?'],
  llp: ['What is an LLP?', 'How do I register an LLP?'],
  opc: ['What is a one person company?', 'Can I found a company alone?'],
  gst: [
    'How long does GST registration take?',
    'Do I need GST registration?',
    'When do I have to file GST returns?',
    'When do I get my GSTIN?',
  ],
  trademark: ['How do I register a trademark?', 'When may I use the TM sign?', 'How do I protect my brand?'],
  'name-approval': ['How do I choose a company name?', 'Which names are not allowed?'],
  'payment-methods': ['How can I pay?', 'Can I pay in instalments?', 'Do you accept UPI?', 'I want to pay'],
  refund: ['Can I get my money back?', 'How do I cancel?', 'Please refund my money'],
  status: ['Where is my application?', 'How do I follow my application?'],
  compliance: ['What must a company file every year?', 'When is the annual filing due?'],
  'bank-account': ['How do I open a bank account for my company?', 'Do you help with a current account?'],
  'startup-india': ['How do I become a recognised startup?', 'Who can apply for Startup India?'],
  'support-hours': ['When are you open?', 'How can I reach you?'],
  account: ['I forgot my password', 'How do I change my address or telephone number?'],
  'share-transfer': ['How do I add a director?', 'How do I transfer shares?'],
  closing: ['How do I close my company?', 'How do I strike off a company?'],
}

/** What the demo's page says under *Questions we hear often*: whoever reads a question there may ask it here. */
const OF_THE_PAGE: readonly ImportedEntry[] = [
  {
    question: 'Can I use my home as the registered office?',
    phrasings: ['May the office be in my house?', 'Is a residential address allowed?'],
    answer:
      'Yes. The law asks for an address that receives post, not for commercial premises. You need a recent utility bill and the owner’s consent, also when the owner is your parent.',
    category: 'Companies',
  },
  {
    question: 'How much capital must I bring in?',
    phrasings: ['Is there a minimum capital?', 'What capital does a company need?'],
    answer:
      'There is no minimum. Most of our clients begin with Rs. 10,000 or Rs. 1,00,000. The registrar’s own fee is nil up to an authorised capital of Rs. 15 lakh; stamp duty depends on the state.',
    category: 'Companies',
  },
  {
    question: 'What if the registrar refuses my name?',
    phrasings: ['What happens when my company name is rejected?'],
    answer:
      'We search before we file, so it is rare. If it happens we file a second choice, and our fee stays the same. The government’s fee for a new reservation is Rs. 1,000.',
    category: 'Companies',
  },
  {
    question: 'Do I need GST from the first day?',
    phrasings: ['When must a new company register for GST?'],
    answer:
      'Only if you sell goods to other states, sell through a marketplace, or expect to pass the turnover limit of your state. Many service companies may wait until Rs. 20 lakh.',
    category: 'Companies',
  },
  {
    question: 'I live abroad. Can I be a director?',
    phrasings: ['Can a foreigner be a director?', 'Can an NRI start a company?'],
    answer:
      'Yes, as long as one director has stayed in India for 182 days in the financial year. Your documents must be notarised and apostilled where you live; we send you the exact list.',
    category: 'Companies',
  },
]

/** What the demo's widget knows. */
export const DEMO_KNOWLEDGE: readonly ImportedEntry[] = [
  OFFER,
  ...OF_THE_PAGE,
  ...DEMO_DOCUMENTS.map(({ id, category, title, body }): ImportedEntry => {
    const question = REWRITTEN[id]
    const phrasings = [...(question ? [title] : []), ...(PHRASINGS[id] ?? [])]
    return { question: question ?? title, phrasings, answer: body, category }
  }),
]
