/** Where an endpoint lies under the server's mount point. A query or fragment of `url` is dropped: no address carries a secret (S3). */
export function endpointOf(url: string, name: string): string {
  return url.replace(/\/*([?#].*)?$/, `/${name}`)
}
