import { featuresOf } from './text-features.js'

/** A text whose intent somebody knows. */
export interface LabelledText {
  text: string
  intent: string
}

/** An intent and how probable it is, 0 to 1. */
export interface IntentGuess {
  intent: string
  p: number
}

/** What training has found: plain data, that can be kept as JSON if its typed arrays are. */
export interface TextModel {
  intents: string[]
  /** Of each feature that training has seen: its row in `weights`, by its hash. */
  rows: Map<number, number>
  /** Of each row. */
  idf: Float32Array
  /** Of features that training has not seen. */
  rarest: number
  /** `intents.length` weights a row; the last row is the bias. */
  weights: Float32Array
}

/** How a model is trained. The same texts and options give the same model. */
export interface TrainingOptions {
  seed?: number
  /** How often all texts are gone through. */
  epochs?: number
  /** AdaGrad's first step. */
  rate?: number
  /** By how much a weight is drawn to nothing, each time that it is used. */
  decay?: number
}

/** Trains a softmax regression over hashed, tf-idf weighted features by AdaGrad. Needs at least one text; no package, no network. */
export function trainTextModel(texts: readonly LabelledText[], options: TrainingOptions = {}): TextModel {
  const { seed = 1, epochs = 25, rate = 0.1, decay = 1e-4 } = options
  const intents = [...new Set(texts.map(({ intent }) => intent))].sort()
  const counted = texts.map(({ text, intent }) => ({ counts: featuresOf(text), label: intents.indexOf(intent) }))
  const model = emptyModel(
    intents,
    counted.map(({ counts }) => counts),
  )
  const examples = counted.map(({ counts, label }) => ({ vector: vectorOf(counts, model), label }))
  const gradients = new Float32Array(model.weights.length)
  const order = examples.map((_, index) => index)
  const random = randomOf(seed)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const index of order) {
      const example = examples[index]
      if (example) learn(model, gradients, example, rate, decay)
    }
  }
  return model
}

/** Says of each intent how probable it is, the most probable first. */
export function predictIntents(model: TextModel, text: string): IntentGuess[] {
  const p = softmax(scoresOf(model, vectorOf(featuresOf(text), model)))
  return model.intents.map((intent, index) => ({ intent, p: p[index] ?? 0 })).sort((a, b) => b.p - a.p)
}

/**
 * Rows of a text's features, and their values; its length is 1, so that a long text says no more than a short one. What training has
 * not seen counts for the length only: a text of strange words comes near no intent.
 */
interface Vector {
  rows: Int32Array
  values: Float32Array
}

function emptyModel(intents: string[], texts: readonly Map<number, number>[]): TextModel {
  const holders = new Map<number, number>()
  for (const counts of texts) for (const hash of counts.keys()) holders.set(hash, (holders.get(hash) ?? 0) + 1)
  const rows = new Map([...holders.keys()].map((hash, row) => [hash, row]))
  const idf = Float32Array.from(holders.values(), (count) => 1 + Math.log((1 + texts.length) / (1 + count)))
  const rarest = 1 + Math.log((1 + texts.length) / 2)
  return { intents, rows, idf, rarest, weights: new Float32Array((rows.size + 1) * intents.length) }
}

function vectorOf(counts: Map<number, number>, { rows, idf, rarest }: TextModel): Vector {
  const known: [number, number][] = []
  let squares = 0
  for (const [hash, count] of counts) {
    const row = rows.get(hash)
    const value = (1 + Math.log(count)) * (row === undefined ? rarest : (idf[row] ?? 0))
    squares += value * value
    if (row !== undefined) known.push([row, value])
  }
  const length = Math.sqrt(squares) || 1
  return {
    rows: Int32Array.from([...known.map(([row]) => row), rows.size]),
    values: Float32Array.from([...known.map(([, value]) => value / length), 1]),
  }
}

function scoresOf({ intents, weights }: TextModel, { rows, values }: Vector): Float64Array {
  const scores = new Float64Array(intents.length)
  for (let index = 0; index < rows.length; index++) {
    const value = values[index] as number
    const start = (rows[index] as number) * intents.length
    for (let intent = 0; intent < intents.length; intent++)
      scores[intent] = (scores[intent] as number) + value * (weights[start + intent] as number)
  }
  return scores
}

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / sum)
}

function learn(
  model: TextModel,
  gradients: Float32Array,
  { vector, label }: { vector: Vector; label: number },
  rate: number,
  decay: number,
): void {
  const { weights, intents } = model
  const errors = softmax(scoresOf(model, vector))
  errors[label] = (errors[label] as number) - 1
  for (let index = 0; index < vector.rows.length; index++) {
    const start = (vector.rows[index] as number) * intents.length
    const value = vector.values[index] as number
    for (let intent = 0; intent < intents.length; intent++) {
      const at = start + intent
      const gradient = (errors[intent] as number) * value + decay * (weights[at] as number)
      const sum = (gradients[at] as number) + gradient * gradient
      gradients[at] = sum
      if (sum > 0) weights[at] = (weights[at] as number) - (rate * gradient) / Math.sqrt(sum)
    }
  }
}

/** Fisher and Yates. */
function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as number, order[last] as number]
  }
}

/** mulberry32: uniform in [0, 1), the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
