export { nodeFetch } from './node-fetch.js'
export { type TransportContractOptions, type TransportRule, testTransport } from './test-transport.js'
export type { TransportTestPeer } from './transport-test-peer.js'
