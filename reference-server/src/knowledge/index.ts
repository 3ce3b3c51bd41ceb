export { createKnowledgeRetriever } from './create-knowledge-retriever.js'
export { addDefaultKnowledge } from './default-knowledge.js'
export { noteGap } from './note-gap.js'
export { reindexKnowledge } from './reindex.js'
