export { createAssistant } from './assistant.js'
export { EXPIRING_USAGE } from './expiring.js'
export { type AssistantOptions, createAssistantWriter, type ModelOptions } from './assistant-writer.js'
