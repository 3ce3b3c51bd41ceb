import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

/** An issuer of tokens with a real key set on a port of its own. */
export interface TestIssuer {
  readonly jwksUrl: string
  /** Paths that were asked for. */
  readonly asked: string[]
  /** Makes a key, and publishes it. */
  addKey(alg: 'RS256' | 'ES256' | 'EdDSA', kid: string): Promise<CryptoKey>
  close(): Promise<void>
}

/** Starts an issuer without keys. */
export async function createTestIssuer(): Promise<TestIssuer> {
  const keys: object[] = []
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked,
    async addKey(alg, kid) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
      keys.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' })
      return privateKey
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A JWT with these claims. */
export function sign(
  claims: Record<string, unknown>,
  key: CryptoKey | Uint8Array,
  header: { alg: string; [name: string]: unknown },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key)
}
