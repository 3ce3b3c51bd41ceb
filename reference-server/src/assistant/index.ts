export { createAssistant } from './assistant.js'
