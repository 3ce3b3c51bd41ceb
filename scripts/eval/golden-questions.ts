import type { KnownQuestion } from './evaluation-data.js'

/** Questions about the golden documents, as visitors type them, and some that nothing there answers. */
export const GOLDEN_QUESTIONS: readonly KnownQuestion[] = [
  ...answered('private-limited', [
    'How many directors does a private limited company need?',
    'how long does it take to register a pvt company, working days',
    'is there a minimum capital for a private limited',
  ]),
  ...answered('pricing', [
    'What does GST registration cost?',
    'what is the price for a trademark class',
    'are there any hidden charges',
  ]),
  ...answered('documents', [
    'which documents do the directors have to send',
    'is a rent agreement needed for the office',
    'can I upload photos of my aadhaar card',
  ]),
  ...answered('llp', [
    'when does an LLP need an audit',
    'difference of limited liability partnership, can it issue shares?',
    'who drafts the LLP agreement',
  ]),
  ...answered('opc', ['Can I start a company alone with a nominee?', 'can an OPC be converted later']),
  ...answered('gst', [
    'what turnover makes GST compulsory',
    'penalty for late GST filing per day',
    'how often do I file GSTR-3B returns',
  ]),
  ...answered('trademark', [
    'when may I use the TM sign',
    'what happens if the registry objects to my trademark',
    'how many years is a trademark valid',
  ]),
  ...answered('name-approval', [
    'my company name was rejected, may I propose another',
    'can the name contain the word Bank',
    'how long is a reserved name kept',
  ]),
  ...answered('payment-methods', [
    'can I pay by UPI or net banking',
    'money debited but payment failed',
    'do you offer instalments on credit card',
  ]),
  ...answered('refund', ['How do I get a refund if I cancel', 'are government fees returned after cancellation']),
  ...answered('status', [
    'where can I see the status of my application',
    'my application step has not changed for days',
  ]),
  ...answered('compliance', [
    'what must a private limited file every year',
    'yearly package price with chartered accountant',
    'when is director KYC due',
  ]),
  ...answered('bank-account', ['help me open a current account for the new company', 'what does the bank ask for']),
  ...answered('startup-india', ['how to get DPIIT startup recognition', 'tax holiday for startups']),
  ...answered('support-hours', ['are you open on saturday', 'where is your office']),
  ...answered('account', ['I forgot my password', 'how to change my telephone number in profile']),
  ...answered('share-transfer', ['add a new director to my company', 'stamp duty for transfer of shares']),
  ...answered('closing', ['how to close a company that does not trade', 'strike off STK-2 how many months']),
  ...unanswered([
    'what is the weather in Mumbai tomorrow',
    'can you book a flight to Delhi',
    'how do I cook biryani',
    'who won the cricket match yesterday',
    'do you sell laptops',
    'what is the visa fee for Canada',
    'how do I train my dog',
    'which phone has the best camera',
    'can you write a poem about the sea',
    'how do I apply for a driving licence',
    'what is the capital of Norway',
    'do you offer home loans',
  ]),
]

function answered(documentId: string, queries: string[]): KnownQuestion[] {
  return queries.map((query) => ({ query, documentIds: [documentId] }))
}

function unanswered(queries: string[]): KnownQuestion[] {
  return queries.map((query) => ({ query, documentIds: [] }))
}
