export { createAssistant } from './assistant.js'
export { type AssistantOptions, createAssistantWriter, type ModelOptions } from './assistant-writer.js'
