import { ChatError, type KnowledgeEntry, type NewKnowledgeEntry } from '@chatdesk/protocol'
import type { KnowledgeApi } from '../api/knowledge-api.js'
import { minutesAgo, sampleId } from './sample-data.js'
import {
  sampleEntry,
  sampleGaps,
  sampleGolden,
  sampleImport,
  sampleKnowledge,
  sampleSite,
  sampleVersions,
} from './sample-knowledge.js'

/** What widgets can answer, in memory; `note` hears of what changes something. The second widget knows nothing. */
export function createFakeKnowledge(note: (what: string, input?: unknown) => void): KnowledgeApi {
  const entries = sampleKnowledge()
  const gaps = sampleGaps()
  const golden = sampleGolden()
  const versions = sampleVersions()
  let made = 3500
  function find<T extends { id: string }>(list: T[], id: string): T {
    const found = list.find((entry) => entry.id === id)
    if (!found) throw new ChatError('NOT_FOUND', 'No such thing.')
    return found
  }
  const change = (id: string, changes: Partial<KnowledgeEntry>) => {
    const before = find(entries, id)
    const after = { ...before, ...changes, version: before.version + 1, updatedAt: minutesAgo(0) }
    entries.splice(entries.indexOf(before), 1, after)
    return after
  }
  const add = (widgetId: string, given: NewKnowledgeEntry) => {
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const entry = { ...sampleEntry(1), ...said, id: sampleId(made++), widgetId }
    entries.push(entry)
    return entry
  }
  const isIn = ({ enabled, published, draft }: KnowledgeEntry, state: string) =>
    ({ published: published && enabled, draft: !published || draft !== null, disabled: !enabled })[state]
  return {
    async list(widgetId, { q = '', category, language, state }) {
      const all = entries.filter((entry) => entry.widgetId === widgetId)
      const found = all.filter(
        (entry) =>
          `${entry.question} ${entry.answer}`.toLowerCase().includes(q.toLowerCase()) &&
          (!category || entry.category === category) &&
          (!language || entry.language === language) &&
          (!state || isIn(entry, state)),
      )
      const names = (list: string[]) => [...new Set(list)].filter((name) => name !== '').sort()
      return {
        ...{ entries: found, nextCursor: null },
        categories: names(all.map((entry) => entry.category)),
        languages: names(all.map((entry) => entry.language)),
      }
    },
    get: async (id) => find(entries, id),
    async create(widgetId, entry) {
      note('create entry', entry)
      return add(widgetId, entry)
    },
    async update(id, changes) {
      note('update entry', changes)
      return change(id, changes as Partial<KnowledgeEntry>)
    },
    async remove(id) {
      note('delete entry')
      entries.splice(entries.indexOf(find(entries, id)), 1)
    },
    async saveDraft(id, draft) {
      note('save draft', draft)
      return change(id, { draft: Object.keys(draft).length === 0 ? null : draft })
    },
    checkDraft: async (id) => ({
      changed: golden
        .filter(({ entryId }) => entryId === id)
        .map(({ id: goldenId, question, entryId, place }) => ({
          ...{ id: goldenId, question, entryId, before: place, after: place === 1 ? 4 : 1 },
        })),
      ...{ before: 1, after: 2, total: golden.length },
    }),
    async publish(id) {
      note('publish')
      const { draft } = find(entries, id)
      return change(id, { ...(draft as Partial<KnowledgeEntry>), draft: null, published: true })
    },
    versions: async (id) => (id === entries[0]?.id ? versions : versions.slice(-1)),
    async restore(id, version) {
      note('restore', version)
      return change(id, versions.find((kept) => kept.version === version)?.content ?? {})
    },
    async previewFile(_widgetId, { format, text }) {
      if (text.includes('broken')) throw new ChatError('VALIDATION_FAILED', 'Row 2 has no end.', { field: 'text' })
      return format === 'json' ? { decisions: [], added: 0, changed: 0, skipped: 0 } : sampleImport()
    },
    previewSite: async () => sampleSite(),
    async import(_widgetId, imported) {
      note('import', imported.length)
      return { ...sampleImport(), added: 1, changed: 1, skipped: 0 }
    },
    gaps: async (widgetId, status) => (widgetId === sampleId(1001) ? gaps.filter((gap) => gap.status === status) : []),
    async updateGap(id, status) {
      note('update gap', status)
      Object.assign(find(gaps, id), { status })
    },
    async answerGap(id, given) {
      note('answer gap', given)
      const entry = add(sampleId(1001), given)
      Object.assign(find(gaps, id), { status: 'answered', entryId: entry.id })
      return entry
    },
    goldenQuestions: async (widgetId) => (widgetId === sampleId(1001) ? [...golden] : []),
    async addGoldenQuestion(entryId, question) {
      note('add golden question', question)
      if (golden.some((known) => known.question === question))
        throw new ChatError('VALIDATION_FAILED', 'The widget has this golden question.', { field: 'question' })
      const one = { id: sampleId(made++), question, entryId, createdBy: { id: sampleId(900), name: 'Priya Raman' } }
      golden.push({ ...one, place: 1 })
      return one
    },
    async removeGoldenQuestion(id) {
      note('remove golden question')
      golden.splice(golden.indexOf(find(golden, id)), 1)
    },
  }
}
