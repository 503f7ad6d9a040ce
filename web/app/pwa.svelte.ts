import type { Pwa } from './context.ts';
import { isUpdate } from './is-update.ts';

/** Chromium's question, kept until the person asks for it. */
interface InstallEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

const isInstallEvent = (event: Event): event is InstallEvent => 'prompt' in event;

export interface PwaStore extends Pwa {
  /** Registers the service worker; called after the first paint. */
  start(): Promise<void>;
}

const serviceWorkerPath = '/service-worker.js';
/** The first visit keeps the app only after this long: fetching all its parts would hold up what somebody came for. */
const keepAfterMs = 4_000;
/** How often an open page looks for a newer version. */
const checkEveryMs = 3_600_000;

const isApp = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true);

/** iPads call themselves Macs; only they have touch points. */
const isApple = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

export function createPwa(): PwaStore {
  let question = $state.raw<InstallEvent>();
  let isInstalled = $state(isApp());
  let isUpdateReady = $state(false);
  let update = (): void => undefined;

  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (isInstallEvent(event)) question = event;
  });
  window.addEventListener('appinstalled', () => {
    isInstalled = true;
    question = undefined;
  });

  return {
    get isUpdateReady() {
      return isUpdateReady;
    },
    get install() {
      if (isInstalled) return 'installed';
      if (question) return 'prompt';
      // Its icon does not need HTTPS.
      if (isApple()) return 'ios';
      return window.isSecureContext ? 'unsupported' : 'plain-http';
    },
    update: () => update(),
    askInstall: async () => {
      if (!question) return false;
      const { outcome } = await question.prompt();
      question = undefined;
      return outcome === 'accepted';
    },
    start: async () => {
      if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
      if (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, keepAfterMs));
      const { Workbox } = await import('workbox-window');
      const workbox = new Workbox(serviceWorkerPath);
      workbox.addEventListener('waiting', () => {
        void navigator.serviceWorker.getRegistration().then((registration) => {
          isUpdateReady = isUpdate(registration);
        });
      });
      update = () => {
        workbox.addEventListener('controlling', () => location.reload());
        workbox.messageSkipWaiting();
      };
      await workbox.register();
      setInterval(() => void workbox.update(), checkEveryMs);
    },
  };
}
