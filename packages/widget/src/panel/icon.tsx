/** Shapes of Lucide (ISC), 24 × 24. */
export const SEND = 'm5 12 7-7 7 7M12 19V5'
export const MINIMISE = 'm6 9 6 6 6-6'
export const BACK = 'm15 18-6-6 6-6'
export const EXPAND = 'M15 3h6v6M21 3l-7 7M3 21l7-7M9 21H3v-6'
export const SHRINK = 'm14 10 7-7M20 10h-6V4M3 21l7-7M4 14h6v6'
export const CLOCK = 'M12 6v6l4 2M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z'
export const ALERT = 'M12 8v4M12 16h.01M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z'
export const DOWN = 'M12 5v14M19 12l-7 7-7-7'
export const CHECK = 'M20 6 9 17l-5-5'
export const DOUBLE_CHECK = 'M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16'
export const UP_SMALL = 'm18 15-6-6-6 6'
export const SEARCH = 'm21 21-4.3-4.3M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0Z'
export const CLOSE = 'M18 6 6 18M6 6l12 12'
export const BELL =
  'M10.27 21a2 2 0 0 0 3.46 0M3.26 15.33A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.67C19.41 13.96 18 12.5 18 8A6 6 0 0 0 6 8c0 4.5-1.41 5.96-2.74 7.33'
export const SOUND = 'M11 5 6 9H2v6h4l5 4zM15.5 8.5a5 5 0 0 1 0 7M18.5 5.5a9 9 0 0 1 0 13'
export const WINDOW = 'M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6'
export const MORE = 'M5 12h.01M12 12h.01M19 12h.01'
export const SMILE = 'M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z'
export const CONVERSATIONS =
  'M14 9a2 2 0 0 1-2 2H6l-4 4V4a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2ZM18 9h2a2 2 0 0 1 2 2v11l-4-4h-6a2 2 0 0 1-2-2v-1'
export const PLUS = 'M5 12h14M12 5v14'
export const CLOSE_ROUND = 'm15 9-6 6M9 9l6 6M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z'
export const DOWNLOAD = 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5M12 15V3'
export const PERSON = 'M20 21v-2a4 4 0 0 0-4-4H8a4 4 0 0 0-4 4v2M16 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z'
export const QUESTION = 'M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0Z'
export const CARD = 'M2 10h20M2 5h20v14H2Z'
export const STAR = 'M12 2 15.09 8.26 22 9.27 17 14.14 18.18 21.02 12 17.77 5.82 21.02 7 14.14 2 9.27 8.91 8.26 12 2Z'
export const THUMB_UP =
  'M7 10v12M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z'
export const THUMB_DOWN =
  'M17 14V2M9 18.12 10 14H4.17a2 2 0 0 1-1.92-2.56l2.33-8A2 2 0 0 1 6.5 2H20a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2.76a2 2 0 0 0-1.79 1.11L12 22a3.13 3.13 0 0 1-3-3.88Z'

/**
 * An icon in the colour of the text around it. Decoration: what it means stands beside it in words.
 *
 * @param shape one of the above.
 */
export function Icon({ shape, size = 20 }: { shape: string; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={shape} />
    </svg>
  )
}
