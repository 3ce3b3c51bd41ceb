/** How many characters `run` reads, one by one or in search of one: what it costs, whatever the machine. */
export function countReads(run: () => void): number {
  const { charAt, indexOf } = String.prototype
  let reads = 0
  String.prototype.charAt = function (index) {
    reads += 1
    return charAt.call(this, index)
  }
  String.prototype.indexOf = function (wanted, from = 0) {
    const found = indexOf.call(this, wanted, from)
    reads += (found < 0 ? this.length : found) - from
    return found
  }
  try {
    run()
  } finally {
    Object.assign(String.prototype, { charAt, indexOf })
  }
  return reads
}
