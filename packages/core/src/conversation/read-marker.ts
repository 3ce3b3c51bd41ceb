/** Tells the server how far its reader has got: only news, one at a time, the latest last. */
export interface ReadMarker {
  mark(upToSeq: number): void
  /** A new connection, and what the server holds as of it; what it missed is told again. */
  online(heldByServer: number): void
}

/** `send` rejects when the server has not heard it; the next mark or connection then says it. */
export function createReadMarker(send: (upToSeq: number) => Promise<unknown>): ReadMarker {
  let wanted = 0
  let told = 0
  let sending = false

  async function tell(): Promise<void> {
    if (sending || wanted <= told) return
    sending = true
    const upToSeq = wanted
    const heard = await send(upToSeq).then(
      () => true,
      () => false,
    )
    sending = false
    if (!heard) return
    told = Math.max(told, upToSeq)
    return tell()
  }

  return {
    mark(upToSeq) {
      wanted = Math.max(wanted, upToSeq)
      void tell()
    },
    online(heldByServer) {
      told = heldByServer
      void tell()
    },
  }
}
