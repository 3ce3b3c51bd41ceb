import { wordsOf } from '../language/words.js'

/** What the assistant does not do, whoever asks. Each has a scripted text, and a person is offered. */
export type Refusal =
  | 'instructions'
  | 'secrets'
  | 'others_data'
  | 'side_effect'
  | 'invention'
  | 'promise'
  | 'advice'
  | 'consumption'

/**
 * What is said to the assistant and not asked of the organization: no entry of a knowledge base is its answer. Over folded words joined
 * by spaces, as all of these; the patterns hold no nested repeats.
 */
const ATTACKS: [Refusal, RegExp][] = [
  [
    'instructions',
    /\b(?:ignore|disregard|forget|override|bypass)\b.{0,20}\b(?:your|system|previous|prior|above|earlier|these|those|all(?: of)?(?: the| your)?) (?:previous |prior |above |earlier |system )?(?:instructions?|prompts?|guidelines?|guardrails?|polic(?:y|ies)|rules?|restrictions?)\b/,
  ],
  [
    'instructions',
    /\b(?:system|developer|hidden|initial) prompts?\b|\b(?:developer|hidden) (?:instructions?|polic(?:y|ies)|rules)\b|\bdo anything now\b|\byou are now (?:an? )?(?:free|unrestricted|dan|jailbroken|ai|assistant|hacker|developer|in developer)\b|\bpretend (?:to be|you)\b|\bact as (?:if you|dan|(?:an? )?(?:ai|assistant|unrestricted|hacker|jailbroken|developer))\b/,
  ],
  [
    'secrets',
    /\b(?:print|reveal|dump|leak|expose|disclose|show|give|tell|send|list)\b.{0,20}\b(?:your|hidden|the servers|the systems)\b.{0,20}\b(?:api keys?|passwords?|secrets?|credentials|access tokens?|environment variables?|env vars?|private keys?|connection strings?)\b|\b(?:print|reveal|dump|leak)\b.{0,12}\b(?:any|all|every) (?:api keys?|passwords?|secrets?|credentials|access tokens?|environment variables?)\b/,
  ],
  [
    'others_data',
    /\b(?:(?:show|give|tell|send|read) (?:me|us)|list|print|reveal|export|dump)\b.{0,30}\b(?:data|details|conversations?|chats?|orders?|payments?|phone|emails?|address(?:es)?|documents?|records?|messages?|names?|numbers?|information)\b.{0,12}\b(?:of|from|by) (?:the |your )?(?:other|another|someone elses|different) (?:customers?|users?|visitors?|clients?|tenants?|compan(?:y|ies)|organi[sz]ations?|persons?|people)\b|\b(?:(?:show|give|tell|send|read) (?:me|us)|list|print|reveal|export|dump)\b.{0,20}\b(?:other|another|someone elses|different) (?:customers?|users?|visitors?|clients?|tenants?|companys?|companies|organi[sz]ations?|persons?|peoples?)\b.{0,20}\b(?:data|details|conversations?|chats?|orders?|payments?|phone|emails?|address(?:es)?|documents?|records?|messages?|names?|numbers?|information)\b|\b(?:show|give|send) (?:me|us)\b.{0,12}\b(?:restricted|confidential) (?:documents?|docs|files?|data|records?)\b/,
  ],
]

