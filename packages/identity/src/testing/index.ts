export { type KeyValueStorageContractOptions, testKeyValueStorage } from './test-key-value-storage.js'
