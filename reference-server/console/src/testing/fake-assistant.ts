import type { AssistantSettings } from '@chatdesk/protocol'
import type { AssistantApi } from '../api/assistant-api.js'

/** An organization on a server with a model, which remembers what is said of it. */
export function createFakeAssistant(note: (what: string, input?: unknown) => void): AssistantApi {
  const settings: AssistantSettings = {
    writesWithModel: true,
    model: 'small-1',
    budgets: { perConversation: 60_000, perDay: 2_000_000 },
  }
  return {
    settings: async () => ({ ...settings }),
    async update(changes) {
      note('update assistant', changes)
      return { ...Object.assign(settings, changes) }
    },
  }
}
