import type {
  DraftCheck,
  GoldenQuestion,
  ImportedEntry,
  KnowledgeEntry,
  KnowledgeEntryChanges,
  KnowledgeGap,
  KnowledgeImport,
  KnowledgeVersion,
  ListKnowledgeQuery,
  ListKnowledgeResponse,
  NewKnowledgeEntry,
  SiteImport,
} from '@chatdesk/protocol'
import {
  checkDraftResponse,
  goldenQuestionResponse,
  importKnowledgeResponse,
  knowledgeEntryResponse,
  listGoldenQuestionsResponse,
  listKnowledgeGapsResponse,
  listKnowledgeResponse,
  listKnowledgeVersionsResponse,
  previewSiteResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** A file that is to be imported. */
export interface ImportFile {
  format: 'csv' | 'json' | 'markdown' | 'html'
  text: string
  /** Of what names none. */
  language?: string
}

/** A golden question, and at which place its entry is found now; null: not among the first ten. */
export type AskedGoldenQuestion = GoldenQuestion & { place: number | null }

/** What a widget can answer. */
export interface KnowledgeApi {
  list(widgetId: string, query: ListKnowledgeQuery): Promise<ListKnowledgeResponse>
  get(id: string): Promise<KnowledgeEntry>
  create(widgetId: string, entry: NewKnowledgeEntry): Promise<KnowledgeEntry>
  /** Changes what is found at once. */
  update(id: string, changes: KnowledgeEntryChanges): Promise<KnowledgeEntry>
  remove(id: string): Promise<void>
  /** Keeps what it is to become; with nothing, forgets it. */
  saveDraft(id: string, draft: KnowledgeEntryChanges): Promise<KnowledgeEntry>
  /** What publishing would change. */
  checkDraft(id: string): Promise<DraftCheck>
  publish(id: string): Promise<KnowledgeEntry>
  /** The latest first. */
  versions(id: string): Promise<KnowledgeVersion[]>
  restore(id: string, version: number): Promise<KnowledgeEntry>
  /** What an import would do; changes nothing. */
  previewFile(widgetId: string, file: ImportFile): Promise<KnowledgeImport>
  /** The same of the pages that a sitemap lists. */
  previewSite(widgetId: string, site: { url: string; language?: string }): Promise<SiteImport>
  import(widgetId: string, entries: ImportedEntry[]): Promise<KnowledgeImport>
  /** Those asked most first, a hundred at most. */
  gaps(widgetId: string, status: KnowledgeGap['status']): Promise<KnowledgeGap[]>
  updateGap(id: string, status: 'open' | 'dismissed'): Promise<void>
  answerGap(id: string, entry: NewKnowledgeEntry): Promise<KnowledgeEntry>
  goldenQuestions(widgetId: string): Promise<AskedGoldenQuestion[]>
  addGoldenQuestion(entryId: string, question: string): Promise<GoldenQuestion>
  removeGoldenQuestion(id: string): Promise<void>
}

export function createKnowledgeApi({ ask, tell }: AdminCalls): KnowledgeApi {
  const of = (widgetId: string, path: string) => `chat-widget/widgets/${widgetId}/${path}`
  const one = async (...call: ['GET' | 'POST' | 'PATCH' | 'PUT', string, object?]) =>
    (await ask(knowledgeEntryResponse, ...call)).entry
  return {
    list: (widgetId, query) => ask(listKnowledgeResponse, 'GET', `${of(widgetId, 'knowledge')}${searchOf(query)}`),
    get: (id) => one('GET', `chat-widget/knowledge/${id}`),
    create: (widgetId, entry) => one('POST', of(widgetId, 'knowledge'), entry),
    update: (id, changes) => one('PATCH', `chat-widget/knowledge/${id}`, changes),
    remove: (id) => tell('DELETE', `chat-widget/knowledge/${id}`),
    saveDraft: (id, draft) => one('PUT', `chat-widget/knowledge/${id}/draft`, draft),
    checkDraft: (id) => ask(checkDraftResponse, 'GET', `chat-widget/knowledge/${id}/draft`),
    publish: (id) => one('POST', `chat-widget/knowledge/${id}/publish`),
    versions: async (id) =>
      (await ask(listKnowledgeVersionsResponse, 'GET', `chat-widget/knowledge/${id}/versions`)).versions,
    restore: (id, version) => one('POST', `chat-widget/knowledge/${id}/restore`, { version }),
    previewFile: (widgetId, file) => ask(importKnowledgeResponse, 'POST', of(widgetId, 'knowledge/preview'), file),
    previewSite: (widgetId, site) => ask(previewSiteResponse, 'POST', of(widgetId, 'knowledge/site'), site),
    import: (widgetId, entries) => ask(importKnowledgeResponse, 'POST', of(widgetId, 'knowledge/import'), { entries }),
    gaps: async (widgetId, status) =>
      (await ask(listKnowledgeGapsResponse, 'GET', of(widgetId, `knowledge-gaps?status=${status}&limit=100`))).gaps,
    updateGap: (id, status) => tell('PATCH', `chat-widget/knowledge-gaps/${id}`, { status }),
    answerGap: (id, entry) => one('POST', `chat-widget/knowledge-gaps/${id}/entry`, entry),
    goldenQuestions: async (widgetId) =>
      (await ask(listGoldenQuestionsResponse, 'GET', of(widgetId, 'golden-questions'))).goldenQuestions,
    addGoldenQuestion: async (entryId, question) =>
      (await ask(goldenQuestionResponse, 'POST', `chat-widget/knowledge/${entryId}/golden-questions`, { question }))
        .goldenQuestion,
    removeGoldenQuestion: (id) => tell('DELETE', `chat-widget/golden-questions/${id}`),
  }
}

/** What is undefined or empty is not asked for. */
function searchOf(query: ListKnowledgeQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return search && `?${search}`
}
