import { createHash } from 'node:crypto'
import { formatMoney } from '@chatdesk/protocol'
import { escapeHtml } from '../../platform/escape-html.js'
import type { Receipt } from './find-receipt.js'
import type { receiptWords } from './receipt-words.js'

type Words = ReturnType<typeof receiptWords>

/** A receipt, on screen and on paper. */
export function receiptPage(words: Words, receipt: Receipt): string {
  const { language } = words
  const money = (amount: Receipt['paid']) => formatMoney(amount, language)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const rows: [string, string][] = [
    [words.number, `${receipt.number}`],
    [words.paidTo, receipt.organization],
    [words.purpose, receipt.purpose],
    [words.paidOn, `${day.format(receipt.paidAt)} UTC`],
    ...receipt.payments.map(({ id, method }): [string, string] => [words.reference, method ? `${id} (${method})` : id]),
    ...(receipt.refunded.minor > 0n ? [[words.refunded, money(receipt.refunded)] as [string, string]] : []),
  ]
  const lines = rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd><bdi>${escapeHtml(value)}</bdi></dd>`)
  return page(words, `${words.title} ${receipt.number}`, [
    ...(receipt.isTest ? [`<p class="test">${escapeHtml(words.test)}</p>`] : []),
    `<h1>${escapeHtml(words.title)}</h1>`,
    `<p class="amount"><span>${escapeHtml(words.amount)}</span> <strong>${escapeHtml(money(receipt.paid))}</strong></p>`,
    `<dl>${lines.join('')}</dl>`,
    `<button type="button">${escapeHtml(words.print)}</button>`,
    `<script>${SCRIPT}</script>`,
  ])
}

/** At the way back from a link's own page: what is known, and where to look in how many seconds if that is not all. */
export interface Way {
  /** The address of the receipt, once it is paid. */
  receipt: string | null
  again: { seconds: number; url: string } | undefined
}

/** At the way back from a link's own page: how it stands, and where to go on. */
export function returnPage(words: Words, { receipt, again }: Way): string {
  const said = receipt ? words.thanks : words.checking
  return page(words, said, [
    ...(again && !receipt
      ? [`<meta http-equiv="refresh" content="${again.seconds};url=${escapeHtml(again.url)}">`]
      : []),
    `<h1 role="status">${escapeHtml(said)}</h1>`,
    `<p>${escapeHtml(words.goBack)}</p>`,
    ...(receipt ? [`<p><a href="${escapeHtml(receipt)}">${escapeHtml(words.show)}</a></p>`] : []),
  ])
}

/** Where there is no receipt. */
export function missingReceiptPage(words: Words): string {
  const { missing } = words
  return page(words, missing, [`<h1>${escapeHtml(missing)}</h1>`])
}

function page({ language, direction }: Words, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head>
<body><main>
${body.join('\n')}
</main></body></html>
`
}

const SCRIPT = "document.querySelector('button').onclick=function(){print()}"

const STYLE = `:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--text:#1a1f27;--muted:#566070;--line:#dde1e7;--warn:#7a4b00;--warn-ground:#fff3d6}
@media (prefers-color-scheme:dark){:root{--ground:#14181e;--card:#1d232b;--text:#eceff3;--muted:#a4adba;--line:#343b46;--warn:#ffd88a;--warn-ground:#3a2c0a}}
*{box-sizing:border-box;margin:0}
body{padding:40px 16px;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:520px;margin:0 auto;padding:28px;border:1px solid var(--line);border-radius:12px;background:var(--card)}
h1{font-size:22px;line-height:30px}
h1+p{margin-top:8px}
.test{margin-bottom:20px;padding:8px 12px;border-radius:8px;background:var(--warn-ground);color:var(--warn)}
.amount span{display:block;margin-top:20px;color:var(--muted)}
.amount strong{font-size:32px;line-height:40px}
dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);margin:20px 0}
dt,dd{padding:10px 0;border-top:1px solid var(--line)}
dt{padding-inline-end:12px;color:var(--muted)}
p+p{margin-top:16px}
a{color:inherit;text-underline-offset:3px}
button{min-height:44px;padding:0 20px;border:1px solid var(--line);border-radius:8px;background:none;color:inherit;font:inherit;cursor:pointer}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
@media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--text:#000;--muted:#444;--line:#bbb;--warn:#000;--warn-ground:#fff}body{padding:0}main{border:0}button{display:none}}`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What runs and is fetched in these pages: their own script and style, and nothing else. */
export const RECEIPT_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')
