import type { ExtraTexts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'
import { tokenizeText } from './tokenize-text.js'

/** Words as text nodes, with safe links. */
export function LinkedText({ texts, text }: { texts: ExtraTexts; text: string }) {
  return tokenizeText(text).map((token, index) =>
    token.type === 'text' ? (
      token.text
    ) : (
      <a
        key={index}
        href={token.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        aria-label={formatText(texts.externalLink, { link: token.text })}
      >
        {token.text}
      </a>
    ),
  )
}
