import type { AssistantSettings, AssistantUsage } from '@chatdesk/protocol'
import type { AssistantApi } from '../api/assistant-api.js'

/** What a model was asked on three days, on the first of which it had no price. */
export function sampleUsage(): AssistantUsage {
  const usd = (micro: number) => ({ micro, currency: 'USD' })
  return {
    ...{ from: '2026-10-19', to: '2026-11-17' },
    usage: [
      {
        ...{ day: '2026-11-17', model: 'small-1', requests: 214 },
        ...{ promptTokens: 812_400, completionTokens: 31_090, cost: usd(140_514) },
      },
      {
        ...{ day: '2026-11-16', model: 'small-1', requests: 1, promptTokens: 1_204, completionTokens: 61 },
        cost: usd(217),
      },
      {
        ...{ day: '2026-11-15', model: 'small-0', requests: 38, promptTokens: 96_112, completionTokens: 4_031 },
        cost: null,
      },
    ],
  }
}

/** An organization on a server with a model, which remembers what is said of it. */
export function createFakeAssistant(note: (what: string, input?: unknown) => void): AssistantApi {
  const settings: AssistantSettings = {
    usesModels: true,
    ...{ model: 'small-1', embeddingModel: null },
    budgets: { perConversation: 60_000, perDay: 2_000_000 },
    price: { prompt: 0.15, completion: 0.6, currency: 'USD' },
  }
  return {
    settings: async () => ({ ...settings }),
    usage: async () => sampleUsage(),
    async update(changes) {
      note('update assistant', changes)
      return { ...Object.assign(settings, changes) }
    },
  }
}
