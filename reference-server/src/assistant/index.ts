export { type Assistant, type AssistantContext, createAssistant } from './assistant.js'
