export type { AgentClient, AgentClientOptions, AgentConversation } from './agent-client.js'
export { createAgentClient } from './create-agent-client.js'
export { isInView, isSnoozed, type Onlooker } from './state/inbox-views.js'
