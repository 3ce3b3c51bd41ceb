/**
 * What a knowledge base says to a machine and not to a visitor. An imported page may hold it to turn a model around;
 * to quote it is harmless, and still no answer.
 */
const INSTRUCTION =
  /\b(?:ignore|disregard|forget|override|bypass|disable|suppress)\b.{0,40}\b(?:instructions?|polic(?:y|ies)|rules?|prompts?|warnings?|gates?|approvals?|guidelines?|previous|above)\b|\b(?:system|developer|hidden|internal) (?:prompt|note|message|instructions?|override)\b|\b(?:runbook|policy|system|prompt) override\b|\b(?:you are|act as|pretend to be|respond as|as an?) (?:now |an? )?(?:ai|assistant|model|chatbot|developer mode|dan)\b|\b(?:higher|highest) priority than\b|\b(?:only|sole) authority\b|\bdo not (?:cite|mention|tell|reveal|disclose)\b|\b(?:cite|answer from) (?:this|it) (?:appendix|document|even)\b|\b(?:classify|mark|auto-?route|treat) (?:all|it|every|this)\b.{0,40}\b(?:resolved|completed|closed|priority|authority)\b|\bexport\b.{0,30}\b(?:restricted|docs|documents|data|records)\b|\b(?:reveal|print|show|leak|send)\b.{0,30}\b(?:api keys?|passwords?|secrets?|credentials|environment variables?|system prompt)\b|<\/?(?:system|assistant|user|instructions?)>|\[\/?inst\]/i

/** Whether a sentence is addressed to the assistant. Such a sentence is never quoted. */
export function isInstructionLike(sentence: string): boolean {
  return INSTRUCTION.test(sentence)
}
