/** What a file storage must do, to be run on one of your own. */
export { type FileStorageUnderTest, testFileStorage } from '../files/testing/test-file-storage.js'
