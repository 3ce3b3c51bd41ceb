// `npm run eval`: how good the assistant is, without a network and the same each time.
// --data DIR         a folder of `.jsonl` files (see eval/read-folder.ts); without it, our own golden questions
// --json             one object in place of a table
// --retriever sql    which retriever: the server's, or js, the one in memory (see eval/retrievers.ts)
// --fit              prints the coefficients of the confidence model that this data speaks for
import { parseArgs } from 'node:util'
import { evaluate } from './eval/evaluate.js'
import { GOLDEN } from './eval/golden.js'
import { readFolder } from './eval/read-folder.js'
import { asMarkdown } from './eval/report.js'
import { RETRIEVERS } from './eval/retrievers.js'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    retriever: { type: 'string', default: 'sql' },
    fit: { type: 'boolean', default: false },
  },
})
const retriever = RETRIEVERS[values.retriever]
if (!retriever) throw new Error(`--retriever is one of: ${Object.keys(RETRIEVERS).join(', ')}`)
const data = values.data === undefined ? GOLDEN : readFolder(values.data)
if (Object.values(data).every((sets) => sets.length === 0))
  throw new Error('this folder holds no file whose rows are known')
const { evaluation, coefficients } = await evaluate(data, retriever)
console.log(values.json ? JSON.stringify(evaluation, null, 2) : asMarkdown(evaluation))
if (values.fit) console.log(JSON.stringify(coefficients, null, 2))
if (!evaluation.passed) process.exitCode = 1
