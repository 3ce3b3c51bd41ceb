export { createFileClient } from './files/create-file-client.js'
export type { FileClient, FileClientOptions, Upload, UploadState } from './files/file-client.js'
