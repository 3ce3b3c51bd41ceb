// Made by scripts/make-guard.ts from the schemas. Do not edit.
import type { Shape } from './shape.js'

export const MESSAGE_PART_SHAPES: Readonly<Record<string, Shape>> = {"text":{"type":["=","text"],"text":"string","choiceId?":"string"},"choices":{"type":["=","choices"],"text":"string","choices":["a",{"id":"string","text":"string"}]},"card":{"type":["=","card"],"title":"string","text":"string","imagePath?":"string","buttons?":["a",["|",{"text":"string","url":"string"},{"id":"string","text":"string"}]]},"file":{"type":["=","file"],"text":"string","fileId":"string","name":"string","mediaType":"string","sizeBytes":"number","width?":"number","height?":"number"}}