/** What may as well be a plain question that an entry answers, word for word: refused if none does. */
const WISHES: [Refusal, RegExp][] = [
  [
    'instructions',
    /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instructions?|polic(?:y|ies)|rules?|prompts?|guidelines?|guardrails?|restrictions?|previous|above)\b/,
  ],
  [
    'instructions',
    /\b(?:system|developer|hidden|initial|original|internal) (?:prompts?|instructions?|messages?|policy text|policies|rules|configuration)\b|\b(?:reveal|print|show|repeat|recite|summari[sz]e|output|leak|disclose|tell me|give me|what are|what is)\b.{0,12}\byour (?:prompts?|instructions?|configuration)\b/,
  ],
  [
    'instructions',
    /\b(?:you are now|act as|pretend (?:to be|you)|roleplay|jailbreak|developer mode|do anything now|no restrictions|unrestricted|without (?:any )?(?:restrictions|filters?))\b/,
  ],
  [
    'secrets',
    /\b(?:api keys?|passwords?|secrets?|credentials|access tokens?|environment variables?|env vars?|private keys?|connection strings?)\b.{0,60}\b(?:you|your|access|server|system|hidden)\b|\b(?:print|show|reveal|give|list|dump|leak|tell|send|share|expose)\b.{0,30}\b(?:api keys?|passwords|secrets|credentials|access tokens?|environment variables?|private keys?|admin password|database)\b/,
  ],
  [
    'others_data',
    /\b(?:restricted|confidential|private|internal) (?:documents?|docs|files?|data|records?|articles?)\b/,
  ],
  [
    'others_data',
    /\b(?:other|another|all|every|someone elses|somebody elses|different) (?:the )?(?:customers?|users?|visitors?|clients?|tenants?|teams?|companies|companys|organi[sz]ations?|persons?|peoples?)\b.{0,40}\b(?:data|details|conversations?|chats?|orders?|payments?|phone|emails?|address|documents?|records?|messages?|names?|numbers?|information)\b|\b(?:data|details|conversations?|chats?|orders?|payments?|emails?|documents?|records?|messages?|numbers?|information)\b.{0,30}\b(?:of|from|for|about|by) (?:all |the |your )?(?:other|another|every|all|someone elses|different) (?:customers?|users?|visitors?|clients?|tenants?|teams?|compan(?:y|ies)|organi[sz]ations?|persons?|people)\b/,
  ],
  [
    'side_effect',
    /\b(?:without|skip|bypass|disable|no)\b.{0,30}\b(?:approvals?|asking|permission|confirmation|authori[sz]ation|review|human)\b.{0,40}$|\b(?:approval|approve)\b.{0,20}\b(?:gate|myself|automatically)\b/,
  ],
  [
    'side_effect',
    /\b(?:create|delete|close|resolve|route|assign|update|modify|drop|execute|run|issue|process|approve|mark|transfer)\b.{0,30}\b(?:every|all|immediately|bulk|tickets?|refunds? (?:to|of|for)|database|tables?|sql|admin)\b.{0,40}\b(?:ticket|tickets|tasks?|without|now|resolved|closed|completed|immediately|database|users?|records?)\b/,
  ],
  [
    'invention',
    /\b(?:invent|make up|fabricate|fake|pretend|guess)\b.{0,30}\b(?:procedures?|steps?|answers?|polic(?:y|ies)|sources?|facts?|numbers?|missing)\b|\b(?:do not|dont|without|never)\b.{0,10}\b(?:cite|citing|citations?|mention)\b.{0,10}\b(?:sources?|any)\b|\b(?:no|without) (?:details|evidence|information)\b.{0,30}\b(?:exact|anyway|give me|certain|sure)\b/,
  ],
  [
    'promise',
    /\b(?:promise|guarantee|assure|confirm|commit)\b.{0,40}\b(?:refunds?|discounts?|free|price|off|money back|rupees?|approval|approved)\b|\b(?:give|offer|apply|grant)\b.{0,16}\b(?:me|us)\b.{0,16}\b(?:\d+ (?:percent|off)|discount|free|special price)\b|\b(?:sell|give)\b.{0,30}\bfor (?:1|one|zero|0|rs 1|re 1)\b/,
  ],
  [
    'advice',
    /\b(?:should i (?:sue|plead|invest|take (?:the |this |my )?(?:medicine|medication|pills?|drug|loan))|diagnos(?:e|is)|prescri(?:be|ption)|dosage|symptoms?|legal advice|medical advice|financial advice|tax evasion|evade tax(?:es)?|hide (?:my )?income|which (?:stocks?|shares?|crypto|mutual funds?)|is it legal (?:to|if)|can i be (?:jailed|arrested|sued))\b/,
  ],
  [
    'consumption',
    /\b(?:repeat(?:edly)?|over and over|again and again|forever|endless(?:ly)?|infinite(?:ly)?|\d{3,} times|until the answer changes|very large|as long as possible|maximum length|\d{4,} words)\b.{0,50}\b(?:analysis|answer|run|repeat|write|print|output|generate|words?|times|changes)\b|\b(?:run|write|print|generate|repeat)\b.{0,40}\b(?:repeatedly|forever|endlessly|infinitely|\d{3,} times|until the answer changes)\b/,
  ],
]

/** Says what of it somebody asks for; null: nothing. It only chooses an honest text: nothing rests on finding it. */
export function findRefusal(text: string): Refusal | null {
  return firstOf([...ATTACKS, ...WISHES], text)
}

/** The same for what is refused whatever the knowledge base holds. */
export function findAttack(text: string): Refusal | null {
  return firstOf(ATTACKS, text)
}

function firstOf(patterns: typeof ATTACKS, text: string): Refusal | null {
  const line = wordsOf(text).join(' ')
  return patterns.find(([, pattern]) => pattern.test(line))?.[0] ?? null
}
