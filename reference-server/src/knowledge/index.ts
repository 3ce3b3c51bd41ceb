export { addDefaultKnowledge } from './default-knowledge.js'
