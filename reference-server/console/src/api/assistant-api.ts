import type { AssistantSettings, AssistantUsage } from '@chatdesk/protocol'
import { assistantSettingsResponse, assistantUsageResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Whether the organization's answers are written by a model, and what that costs. */
export interface AssistantApi {
  settings(): Promise<AssistantSettings>
  /** From the next answer on. */
  update(changes: Pick<AssistantSettings, 'usesModels'>): Promise<AssistantSettings>
  /** Of the last thirty days. */
  usage(): Promise<AssistantUsage>
}

export function createAssistantApi({ ask }: AdminCalls): AssistantApi {
  return {
    settings: async () => (await ask(assistantSettingsResponse, 'GET', 'chat-widget/assistant')).assistant,
    update: async (changes) =>
      (await ask(assistantSettingsResponse, 'PATCH', 'chat-widget/assistant', changes)).assistant,
    usage: () => ask(assistantUsageResponse, 'GET', 'chat-widget/assistant/usage'),
  }
}
