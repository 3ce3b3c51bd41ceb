import * as z from 'zod/mini'
import type { Shape } from '../src/guard/shape.js'
import { messagePart } from '../src/schemas/message-parts.js'
import { errorCode, serverFrame } from '../src/schemas/server-frames.js'

type JsonSchema = {
  type?: string | string[]
  const?: string | number | boolean
  enum?: (string | number | boolean)[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
}

function toShape(schema: JsonSchema): Shape {
  if (schema.const !== undefined) return ['=', schema.const]
  if (schema.enum) return ['=', ...schema.enum]
  const options = Array.isArray(schema.type)
    ? schema.type.map((type) => ({ ...schema, type }))
    : (schema.anyOf ?? schema.oneOf)
  if (options) {
    const solid = options.filter((option) => option.type !== 'null')
    const [only, ...others] = solid.map(toShape)
    if (only === undefined) throw new Error('a union of nothing')
    const union: Shape = others.length === 0 ? only : ['|', only, ...others]
    return solid.length < options.length ? ['?', union] : union
  }
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return schema.type
    case 'integer':
      return 'number'
    case 'array':
      return ['a', toShape(schema.items ?? {})]
    case 'object': {
      if (schema.properties) {
        const required = new Set(schema.required)
        return Object.fromEntries(
          Object.entries(schema.properties).map(([name, inner]) => [
            required.has(name) ? name : `${name}?`,
            toShape(inner),
          ]),
        )
      }
      if (typeof schema.additionalProperties === 'object') return ['r', toShape(schema.additionalProperties)]
    }
  }
  throw new Error(`no shape for ${JSON.stringify(schema)}`)
}

/**
 * What a newer server may say more of: a code (E1), and a part of a message (X7). Neither makes a malformed frame: of a part
 * this client needs its text, and looks at the rest when it draws it.
 */
function openForLater(met: { zodSchema: unknown; jsonSchema: { enum?: unknown; oneOf?: unknown } }): void {
  const { zodSchema, jsonSchema } = met
  if (zodSchema === errorCode) delete jsonSchema.enum
  if (zodSchema !== messagePart) return
  delete jsonSchema.oneOf
  const text = { type: 'string' }
  Object.assign(jsonSchema, { type: 'object', properties: { type: text, text }, required: ['type', 'text'] })
}

/** What only an agent is sent: kept apart, so that no visitor's page carries it. */
const AGENT_FRAMES = [
  'conversation.synced',
  'inbox.page',
  'inbox.changed',
  'inbox.removed',
  'visitor.presence',
  'conversation.viewers',
]

/** The generated files of `src/guard/` with their sources: frame type → shape. */
export function renderGuard(): Record<string, string> {
  const shapes: Record<string, Shape> = {}
  for (const option of serverFrame._zod.def.options) {
    const shape = toShape(z.toJSONSchema(option, { override: openForLater }) as JsonSchema)
    const variants = (Array.isArray(shape) && shape[0] === '|' ? shape.slice(1) : [shape]) as {
      type: readonly ['=', string]
    }[]
    const name = variants[0]?.type[1] ?? ''
    // Found by its type, a frame needs no look at it.
    shapes[name] = variants.length > 1 ? shape : withoutType(shape)
  }
  const parts = messagePart._zod.def.options.map((part): [string, Shape] => [
    [...part.shape.type._zod.def.values].join(),
    toShape(z.toJSONSchema(part) as JsonSchema),
  ])
  const isAgents = ([type]: [string, Shape]) => AGENT_FRAMES.includes(type)
  const all = Object.entries(shapes)
  return {
    'message-part-shapes.ts': render('MESSAGE_PART_SHAPES', parts),
    'agent-frame-shapes.ts': render('AGENT_FRAME_SHAPES', all.filter(isAgents)),
    'visitor-frame-shapes.ts': render(
      'VISITOR_FRAME_SHAPES',
      all.filter((entry) => !isAgents(entry)),
    ),
  }
}

function withoutType(shape: Shape): Shape {
  const { type: _type, ...fields } = shape as Record<string, Shape>
  return fields
}

function render(name: string, shapes: [string, Shape][]): string {
  return [
    '// Made by scripts/make-guard.ts from the schemas. Do not edit.',
    "import type { Shape } from './shape.js'",
    '',
    `export const ${name}: Readonly<Record<string, Shape>> = ${JSON.stringify(Object.fromEntries(shapes))}`,
    '',
  ].join('\n')
}
