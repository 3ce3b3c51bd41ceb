/** Parts of one image; those of cameras and editors have a few thousand. While they are walked nobody else is served (threat 50). */
export const MOST_PARTS = 50_000

/** An image as it is kept: what draws it, and nothing else. */
export interface CleanImage {
  width: number
  height: number
  bytes: Buffer
}
