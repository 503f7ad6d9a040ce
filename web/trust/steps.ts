import { certificatePath, profilePath } from '../../shared/api/trust.ts';
import type { TrustKey } from '../text/trust.ts';
import type { Platform, System } from './platform.ts';

/** What one device has to be told, in the order of its own settings. */
export interface Step {
  readonly title: TrustKey;
  /** Names of the settings, in their order. */
  readonly way?: readonly TrustKey[];
  readonly text?: TrustKey;
  /** The fingerprint is compared here. */
  readonly compares?: boolean;
}

export interface Steps {
  /** What step one loads. */
  readonly file: string;
  readonly load: Step;
  /** Step one once it is done. */
  readonly loaded: Step;
  readonly then: readonly Step[];
  /** What usually went wrong when it does not work after loading. */
  readonly mistake: TrustKey;
}

const iphone: Steps = {
  file: profilePath,
  load: { title: 'iphoneLoad', text: 'iphoneLoadText' },
  loaded: { title: 'iphoneLoaded', text: 'iphoneLoadedText' },
  then: [
    {
      title: 'iphoneInstall',
      way: ['settings', 'iphoneDownloaded', 'install'],
      text: 'iphoneInstallText',
      compares: true,
    },
    { title: 'iphoneTrust', way: ['general', 'about', 'trustSettings'], text: 'iphoneTrustText' },
  ],
  mistake: 'iphoneMistake',
};

const android: Steps = {
  file: certificatePath,
  load: { title: 'androidLoad', text: 'androidLoadText' },
  loaded: { title: 'loaded', text: 'loadedText' },
  then: [
    {
      title: 'androidInstall',
      way: ['settings', 'security', 'encryption', 'install', 'caCertificate'],
      text: 'androidInstallText',
    },
    { title: 'androidAnyway', text: 'androidAnywayText', compares: true },
  ],
  mistake: 'androidMistake',
};

const ways: Readonly<Record<System, readonly TrustKey[]>> = {
  windows: ['windowsOpen', 'windowsInstall', 'windowsMachine', 'windowsRoots'],
  mac: ['macKeychain', 'macSystem', 'macAlways'],
  linux: ['settings', 'linuxSecurity', 'linuxManage', 'linuxImport'],
  firefox: ['settings', 'linuxSecurity', 'firefoxView', 'firefoxAuthorities', 'linuxImport'],
};

const computer = (system: System): Steps => ({
  file: certificatePath,
  load: { title: 'androidLoad' },
  loaded: { title: 'loaded', text: 'loadedText' },
  then: [{ title: 'computerImport', way: ways[system], text: 'computerImportText', compares: true }],
  mistake: 'computerMistake',
});

export function stepsOf(platform: Platform, system: System): Steps {
  if (platform === 'iphone') return iphone;
  return platform === 'android' ? android : computer(system);
}
