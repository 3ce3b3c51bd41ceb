import type { PublicEntry } from '@chatdesk/protocol'
import type { PublicQuestion } from '../knowledge/index.js'
import { escapeHtml } from '../platform/escape-html.js'
import { drawAddress, drawAnswer } from './draw-answer.js'
import { helpStyle } from './help-style.js'
import type { HelpWords, helpWords } from './help-words.js'

/** What every page of a widget's help is drawn with. */
export interface HelpSite {
  /** Whose help it is. */
  team: string
  brand: string
  words: ReturnType<typeof helpWords>
  /** Of the help's first page, from the root of this origin, and with the origin. */
  path: string
  url: string
  nonce: string
  /** What stands in the page so that visitors can ask; undefined: it may not. */
  widget?: { key: string; script: string } | undefined
}

/** What a page shows. */
export type HelpContent =
  | { show: 'all'; entries: readonly PublicQuestion[] }
  | { show: 'found'; words: string; entries: readonly PublicQuestion[] }
  | { show: 'entry'; entry: PublicEntry }

/** Puts the widget into the page and opens it with what is asked. Its data stands on its element, so that it is the same for everybody. */
const SCRIPT = `(function(d,w){var s=d.currentScript,a=d.querySelector('.ask');w.ChatDesk='chatdesk';w.chatdesk=function(){(w.chatdesk.q=w.chatdesk.q||[]).push(arguments)};
w.chatdesk('init',{widgetKey:s.dataset.key,styleNonce:s.nonce});if(!a)return;a.hidden=false;
a.querySelector('button').addEventListener('click',function(){w.chatdesk('open');if(a.dataset.question)w.chatdesk('prefill',a.dataset.question)})})(document,window)`

/** A page of the help: a whole document, which needs no script to be read, browsed and searched. */
export function helpPage(site: HelpSite, content: HelpContent): string {
  const { team, words, path, url } = site
  const title = fill(words.title, { team })
  const { show } = content
  const address = show === 'entry' ? `${url}/${content.entry.id}` : url
  const isStart = show === 'all'
  const name = show === 'entry' ? `${content.entry.question} – ${title}` : title
  const head = isStart
    ? `<h1>${escapeHtml(title)}</h1>`
    : `<p><a href="${escapeHtml(path)}">${escapeHtml(title)}</a></p>`
  const sought = show === 'found' ? content.words : ''
  return document(site, {
    name,
    // What was looked for is of one reader.
    meta: show === 'found' ? ROBOTS : `<link rel="canonical" href="${escapeHtml(address)}">`,
    body: `<header class="top">${head}
<search><form action="${escapeHtml(path)}" method="get"><input type="search" name="q" maxlength="200" dir="auto" autocomplete="off" aria-label="${escapeHtml(words.search)}" placeholder="${escapeHtml(words.search)}" value="${escapeHtml(sought)}"><button aria-label="${escapeHtml(words.search)}">${MAGNIFIER}</button></form></search></header>
<main>
${show === 'entry' ? answer(site, content.entry) : show === 'found' ? results(site, content) : contents(site, content.entries)}
${site.widget ? ask(words, show === 'entry' ? content.entry.question : sought) : ''}
</main>`,
  })
}

/** In the place of a page that is not there. */
export function missingPage(site: Pick<HelpSite, 'words' | 'nonce' | 'brand'>): string {
  const { missing, missingWhy } = site.words
  return document(site, {
    name: missing,
    meta: ROBOTS,
    body: `<main><h1>${escapeHtml(missing)}</h1><p class="note">${escapeHtml(missingWhy)}</p></main>`,
  })
}

const ROBOTS = '<meta name="robots" content="noindex">'
const MAGNIFIER =
  '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" aria-hidden="true"><path d="m21 21-4.3-4.3M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0Z"/></svg>'

function document(
  { words, nonce, brand, widget }: Pick<HelpSite, 'words' | 'nonce' | 'brand' | 'widget'>,
  { name, meta, body }: { name: string; meta: string; body: string },
): string {
  const scripts = widget
    ? `<script nonce="${nonce}" data-key="${escapeHtml(widget.key)}">${SCRIPT}</script>
<script nonce="${nonce}" async src="${escapeHtml(widget.script)}"></script>`
    : ''
  return `<!doctype html>
<html lang="${words.language}" dir="${words.direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(name)}</title>
${meta}
<style nonce="${nonce}">${helpStyle(brand)}</style></head>
<body>
${body}
${scripts}
</body></html>
`
}

function contents({ path, words }: HelpSite, entries: readonly PublicQuestion[]): string {
  if (entries.length === 0) return `<p class="note">${escapeHtml(words.empty)}</p>`
  const named = [...new Set(entries.map(({ category }) => category))].filter((category) => category !== '')
  // Those of none stand at the end.
  const groups = [...named, ''].map((category) => ({
    name: category || (named.length > 0 ? words.other : words.all),
    entries: entries.filter((entry) => entry.category === category),
  }))
  const shown = groups.filter((group) => group.entries.length > 0)
  const links = shown.map(({ name }, at) => `<li><a href="#c${at}" dir="auto">${escapeHtml(name)}</a></li>`)
  const nav = shown.length > 1 ? `<nav aria-label="${escapeHtml(words.all)}"><ul>${links.join('')}</ul></nav>\n` : ''
  const sections = shown.map(
    ({ name, entries }, at) =>
      `<section id="c${at}"><h2 dir="auto">${escapeHtml(name)}</h2>\n${questions(path, entries)}</section>`,
  )
  return nav + sections.join('\n')
}

function results({ path, words }: HelpSite, found: { words: string; entries: readonly PublicQuestion[] }): string {
  const { entries } = found
  const said = fill(entries.length > 0 ? words.found : words.none, { words: found.words })
  const list = entries.length > 0 ? questions(path, entries) : ''
  return `${wayBack(path, words)}
<section><h1 class="found" dir="auto">${escapeHtml(said)}</h1>\n${list}</section>`
}

function answer({ path, words }: HelpSite, { question, answer, language, url }: PublicEntry): string {
  const more = url === null ? '' : `\n<p class="more">${escapeHtml(words.more)} ${drawAddress(url)}</p>`
  return `${wayBack(path, words)}
<article lang="${escapeHtml(language)}"><h1 dir="auto">${escapeHtml(question)}</h1>
${drawAnswer(answer)}${more}
</article>`
}

function wayBack(path: string, words: HelpWords): string {
  return `<p class="way"><a href="${escapeHtml(path)}">${escapeHtml(words.all)}</a></p>`
}

function questions(path: string, entries: readonly PublicQuestion[]): string {
  const rows = entries.map(
    ({ id, question, language }) =>
      `<li><a href="${escapeHtml(`${path}/${id}`)}" lang="${escapeHtml(language)}" dir="auto">${escapeHtml(question)}</a></li>`,
  )
  return `<ul class="questions">${rows.join('\n')}</ul>`
}

/** Hidden until a script shows it: without one it would lead nowhere. */
function ask(words: HelpWords, question: string): string {
  return `<div class="ask" hidden data-question="${escapeHtml(question)}"><p>${escapeHtml(words.unclear)}</p><button type="button">${escapeHtml(words.ask)}</button></div>`
}

/** Values in the place of `{name}`, as they are: neither is one looked for in another, nor is a sign of them read. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
