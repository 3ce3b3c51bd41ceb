import { redact, type Vault } from '../redaction/redact.js'
import type { AnswerProvider, AnswerRequest, ProviderEvent } from './answer-provider.js'
import { createPlaceholderRestorer } from './placeholder-restorer.js'

/** The same provider, to which no personal data goes. What it says of a placeholder comes back as what that stands for. */
export function withRedaction(provider: AnswerProvider): AnswerProvider {
  return {
    capabilities: () => provider.capabilities(),
    async *answer(request, signal): AsyncGenerator<ProviderEvent> {
      const { redacted, vault } = redactRequest(request)
      const restorer = createPlaceholderRestorer(vault)
      for await (const event of provider.answer(redacted, signal)) {
        const text = event.type === 'delta' ? restorer.push(event.text) : restorer.end()
        if (text) yield { type: 'delta', text }
        if (event.type !== 'delta') yield event
      }
    },
  }
}

/**
 * A request without personal data. One vault serves all of it, passages as well: the visitor may ask for the very number that stands in one.
 * It is good for this request only, since each brings all that it needs.
 */
function redactRequest(request: AnswerRequest): { redacted: AnswerRequest; vault: Vault } {
  let vault: Vault = new Map()
  const clean = (text: string) => {
    const found = redact(text, vault)
    vault = found.vault
    return found.text
  }
  const redacted: AnswerRequest = {
    ...request,
    turn: clean(request.turn),
    history: request.history.map((line) => ({ ...line, text: clean(line.text) })),
    passages: request.passages.map((passage) => ({
      ...passage,
      title: clean(passage.title),
      text: clean(passage.text),
    })),
    tickets: request.tickets?.map((ticket) => ({ ...ticket, title: ticket.title && clean(ticket.title) })),
  }
  return { redacted, vault }
}
