import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlAddress } from '../../../server/control/address.ts';
import { askServer } from '../../../server/control/ask.ts';
import { listenForCommands } from '../../../server/control/listen.ts';
import { operationNames, type ControlReply, type Operations } from '../../../server/control/protocol.ts';

let dataDir = '';
let dispose: (() => Promise<void>) | undefined;
const bugs: unknown[] = [];

const echo =
  (operation: string) =>
  async (input: unknown): Promise<ControlReply> => {
    if (operation === 'backup') throw new Error('disk on fire');
    return { ok: true, value: { operation, input } };
  };
const operations = Object.fromEntries(operationNames.map((name) => [name, echo(name)])) as unknown as Operations;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kachel-control-'));
  bugs.length = 0;
});

afterEach(async () => {
  await dispose?.();
  dispose = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

const listen = async (): Promise<string> => {
  const address = controlAddress(dataDir);
  dispose = await listenForCommands(address, operations, (error) => bugs.push(error));
  return address;
};

/** What the server says to raw bytes. */
const raw = async (address: string, line: string): Promise<unknown> => {
  const socket = connect(address);
  socket.write(line);
  return JSON.parse(await text(socket));
};

describe('what sub-commands say to a running server', () => {
  it('arrives and comes back, whatever its size', async () => {
    const input = { house: 'ö'.repeat(500_000) };
    const reply = await askServer(await listen(), { operation: 'house-import', input });
    expect(reply).toEqual({ ok: true, value: { operation: 'house-import', input } });
  });

  it('can only be said by the same user', async () => {
    expect(statSync(await listen()).mode & 0o777).toBe(0o600);
  });

  it('finds nobody when no server runs', async () => {
    expect(await askServer(controlAddress(dataDir), { operation: 'backup', input: {} })).toBeUndefined();
  });

  it('finds nobody behind the socket of a killed server, and a new server takes it over', async () => {
    writeFileSync(controlAddress(dataDir), '');
    expect(await askServer(controlAddress(dataDir), { operation: 'backup', input: {} })).toBeUndefined();
    expect(await askServer(await listen(), { operation: 'user-add', input: 1 })).toMatchObject({ ok: true });
  });

  it.each(['not json\n', '{"operation":"format-disk","input":1}\n', '[]\n', 'null\n'])('refuses %j', async (line) => {
    expect(await raw(await listen(), line)).toMatchObject({ ok: false });
  });

  it('survives a bug in an operation and reports it', async () => {
    const address = await listen();
    expect(await askServer(address, { operation: 'backup', input: {} })).toMatchObject({ ok: false });
    expect(bugs).toHaveLength(1);
    expect(await askServer(address, { operation: 'user-add', input: 1 })).toMatchObject({ ok: true });
  });
});

describe('the address', () => {
  it('lies in the data directory', () => {
    expect(controlAddress('/srv/kachel', 'linux')).toBe('/srv/kachel/control.sock');
  });

  it('fits into a socket address however deep the directory lies', () => {
    const deep = controlAddress(`/srv/${'deep/'.repeat(40)}`, 'linux');
    expect(deep.length).toBeLessThan(100);
    expect(deep).not.toBe(controlAddress(`/srv/${'deep/'.repeat(41)}`, 'linux'));
  });

  it('is a named pipe on Windows', () => {
    expect(controlAddress('C:\\kachel', 'win32')).toMatch(/^\\\\\.\\pipe\\kachel-[0-9a-f]{24}$/);
  });
});
