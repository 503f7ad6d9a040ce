import { homeName } from '../../shared/api/trust.ts';
/** The first part of the name; routers, phones and computers ask for it by mDNS (RFC 6762). */
const localHostName = homeName.replace('.local', '');
/** Goodbyes that do not leave within this time are left unsaid: the records run out by themselves. */
const goodbyeTimeoutMs = 1_500;

/** What is announced: kind (RFC 6763) and port. One thing only: the library takes a second one under the same name for somebody else's. */
export interface Announced {
  readonly type: 'http' | 'https' | 'mqtt' | 'secure-mqtt';
  readonly port: number;
}

/** The part of the mDNS library that we use. */
export interface Responder {
  createService(options: {
    readonly name: string;
    readonly type: string;
    readonly hostname: string;
    readonly port: number;
    readonly txt: Readonly<Record<string, string>>;
    readonly restrictedAddresses?: string[];
  }): Service;
  shutdown(): Promise<void>;
}
export interface Service {
  on(event: 'hostname-change', listener: (hostname: string) => void): unknown;
  advertise(): Promise<void>;
}

export interface AnnounceOptions {
  readonly open: () => Promise<Responder>;
  readonly service: Announced;
  /** Shown by tools that list what is on the network. */
  readonly title: string;
  /** Only this address is announced; absent: all of the machine's. */
  readonly address?: string | undefined;
  readonly log: { info(line: string): void; warn(line: string): void };
}

/** A label of DNS-SD holds 63 bytes. */
const maxTitleBytes = 63;

function short(title: string): string {
  let text = title;
  while (Buffer.byteLength(text) > maxTitleBytes) text = text.slice(0, -1);
  return text;
}

const within = (promise: Promise<void>, ms: number): Promise<void> =>
  Promise.race([promise, new Promise<void>((resolve) => setTimeout(resolve, ms).unref())]);

/** Announces this house until the returned function is called. Whatever goes wrong is told and never stops the house. */
export async function announce(options: AnnounceOptions): Promise<() => Promise<void>> {
  const { open, service, title, address, log } = options;
  const responder = await open();
  const { type, port } = service;
  const restricted = address === undefined ? {} : { restrictedAddresses: [address] };
  const announced = responder.createService({
    name: short(title),
    type,
    port,
    hostname: localHostName,
    // An empty text record that a router repeats looks to the library like somebody else's.
    txt: { path: '/' },
    ...restricted,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= within(responder.shutdown(), goodbyeTimeoutMs));
  // The library would go on as `kachel-(2)`, which no browser opens and no certificate names.
  announced.on('hostname-change', () => {
    log.warn(`Another machine is ${homeName} already: this one is reached by its own name or address only.`);
    void close();
  });
  announced.advertise().then(
    () => log.info(`${homeName} is announced on the local network.`),
    (error: unknown) => log.warn(`${homeName} could not be announced: ${String(error)}`),
  );
  return close;
}
