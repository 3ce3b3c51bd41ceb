export { createAssistant } from './assistant.js'
export { type AssistantOptions, createAssistantWriter, type ModelOptions } from './assistant-writer.js'
export { copilotRoutes } from './copilot/routes.js'
export { EXPIRING_USAGE } from './expiring.js'
