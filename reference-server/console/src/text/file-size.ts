/** A size as a person says it. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} kB`
  return `${(bytes / 1024 ** 2).toFixed(1).replace('.0', '')} MB`
}
