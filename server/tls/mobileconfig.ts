import { createHash } from 'node:crypto';

/** Text between XML tags. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

/** The same profile has the same identity every time: loading it again replaces it. */
function stableId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

const lineLength = 68;
const base64Lines = (der: Buffer): string =>
  (der.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []).join('\n');

export interface ProfileOptions {
  /** DER of the home authority. */
  readonly der: Buffer;
  readonly fingerprint: string;
  /** As the phone shows it. */
  readonly title: string;
  readonly authority: string;
  readonly description: string;
}

/** A configuration profile for iPhone, iPad and Mac with one root certificate in it. Apple: "Configuration Profile Reference". */
export function mobileConfig({ der, fingerprint, title, authority, description }: ProfileOptions): string {
  const [profileId, certificateId] = [stableId('profile', fingerprint), stableId('certificate', fingerprint)];
  const identifier = `local.kachel.${fingerprint.replaceAll(':', '').slice(0, 16).toLowerCase()}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadVersion</key><integer>1</integer>
  <key>PayloadIdentifier</key><string>${identifier}</string>
  <key>PayloadUUID</key><string>${profileId}</string>
  <key>PayloadDisplayName</key><string>${escaped(title)}</string>
  <key>PayloadDescription</key><string>${escaped(description)}</string>
  <key>PayloadOrganization</key><string>Kachel</string>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadType</key><string>com.apple.security.root</string>
      <key>PayloadVersion</key><integer>1</integer>
      <key>PayloadIdentifier</key><string>${identifier}.root</string>
      <key>PayloadUUID</key><string>${certificateId}</string>
      <key>PayloadDisplayName</key><string>${escaped(authority)}</string>
      <key>PayloadContent</key>
      <data>
${base64Lines(der)}
      </data>
    </dict>
  </array>
</dict>
</plist>
`;
}
