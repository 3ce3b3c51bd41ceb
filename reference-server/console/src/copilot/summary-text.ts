import { type CopilotSummary, LIMITS } from '@chatdesk/protocol'

/** One part of a summary: what it is about, and a line or more. */
export interface SummaryPart {
  title: string
  lines: readonly string[]
}

/** What a summary says, in the order in which it is read; parts without a line are left out. */
export function partsOfSummary(summary: CopilotSummary): SummaryPart[] {
  const { words, firstQuestion, lastQuestion, answers, open, handedOver, facts } = summary
  // What is still open is not said twice.
  const asked = [firstQuestion, lastQuestion].filter((one) => one !== null && !open.includes(one)) as string[]
  const parts: SummaryPart[] = [
    { title: 'In short', lines: words === null ? [] : [words] },
    { title: 'Asked', lines: asked },
    {
      title: 'Answered',
      lines: answers.map(({ by, name, text }) => `${name ?? (by === 'agent' ? 'An agent' : 'The assistant')}: ${text}`),
    },
    { title: 'Open', lines: open },
    { title: 'Handed over', lines: handedOver === null ? [] : [`${sentence(handedOver.reason)} (${handedOver.rule})`] },
    { title: 'The visitor says', lines: facts.map(({ label, value }) => `${label}: ${value}`) },
  ]
  return parts.filter(({ lines }) => lines.length > 0)
}

/** The summary as a note has it. */
export function summaryNote(summary: CopilotSummary): string {
  const sources = summary.sources.map(({ question }) => question)
  const parts = [...partsOfSummary(summary), ...(sources.length > 0 ? [{ title: 'From', lines: sources }] : [])]
  return `Summary\n\n${parts.map(({ title, lines }) => `${title}\n${lines.map((line) => `- ${line}`).join('\n')}`).join('\n\n')}`.slice(
    0,
    LIMITS.textLength,
  )
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
