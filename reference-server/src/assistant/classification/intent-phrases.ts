import type { SmallTalk } from './small-talk.js'

/** What a visitor may be after, as far as rules can tell. */
export type IntentId =
  | 'pricing'
  | 'demo'
  | 'buy'
  | 'callback'
  | 'payment_status'
  | 'payment_dispute'
  | 'refund'
  | 'cancel'
  | 'complaint'
  | 'account'
  | 'documents'
  | 'time_needed'
  | 'status'
  | SmallTalk

/** Who has one of these may become a customer (L1). */
export const LEAD_INTENTS: ReadonlySet<IntentId> = new Set(['pricing', 'demo', 'buy', 'callback'])

/** How sure a rule is: of words that mean nothing else, and of words that mostly mean it. */
const SURE = 0.9
const LIKELY = 0.65

/**
 * Over folded words joined by spaces: English, Hindi and Hinglish in one. Written for ChatDesk; the patterns hold no nested
 * repeats. The first that matches an intent gives its probability.
 */
export const INTENT_PATTERNS: [IntentId, number, RegExp][] = [
  [
    'pricing',
    SURE,
    /\bhow much (?:does|do|is|are|would|will|for|to)\b|\b(?:pricing|price|prices|quotation|rate card|price list|fee structure)\b|\bwhat (?:does|do|would|will|is|are)\b.{0,40}\b(?:costs?|fees?|charges?)\b|\bkitn[ae] (?:paisa|paise|kharcha|ka hai|lagega|lagenge|charge|fees?|rupay)|\bkitne (?:ka|ki|me|mein)\b|कितना (?:खर्च|पैसा|शुल्क)|कितने (?:का|पैसे|रुपये)|शुल्क कितना|फीस कितनी|कीमत|दाम/,
  ],
  ['pricing', LIKELY, /\b(?:cost|costs|fees|kharcha|package|packages|plans|discount|offer)\b|खर्च|शुल्क|फीस/],
  [
    'demo',
    SURE,
    /\b(?:book|schedule|see|get|want|request|arrange|give|show|need|watch|have|like|free|live)\b.{0,20}\b(?:demo|walkthrough|trial|product tour)\b|\bdemo (?:chahiye|dikhao|dijiye|milega|please)\b|\b(?:try|test) (?:it|before)\b.{0,20}\b(?:buy|free)\b|डेमो/,
  ],
  [
    'buy',
    SURE,
    /\b(?:want|like|ready|looking|wish|how|where|can|interested)\b.{0,24}\b(?:buy|purchase|subscribe|sign up|signup|get started|order (?:it|this|one|the)|onboard)\b|\b(?:kharidna|khareedna|lena|shuru karna|register karna|karwana|karvana|banwani|banwana|kholni|kholna) (?:hai|chahta|chahti|h)\b|\b(?:want|need|like|looking|plan(?:ning)?|wish) to (?:register|incorporate|start|open|set up|form|file|trademark|get)\b|\binterested in\b|(?:खरीदना|करवाना|बनवाना|बनवानी|खोलना|खोलनी|शुरू करना|रजिस्टर करना) (?:है|चाहता|चाहती)/,
  ],
  [
    'callback',
    SURE,
    /\bcall ?backs?\b|\bcall me\b|\bgive me a (?:call|ring)\b|\b(?:phone|ring) me\b|\bmujhe (?:call|phone)\b|\b(?:call|phone) (?:karo|kro|kijiye|kariye|karna|karein|kar do|karwa)\b|मुझे (?:कॉल|फोन|फ़ोन)|(?:कॉल|फोन) (?:करें|करो|कीजिए|बैक)/,
  ],
  [
    'payment_dispute',
    SURE,
    /\b(?:double|twice|two times|duplicate|extra|wrong(?:ly)?|do baar|dobara)\b.{0,24}\b(?:charged?|debited|deducted|paid|payment|billed|kat|kata)\b|\b(?:charged?|debited|deducted|billed|paid|kat)\b.{0,24}\b(?:double|twice|two times|again|extra|wrong|do baar)\b|\bovercharged\b|\bunauthori[sz]ed\b|\bchargeback\b|\bdispute\b|\b(?:money|amount|paisa|paise)\b.{0,24}\b(?:deducted|debited|kat|gone|cut|gayab)\b|\b(?:deducted|debited)\b.{0,40}\b(?:not|no|nahi|failed)\b|(?:पैसे?|राशि).{0,16}(?:कट|काट)/,
  ],
  [
    'payment_status',
    SURE,
    /\b(?:did|has|have|was|is|hua|check|confirm|status|where)\b.{0,30}\b(?:my |the |mera |meri )?(?:payment|transaction|paymnet)\b.{0,30}\b(?:go|gone|going|through|received?|arrive|successful|success|done|complete|completed|confirmed|status|failed|pending|reach|reached|credited)\b|\bpayment status\b|\bstatus of (?:my |the )?(?:payment|transaction)\b|\bpayment (?:kab|kya|hua|ho gaya|ho gya|aaya|mila|pending|failed|successful|received|nahi|nhi)\b|\b(?:i|we) (?:have |ve |just )?(?:paid|already paid|made the payment)\b.{0,40}\b(?:but|still|not|no|when|where|confirm|receipt)\b|\bdid (?:you|u) (?:get|receive) (?:my |the )?(?:payment|money)\b|(?:पेमेंट|भुगतान).{0,24}(?:हुआ|हो गया|मिला|स्टेटस|स्थिति|पहुंचा|सफल|फेल|अटक)/,
  ],
  [
    'refund',
    SURE,
    /\b(?:refund|refunds|refunded|money back|reimburse|reimbursement|chargeback)\b|\b(?:paisa|paise) (?:wapas|vapas|waapas)\b|रिफंड|पैसे वापस|पैसा वापस/,
  ],
  [
    'cancel',
    SURE,
    /\b(?:cancel|cancelling|canceling|cancellation|unsubscribe|terminate)\b|\bband karna\b|\bcancel karna\b|रद्द|कैंसिल/,
  ],
  [
    'complaint',
    SURE,
    /\b(?:complaint|complain|complaints|grievance|reclamation|shikayat)\b|\bfile a claim\b|\b(?:lodge|lodging|filing) a\b|शिकायत/,
  ],
  [
    'account',
    LIKELY,
    /\b(?:password|log ?in|login|sign ?in|otp|account|profile|verify|verification)\b|पासवर्ड|लॉगिन|खाता/,
  ],
  [
    'documents',
    SURE,
    /\b(?:what|which|list of|konse|kaunse|kya kya|kaun se)\b.{0,24}\b(?:documents?|docs|papers|proofs?|kagaz|kagaj|dastavej)\b|\b(?:documents?|docs|papers|proofs?)\b.{0,24}\b(?:required|needed|need|chahiye|lagenge|lagte)\b|(?:दस्तावेज|दस्तावेज़|कागज|डॉक्यूमेंट)/,
  ],
  [
    'time_needed',
    SURE,
    /\bhow (?:long|many days|much time|soon)\b|\bkitn[ae] (?:din|time|samay)\b|\bkab tak\b|कितने दिन|कितना समय|कब तक/,
  ],
  [
    'status',
    LIKELY,
    /\b(?:status|track|tracking|progress|update|updates|where is my|where are my)\b|\bkab (?:aayega|aayegi|milega|milegi|banegi|hoga)\b|स्थिति|कब (?:आएगा|मिलेगा|बनेगी|होगा)/,
  ],
]
