/**
 * Whether a waiting service worker is a new version. The very first one may wait a moment as well, in Firefox visibly long, with no
 * older one before it: nothing to tell anybody.
 */
export const isUpdate = (registration: Pick<ServiceWorkerRegistration, 'active' | 'waiting'> | undefined): boolean =>
  Boolean(registration?.waiting && registration.active);
