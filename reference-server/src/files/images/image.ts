/** An image as it is kept: what draws it, and nothing else. */
export interface CleanImage {
  width: number
  height: number
  bytes: Buffer
}
